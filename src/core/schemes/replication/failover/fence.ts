import type { PowerHook } from '../../../operate/hooks';
import type { PromoteContext } from '../operation/context';
import { whyNotAtWork } from './guardAtWork';
import type { Life } from './life';

/**
 * `emergency`: the old primary is dead, nothing is asked of it and nothing done on it.
 * `half-way`: its host lives and its MySQL is dead: the host is closed by its own helper, files are brought over.
 */
export const EMERGENCY_MODES = ['emergency', 'half-way'] as const;
export type EmergencyMode = (typeof EMERGENCY_MODES)[number];

/** What makes sure that the old primary writes no more while another one does. */
export type Fence =
  /** Its own helper closes it over ssh, and holds it closed. */
  | { readonly kind: 'helper' }
  /** The operator's own command switches it off, and is asked whether it is off. */
  | { readonly kind: 'power-hook'; readonly hook: PowerHook }
  /** The operator says that it is off, in his own words. */
  | { readonly kind: 'powered-off'; readonly words: string }
  /** The operator says that it is cut off from everybody; then its own guard has closed it after this time. */
  | { readonly kind: 'isolated'; readonly words: string; readonly waitSeconds: number };

/** Kinds of attestation that a failover knows. */
export const ATTESTATIONS = ['powered-off', 'isolated'] as const;

/** A guard needs up to this long to close a MySQL that resists, once it has begun (docs/host-helper.md). */
const CLOSING_SECONDS = 15;
const MARGIN_SECONDS = 5;

/**
 * One that hangs before it has closed is killed that long after its last sign (WatchdogSec of its unit), and the next one, half a
 * second later, asks for a second before it closes. The watchdog is not set lower: starting cmon may take a guard 20 s, closing
 * 15, and one that is killed in the midst of that costs more than this wait. Whoever has no time switches the host off.
 */
export const WATCHDOG_SECONDS = 45;
const RESTART_SECONDS = 2;

/** An attestation counts only when it names the host: a sentence that was typed for another one is no proof. */
export function attests(words: string | undefined, host: string): words is string {
  return words !== undefined && words.split(/[^\w.-]+/).some((word) => word.replace(/\.+$/, '') === host);
}

/** The strongest proof at hand; undefined: there is none. */
export function fenceOf(
  context: Pick<PromoteContext, 'site' | 'source' | 'target' | 'answers' | 'method'> & {
    readonly mode: EmergencyMode;
    readonly attested: Readonly<Record<string, string>>;
    readonly powerHook: PowerHook | undefined;
    readonly life: Life;
  },
): Fence | undefined {
  const { mode, attested, source, powerHook, site } = context;
  if (mode === 'half-way') return context.life.loggedIn ? { kind: 'helper' } : undefined;
  const [off, isolated] = [attested['powered-off'], attested['isolated']];
  if (attests(off, source.name)) return { kind: 'powered-off', words: off };
  if (powerHook !== undefined) return { kind: 'power-hook', hook: powerHook };
  if (attests(isolated, source.name) && whyNotSelfFenced(context) === undefined) {
    const said = saidToFenceAfter(context.life);
    const begins = Math.max(site.selfFenceSeconds ?? 0, ...said) + WATCHDOG_SECONDS + RESTART_SECONDS;
    const waitSeconds = begins + CLOSING_SECONDS + MARGIN_SECONDS;
    return { kind: 'isolated', words: isolated, waitSeconds };
  }
  return undefined;
}

/** Whether somebody made sure of its power, so that even a lost witness does not matter. */
export function isPowerOff(fence: Fence | undefined): boolean {
  return fence?.kind === 'power-hook' || fence?.kind === 'powered-off';
}

/** What its guard itself has said, wherever it asked: the file on its disk decides, not the inventory. */
function saidToFenceAfter({ places }: Life): readonly number[] {
  return places.flatMap(({ guardFencesAfterSeconds }) => guardFencesAfterSeconds ?? []);
}

/** Why nobody may rely on the old primary's closing itself; undefined: one may. */
export function whyNotSelfFenced(
  context: Pick<PromoteContext, 'site' | 'method' | 'source' | 'target' | 'answers'> & {
    readonly life: Life;
  },
): string | undefined {
  const { site, method, source, life } = context;
  if (method !== 'role-flag') return 'hosts of the documented profile do not close themselves';
  if (site.selfFenceSeconds === undefined) return 'self-fencing is switched off in the inventory';
  if (saidToFenceAfter(life).includes(0)) {
    return `the guard of ${source.name} has said that self-fencing is off there, whatever the inventory says`;
  }
  return whyNotAtWork(context);
}
