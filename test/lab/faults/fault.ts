import type { Lab } from '../lab';
import { type ControllerName, peerOf } from '../site';
import type { Promoter } from './promoter';

/** Where an operation stands: hosts by their part in it, so that a matrix may run in either direction. */
export interface Place {
  readonly lab: Lab;
  /** Host that the operation makes primary, or secondary for a rejoin. `peerOf(target)` is the other controller. */
  readonly target: ControllerName;
}

export interface Stage extends Place {
  readonly promoter: Promoter;
  /** Another operator, at the same machine, who takes over and undoes, or finishes where that is all that is left. */
  takeOver(): Promise<void>;
}

/** What goes wrong when the promoter stands before a step, and how the world is mended afterwards. */
export interface Fault {
  readonly id: string;
  /** It strikes when the step's script has ended on its host, and the promoter does not know that yet. */
  readonly behind?: boolean;
  /** First line of the step's own script, which is sent when the promoter is let go. */
  readonly firstLine?: string;
  /** A standby may be left by it with an applier that has stopped: it is prepared as a secondary. */
  readonly stopsApplier?: boolean;
  /** Whose MySQL may hang by it: what is not answered there is not acknowledged, and no blindness of the referee. */
  readonly hangs?: Part;
  /** While the promoter is held. Returns what the report tells of it, where it could do nothing. */
  strike(stage: Stage): Promise<string | void>;
  /** After it was let go, while it goes on. */
  meanwhile?(stage: Stage): Promise<void>;
  /** Asked when the promoter has ended. @throws where the fault did not come about. */
  proven?(place: Place): Promise<void>;
  /** When it has ended: cables back, hosts on. Safe to call when nothing was struck. */
  mend(place: Place): Promise<void>;
}

/** Part of a controller in an operation. */
export type Part = 'target' | 'peer';
export const PARTS: readonly Part[] = ['target', 'peer'];

export function hostOf(part: Part, { target }: Pick<Place, 'target'>): ControllerName {
  return part === 'target' ? target : peerOf(target);
}

/** A step's id with the host's part instead of its name: the same cell in either direction. */
export function stepOfParts(step: string, place: Pick<Place, 'target'>): string {
  const part = PARTS.find((one) => step.endsWith(`-${hostOf(one, place)}`));
  return part === undefined ? step : step.replace(/[^-]+$/, part);
}

/** The other way round: the id in a plan of this direction. */
export function stepOfHosts(step: string, place: Pick<Place, 'target'>): string {
  const part = PARTS.find((one) => step.endsWith(`-${one}`));
  return part === undefined ? step : step.replace(/[^-]+$/, hostOf(part, place));
}
