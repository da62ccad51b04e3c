import type { HostScript, LocalCall } from '../plan/plan';

/** One command of the operator's own, run before or after an operation (docs/hooks.md). */
export interface Hook {
  /** What plan and report call it. */
  readonly name: string;
  readonly argv: readonly string[];
  /** Of a hook before: run when the operation is undone. */
  readonly undo?: readonly string[];
  /** Exit 0: its effect stands. 1: it does not. Any other: it can't tell. Without it a hook is never run twice. */
  readonly verify?: readonly string[];
  readonly timeoutMs: number;
  /** Ids of operations and names of sites; absent means all. */
  readonly operations?: readonly string[];
  readonly sites?: readonly string[];
}

/**
 * Switches hosts off. Called with CCHA_WHEN=power-off, and with CCHA_WHEN=power-status to ask: exit 0 when the host
 * is off, 1 when it is on, any other when that can't be told. CCHA_HOST names it.
 */
export interface PowerHook {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

export interface Hooks {
  readonly before: readonly Hook[];
  readonly after: readonly Hook[];
  readonly power: PowerHook | undefined;
}

export const NO_HOOKS: Hooks = { before: [], after: [], power: undefined };

/** What every local command of one plan finds in its environment. */
export interface HookSurroundings {
  readonly site: string;
  readonly operation: string;
  readonly mode: string;
  readonly target: string;
  readonly plan: string;
  readonly operator: string;
}

export type HookMoment = 'before' | 'after' | 'undo' | 'verify' | 'power-off' | 'power-status';

/** One call as a script of a step. */
export function localScript(
  argv: readonly string[],
  timeoutMs: number,
  around: HookSurroundings,
  when: HookMoment,
  more: Readonly<Record<string, string>> = {},
): HostScript & { readonly local: LocalCall } {
  const environment = {
    CCHA_WHEN: when,
    CCHA_SITE: around.site,
    CCHA_OPERATION: around.operation,
    CCHA_MODE: around.mode,
    CCHA_TARGET: around.target,
    CCHA_PLAN: around.plan,
    CCHA_OPERATOR: around.operator,
    ...more,
  };
  return { script: '', local: { argv, environment }, timeoutMs, leased: false };
}

/** Act, verify and shown commands of a step that switches `host` off; the step's own host is `OPERATORS_MACHINE`. */
export function powerOff(
  hook: PowerHook,
  host: { readonly name: string; readonly address: string },
  around: HookSurroundings,
): { readonly shown: readonly string[]; readonly act: HostScript; readonly verify: HostScript } {
  const of = { CCHA_HOST: host.name, CCHA_ADDRESS: host.address };
  return {
    shown: [`CCHA_WHEN=power-off CCHA_HOST=${host.name} ${shownArgv(hook.argv)}`],
    act: localScript(hook.argv, hook.timeoutMs, around, 'power-off', of),
    verify: localScript(hook.argv, hook.timeoutMs, around, 'power-status', of),
  };
}

/** Arguments as one can read them; quoted where a blank or a sign would mislead. */
export function shownArgv(argv: readonly string[]): string {
  return argv
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
