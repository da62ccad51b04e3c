/** What one lab of the matrix has to do. */
export interface ShardOrder {
  /** `ci`: a fixed covering set and every cell between closing and opening. */
  readonly set: 'ci' | 'all';
  /** Ids of scenes; empty: all. */
  readonly scenes: readonly string[];
  /** Cells whose id holds this; empty: all. */
  readonly only: string;
  readonly shard: number;
  readonly shards: number;
  /** Cells that held already, on this commit. */
  readonly done: readonly string[];
}

export type ShardLine =
  | { readonly kind: 'cells'; readonly scene: string; readonly cells: readonly string[] }
  | {
      readonly kind: 'result';
      readonly cell: string;
      readonly held: boolean;
      readonly ends: string;
      readonly why: string;
      readonly seconds: number;
    };
