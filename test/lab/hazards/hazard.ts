/** A case of a suite on real hosts. */
export interface HazardTest {
  /** From the repository's root. */
  readonly file: string;
  readonly title: string;
}

export interface Hazard {
  /** What happens to who follows the ClusterControl documentation ("ClusterControl Replication") to the letter. */
  readonly what: string;
  /** Where it happens. */
  readonly documented: readonly HazardTest[];
  /** Where it doesn't, or is named and refused. */
  readonly product: readonly HazardTest[];
  /** What keeps the product out of it. */
  readonly by: string;
}

/** Cases of one file. */
export const of =
  (file: string) =>
  (title: string): HazardTest => ({ file: `test/lab/${file}.test.ts`, title });
