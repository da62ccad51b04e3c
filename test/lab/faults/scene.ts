import type { Lab } from '../lab';
import type { Product } from '../promote/product';
import type { Judged } from '../referee/judge/judged';
import type { Verdict } from '../referee/judge/verdict';
import type { Referee } from '../referee/referee';
import type { ControllerName } from '../site';
import type { Fault, Place } from './fault';
import type { ReadyOrder } from './ready';

export type FinalEnd = 'done' | 'undone' | 'refused';

export interface Settling extends Place {
  readonly end: FinalEnd;
  readonly fault: Fault;
  readonly product: Product;
  readonly referee: Referee;
}

/** An operation, the state that it begins from, and what the site has to be afterwards. */
export interface Scene {
  readonly id: string;
  /** For the report. */
  readonly title: string;
  /** Faults that can strike in it. */
  readonly faults: readonly Fault[];
  /** The step that closes the old primary, where one does: the smaller set holds every cell from there to the opening. */
  readonly closing?: string;
  order(target: ControllerName): ReadyOrder;
  /**
   * Brings the lab from any sound state to where the operation begins, before the referee watches. Whoever is primary stays
   * it: an operation back would only cost time. Returns the target.
   */
  prepare(lab: Lab, journals: string): Promise<ControllerName>;
  /**
   * What has to happen under the referee before the operation (a primary that dies), with what it must be told. Returns the
   * promise that has to be kept where the operation ends `done`.
   */
  begin?(place: Place, referee: Referee): Promise<() => Promise<void>>;
  /** Around all that the operation does. */
  around?(place: Place, referee: Referee, work: () => Promise<string>): Promise<string>;
  /** After the fault was mended, before the next step is taken: what the operator mends of the scene itself. */
  mend?(place: Place): Promise<void>;
  /** Who has to be primary in the end. */
  primaryAfter(end: FinalEnd, target: ControllerName): ControllerName;
  /**
   * Waits until the site is as this end promises, by the product's own next step where one is due. Returns what the report
   * tells of that, or nothing. @throws with what is not.
   */
  settled(settling: Settling): Promise<string>;
  /** Takes away what the scene itself breaks (an emergency loses what was never sent). Absent: nothing. */
  judge?(verdict: Verdict, place: Place): Judged;
}
