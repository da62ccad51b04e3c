import { SshSession } from '../../../src/adapters/ssh/session';
import type { HostScript } from '../../../src/core/plan/plan';
import type { CommandResult, HostCommand } from '../../../src/core/ports';
import { shellQuote } from '../../../src/core/quote';

/**
 * Calls `before` with each command of this process right before it leaves for its host, and waits for it: the place for a
 * fault at an exact moment. A journal is not: a run goes on while its lines are being written.
 * Returns what ends that.
 */
export function beforeSending(before: (command: HostCommand, host: string) => Promise<void>): () => void {
  const sends = Object.getOwnPropertyDescriptor(SshSession.prototype, 'run')?.value as (
    this: SshSession,
    command: HostCommand,
  ) => Promise<CommandResult>;
  SshSession.prototype.run = async function (command) {
    await before(command, this.host);
    return sends.call(this, command);
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

/** Values that earlier steps printed; without a lease also the environment of a helper that was brought. */
function hasLinesBefore({ inputs = [], leased }: HostScript): boolean {
  return inputs.length > 0 || !leased;
}

/** As it ends within an argument that begins with a line of its own. */
function quotedEnd(script: string): string {
  return shellQuote(`\n${script}`).slice(2);
}
