import { SshSession } from '../../../src/adapters/ssh/session';
import type { HostScript } from '../../../src/core/plan/plan';
import type { CommandResult, HostCommand } from '../../../src/core/ports';
import { shellQuote } from '../../../src/core/quote';

export interface SendingHooks {
  /** Right before a command leaves for its host. Returns what is sent instead, or nothing. */
  readonly before?: (command: HostCommand, host: string) => Promise<HostCommand | undefined>;
  /** When it has ended on its host, and before whoever sent it knows. */
  readonly behind?: (command: HostCommand, host: string) => Promise<void>;
}

/**
 * Waits for these hooks with each command of this process: the place for a fault at an exact moment. A journal is not one:
 * a run goes on while its lines are being written. Returns what ends it.
 */
export function whileSending({ before, behind }: SendingHooks): () => void {
  const sends = Object.getOwnPropertyDescriptor(SshSession.prototype, 'run')?.value as (
    this: SshSession,
    command: HostCommand,
  ) => Promise<CommandResult>;
  SshSession.prototype.run = async function (command) {
    const result = await sends.call(this, (await before?.(command, this.host)) ?? command);
    await behind?.(command, this.host);
    return result;
  };
  return () => {
    SshSession.prototype.run = sends;
  };
}

/** Whether the command is this script of a plan: as it is, or behind what the product puts before it. */
export function carries(command: HostCommand, act: HostScript): boolean {
  const { script } = command;
  if (script === act.script || script.endsWith(` -- ${shellQuote(act.script)}`)) return true;
  return (
    hasLinesBefore(act) && [act.script, quotedEnd(act.script)].some((end) => script.endsWith(`\n${end}`))
  );
}

/** Whether `other`, sent to the same host, could be taken for `act`. */
export function confusable(act: HostScript, other: HostScript): boolean {
  return act.script === other.script || (hasLinesBefore(act) && other.script.endsWith(`\n${act.script}`));
}

/** The same command with `first` as the first line of this script. */
export function prefixed(command: HostCommand, act: HostScript, first: string): HostCommand {
  const { script } = command;
  const lines = `${first}\n${act.script}`;
  const ends: readonly (readonly [string, string])[] = [
    [shellQuote(act.script), shellQuote(lines)],
    [quotedEnd(act.script), quotedEnd(lines)],
    [act.script, lines],
  ];
  const end = ends.find(([one]) => script.endsWith(one));
  if (end === undefined) throw new Error('the command does not carry this script');
  return { ...command, script: `${script.slice(0, -end[0].length)}${end[1]}` };
}

/** Values that earlier steps printed; without a lease also the environment of a helper that was brought. */
function hasLinesBefore({ inputs = [], leased }: HostScript): boolean {
  return inputs.length > 0 || !leased;
}

/** As it ends within an argument that begins with a line of its own. */
function quotedEnd(script: string): string {
  return shellQuote(`\n${script}`).slice(2);
}
