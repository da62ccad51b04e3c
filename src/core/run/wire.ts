import { isOperatorError, OperatorError } from '../errors';
import type { Clock, CommandResult, HostCommand, HostSessions } from '../ports';

/** What became of one command. `sent: false`: it certainly never began on the host. */
export type Reply =
  | { readonly answered: true; readonly result: CommandResult }
  | { readonly answered: false; readonly error: OperatorError; readonly sent: boolean };

/** Refused before anything was begun, and again the next time: trying once more is of no use. */
const DEFINITE = new Set([
  'host-key-unknown',
  'host-key-changed',
  'auth-failed',
  'ssh-unsupported',
  'sudo-refused',
  'secret-missing',
]);

export function isDefinite(error: OperatorError): boolean {
  return DEFINITE.has(error.code);
}

/** Sends commands, one reply each, whatever the sessions do: a session that never answers ends as a timeout. */
export class Wire {
  constructor(
    private readonly sessions: HostSessions,
    private readonly clock: Clock,
  ) {}

  /** @param stillAllowed asked when the host has been reached, right before the command leaves. */
  async send(host: string, command: HostCommand, stillAllowed: () => boolean = () => true): Promise<Reply> {
    const progress = { sent: false, late: false };
    const deadline = new AbortController();
    const reply = await Promise.race([
      this.ask(host, command, stillAllowed, progress),
      this.clock.sleep(command.timeoutMs + 2_000, deadline.signal).then(
        () => {
          progress.late = true;
          return silence(timedOut(host, command), progress.sent);
        },
        () => silence(timedOut(host, command), progress.sent),
      ),
    ]);
    deadline.abort();
    return reply;
  }

  private async ask(
    host: string,
    command: HostCommand,
    stillAllowed: () => boolean,
    progress: { sent: boolean; late: boolean },
  ): Promise<Reply> {
    try {
      const session = await this.sessions.get(host);
      // The deadline has passed while the host was being reached: nothing may be sent for a caller that is gone.
      if (progress.late) return silence(timedOut(host, command), false);
      if (!stillAllowed()) return silence(withheld(host), false);
      progress.sent = true;
      return { answered: true, result: await session.run(command) };
    } catch (error) {
      const known = asOperatorError(host, error);
      return silence(known, progress.sent && !isDefinite(known));
    }
  }
}

function silence(error: OperatorError, sent: boolean): Reply {
  return { answered: false, error, sent };
}

function timedOut(host: string, command: HostCommand): OperatorError {
  return new OperatorError({
    code: 'command-timeout',
    what: `${host} gave no answer within ${command.timeoutMs} ms.`,
    host,
    state: 'It is not known whether the command has ended.',
    next: 'The effect is asked for before anything else is done.',
  });
}

function withheld(host: string): OperatorError {
  return new OperatorError({
    code: 'internal',
    what: `Nothing was sent to ${host}: its lease was not held, or was being taken anew, when it was reached.`,
    host,
    state: 'It was not begun.',
    next: 'Resume it, or start again, when the lease is held.',
  });
}

function asOperatorError(host: string, error: unknown): OperatorError {
  if (isOperatorError(error)) return error;
  return new OperatorError({
    code: 'internal',
    what: `${host} could not be asked: ${error instanceof Error ? error.message : String(error)}`,
    host,
    state: 'It is not known whether the command was begun.',
    next: 'The effect is asked for before anything else is done.',
    cause: error,
  });
}
