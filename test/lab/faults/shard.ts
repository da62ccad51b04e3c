/** What one lab of the matrix has to do. */
export interface ShardOrder {
  /**
   * `covering`: one fault a step. `unwritable`: what that leaves out of the cells between the closing and the opening of a
   * planned promotion. `dangerous`: both.
   */
  readonly set: 'covering' | 'unwritable' | 'dangerous' | 'all';
  /** Ids of scenes; empty: all. */
  readonly scenes: readonly string[];
  /** Cells whose id holds this; empty: all. */
  readonly only: string;
  readonly shard: number;
  readonly shards: number;
  /** Cells that held already. */
  readonly done: readonly string[];
}

export interface CellLine {
  readonly kind: 'result';
  readonly cell: string;
  readonly held: boolean;
  /** The referee saw an invariant broken: no second try makes that whole. */
  readonly violated: boolean;
  /** Why tries before this one did not hold, of earlier runs of the matrix too. */
  readonly earlier: readonly string[];
  /** How the run that was struck ended, and how the site did. */
  readonly ends: string;
  readonly why: string;
  readonly seconds: number;
  /** Where the time went, for those who want the matrix quicker. */
  readonly phases: string;
}

export type ShardLine =
  { readonly kind: 'cells'; readonly scene: string; readonly cells: readonly string[] } | CellLine;
