/** What the promoter's process is told, as one JSON argument. */
export interface PromoterOrder {
  readonly operation: string;
  readonly target: string;
  readonly mode: string;
  /** Journals of all processes of one case. */
  readonly journals: string;
  /** It says `at` when this step's intent comes up, and waits for `go`. */
  readonly holdAt: string;
  readonly acknowledged: Readonly<Record<string, string>>;
  readonly attested: Readonly<Record<string, string>>;
}

export type FromPromoter =
  | { readonly kind: 'at' }
  | { readonly kind: 'end'; readonly end: string; readonly text: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface ToPromoter {
  readonly kind: 'go';
}
