import type { Lab } from '../lab';
import type { ControllerName } from '../site';
import type { Promoter } from './promoter';

export interface Stage {
  readonly lab: Lab;
  readonly promoter: Promoter;
  /** Host that the operation makes primary, or secondary for a rejoin. */
  readonly target: ControllerName;
  /** Another operator, at the same machine, who takes over and undoes, or finishes where that is all that is left. */
  takeOver(): Promise<void>;
}

/** What goes wrong when the promoter stands before a step, and how the world is mended afterwards. */
export interface Fault {
  readonly id: string;
  /** While the promoter is held. */
  strike(stage: Stage): Promise<void>;
  /** After it was let go, while it goes on. */
  meanwhile?(stage: Stage): Promise<void>;
  /** When it has ended: cables back, hosts on. Safe to call when nothing was struck. */
  mend(lab: Lab): Promise<void>;
}
