import type { Lab } from '../lab';
import type { Product } from '../promote/product';
import type { Referee } from '../referee/referee';
import type { ControllerName } from '../site';
import type { PromoterOrder } from './promoterMessages';

/** An operation, the state that it begins from, and the way back there. */
export interface Scene {
  readonly id: string;
  readonly profile: 'hardened';
  readonly order: Pick<PromoterOrder, 'operation' | 'target' | 'mode' | 'acknowledged' | 'attested'> & {
    readonly target: ControllerName;
  };
  /** Brings the lab from any sound state to where the operation begins, before the referee watches. */
  prepare(lab: Lab, journals: string): Promise<void>;
  /** What has to happen under the referee before the operation (a primary that dies), with what it must be told. */
  begin?(lab: Lab, referee: Referee): Promise<void>;
  /** Who has to be primary in the end. */
  primaryAfter(end: 'done' | 'undone' | 'refused'): ControllerName;
  /** Waits until the site is as this end promises. @throws with what is not. */
  settled(lab: Lab, end: 'done' | 'undone' | 'refused', product: Product): Promise<void>;
}
