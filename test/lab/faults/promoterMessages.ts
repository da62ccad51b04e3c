/** What the promoter's process has to do. */
export interface PromoterOrder {
  readonly operation: string;
  readonly target: string;
  readonly mode: string;
  /** Journals of all processes of one case. */
  readonly journals: string;
  /** It says `at` when this step's script is about to leave for its host, and waits for `go`. */
  readonly holdAt: string;
  /** Instead of that, when the script has ended there and this process does not know it yet. */
  readonly holdBehind?: boolean;
  /** First line of the script that is sent then. */
  readonly firstLine?: string;
  readonly acknowledged: Readonly<Record<string, string>>;
  /** Everything that asks for a reason gets one: the plan is made in the promoter's own process. */
  readonly acknowledgesAll?: boolean;
  readonly attested: Readonly<Record<string, string>>;
  /** Instead of the lab's own. */
  readonly inventoryFile?: string;
}

export type FromPromoter =
  | { readonly kind: 'at' }
  | { readonly kind: 'end'; readonly end: string; readonly text: string }
  | { readonly kind: 'failed'; readonly message: string };

export type ToPromoter =
  | { readonly kind: 'order'; readonly order: PromoterOrder }
  | { readonly kind: 'go' }
  /** The operator's word: what was done is undone, where that is still possible. */
  | { readonly kind: 'abort' };
