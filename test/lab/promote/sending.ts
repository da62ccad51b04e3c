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

/** Whether the command is this script of a plan: what the product puts around it stands before it. */
export function carries(command: HostCommand, { script }: HostScript): boolean {
  return command.script.endsWith(script) || command.script.endsWith(shellQuote(`\n${script}`).slice(2));
}
