export type Severity = 'error' | 'warning' | 'information';

/** A place in an inventory document: keys from the root. */
export type InventoryPath = readonly (string | number)[];

export type FindingPlace =
  | {
      readonly kind: 'inventory';
      readonly file: string;
      readonly path: InventoryPath;
      readonly at?: TextRange;
    }
  | { readonly kind: 'file'; readonly file: string; readonly at: TextRange }
  | { readonly kind: 'host'; readonly site: string; readonly host: string; readonly file?: string }
  | { readonly kind: 'site'; readonly site: string };

/** Offsets into the document's text, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface TextFix {
  readonly title: string;
  readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
}

/** Everything the product has to say about a site, in one shape. Codes are stable and anchored in docs/findings.md. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly where: FindingPlace;
  readonly message: string;
  readonly why: string;
  readonly remedy: string;
  readonly fix?: TextFix;
  readonly related: readonly { readonly where: FindingPlace; readonly message: string }[];
}
