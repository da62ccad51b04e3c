/**
 * `same`; `missing` on the host; `differs` in what it says; `remarks`: only in comments and blank space; `attributes`:
 * only mode or owner; `unknown`: it could not be compared.
 */
export type DriftKind = 'same' | 'missing' | 'differs' | 'remarks' | 'attributes' | 'unknown';

/** How one file of one host stands to what the inventory says. Holds no content: it may be logged and kept. */
export interface FileDrift {
  readonly path: string;
  readonly group: string;
  readonly kind: DriftKind;
  /** One line for people: what differs. */
  readonly text: string;
  /** Lines that differ, both sides together. */
  readonly lines: number;
  /** The file on the host says that it was rendered by this product. */
  readonly ours: boolean;
}

/** What a comparison is about: everything but `same`. */
export function isDrift({ kind }: Pick<FileDrift, 'kind'>): boolean {
  return kind !== 'same';
}

/** What changes how the host works, or may: remarks alone don't. */
export function matters({ kind }: Pick<FileDrift, 'kind'>): boolean {
  return kind !== 'same' && kind !== 'remarks';
}
