import { type HostScript } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import type { PromoteContext } from '../operation/context';
import { foreignRecord } from '../operation/witnessRecord';
import { localClient } from '../sql/client';

/** Where the helper stands: deployed on hardened hosts, brought along elsewhere (docs/host-helper.md). */
export const DEPLOYED_HELPER = '/usr/local/sbin/clustercontrol-ha';
export const BROUGHT_HELPER = '/run/clustercontrol-ha/bin/clustercontrol-ha';

/** What every step of one promotion is built with. */
export interface StepKit {
  readonly context: PromoteContext;
  /** Names of the two hosts. */
  readonly source: string;
  readonly target: string;
  /** Path of the helper, as a shell word. */
  readonly helper: string;
  /** Reads SQL on standard input, prints bare values. */
  readonly mysql: string;
  readonly hasWitness: boolean;
}

export function stepKit(context: PromoteContext): StepKit {
  const { site, method, seen } = context;
  return {
    context,
    source: context.source.name,
    target: context.target.name,
    helper: shellQuote(method === 'role-flag' ? DEPLOYED_HELPER : BROUGHT_HELPER),
    mysql: localClient(site.mysql.socket),
    hasWitness:
      method === 'role-flag' &&
      seen.witness.role.known &&
      seen.witness.role.value.record !== undefined &&
      foreignRecord(site, seen.witness) === undefined,
  };
}

/** Changes something on a controller: the helper compares the lease's token in the same call. */
export function leased(script: string, timeoutMs: number, more: Partial<HostScript> = {}): HostScript {
  return { script, timeoutMs, leased: true, ...more };
}

/** Only looks, or acts where no lease exists (the witness, whose records only grow). */
export function unleased(script: string, timeoutMs: number, more: Partial<HostScript> = {}): HostScript {
  return { script, timeoutMs, leased: false, ...more };
}

/** Held closed by hand when the plan was made: an operation that is undone leaves it so. */
export function heldBefore({ context }: StepKit): boolean {
  const { role } = context.seen.source;
  return role.known && role.value.held === true;
}

/** A mysqld that hangs is stopped by the first call, which then says so; the second one finds none. */
export function closeHeld({ helper }: StepKit): string {
  return `${helper} close --hold || ${helper} close --hold`;
}

/** A helper call without its path, as an operator reads it. */
export function shownHelper(arguments_: string): string {
  return `clustercontrol-ha ${arguments_}`;
}

/**
 * A verification by one SQL value. Exit 2 where MySQL can't be asked: that is not the same as "no", and behind a lost
 * answer the difference decides between undoing and waiting.
 */
export function sqlIs(kit: StepKit, expression: string, value: string): string {
  return `out=$(echo "SELECT ${expression}" | ${kit.mysql}) || exit 2; [ "$out" = ${value} ]`;
}

/**
 * Whether the target was opened, also where it has been closed since, by a crash or its own guard: what it took meanwhile must
 * not be lost by an undo. `final_gtid` is what it had before; a resume from another machine does not know it. Exit 0 it was,
 * 1 it was not, 2 it can't be told.
 */
export function targetOpened(kit: StepKit): string {
  const { method, epochs } = kit.context;
  const epoch = method === 'role-flag' ? epochs.next : 0;
  return `set -- "$final_gtid"; ${kit.helper} mysql opened ${epoch} \${1:+"$1"}`;
}

/**
 * Behind the opening: a primary that a crash, a power cut or self-fencing has closed is opened again by the run that holds
 * its lease, for its guard leaves it alone as long. A documented host comes back open.
 * @param also a command that brings back what else has ended with it
 */
export function reopened(
  kit: StepKit,
  also?: string,
): { readonly shown: readonly string[]; readonly mend?: HostScript } {
  const opens = kit.context.method === 'role-flag';
  const rest = also === undefined ? [] : [also];
  const script = [...(opens ? [`${kit.helper} reopen`] : []), ...rest].join(' && ');
  if (script === '') return { shown: [] };
  const shown = [...(opens ? [shownHelper('reopen')] : []), ...rest].join(' && ');
  return { shown: [`# before it is tried again: ${shown}`], mend: leased(script, 40_000) };
}

/** Records exist on hosts of the hardened profile only. */
export function undoneFirst(
  kit: StepKit,
  steps: readonly string[],
): { readonly requires?: readonly string[] } {
  return kit.context.method === 'role-flag' ? { requires: steps } : {};
}

/**
 * What an undo starts on the old primary. Without the flag that host has fenced itself meanwhile: nothing starts there, and
 * its guard brings everything back together once the lease has ended.
 */
export function whereActive(kit: StepKit, script: string): string {
  return kit.context.method === 'role-flag'
    ? `[ ! -e /run/clustercontrol-ha/active ] || { ${script}; }`
    : script;
}

/** No process of that name (pgrep's pattern): 1 alone says so. A host without pgrep has told nothing. */
export function noProcess(pattern: string): string {
  return `{ pgrep -x '${pattern}' >/dev/null; [ $? -eq 1 ]; }`;
}
