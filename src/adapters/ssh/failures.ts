import { OperatorError } from '../../core/errors';

const nothingSent = 'Nothing was sent to the host.';

/** What a failed connection attempt means. ssh2 marks its errors with `level`, node with `code`. */
export function connectFailure(host: string, where: string, error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  const cause = error as Error & { level?: string; code?: string };
  const message = cause.message || String(error);
  if (error instanceof TypeError || error instanceof RangeError) {
    return new OperatorError({
      code: 'internal',
      what: `Connecting to ${host} failed by a fault of this program: ${message}`,
      host,
      state: nothingSent,
      next: 'Please report it with the log.',
      cause,
    });
  }
  if (/no matching/i.test(message)) {
    return new OperatorError({
      code: 'ssh-unsupported',
      what: `${host} (${where}) and this client share no ssh algorithm: ${message}`,
      host,
      state: nothingSent,
      next: `Run \`ssh -v ${where}\` to see what the server offers, and let it offer a current algorithm.`,
      cause,
    });
  }
  return new OperatorError({
    code: 'host-unreachable',
    what: `${host} (${where}) can't be reached by ssh: ${readable(message, cause.code)}`,
    host,
    state: `${nothingSent} Its state is unknown.`,
    next: 'Look at the host on its console, and at the network between here and there.',
    cause,
  });
}

function readable(message: string, code: string | undefined): string {
  if (code === 'ECONNREFUSED') return 'it answers, but no ssh server listens there (connection refused)';
  if (code === 'EHOSTUNREACH') return 'no route to the host, or it does not answer';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `its name can't be resolved (${message})`;
  return message;
}

export function connectTimeout(host: string, where: string, timeoutMs: number): OperatorError {
  return connectFailure(host, where, new Error(`no answer within ${(timeoutMs / 1000).toFixed(1)} s`));
}

/** @param during the command that was under way, as the operator would type it; undefined: none was. */
export function connectionLost(host: string, reason: string, during?: string): OperatorError {
  return new OperatorError({
    code: 'connection-lost',
    what: `The connection to ${host} was lost${during === undefined ? '' : ' while a command ran'}: ${reason}`,
    host,
    command: during,
    state:
      during === undefined
        ? 'No command was under way.'
        : 'Whether the command took effect is unknown: it may have ended, or may still run on the host.',
    next: 'Refresh: a new connection is opened, and the state is read again before anything else is done.',
  });
}

/** What became of a command that took too long. */
export type LateCommand = 'never-began' | 'killed' | 'may-run';

const lateStates: Readonly<Record<LateCommand, string>> = {
  'never-began': 'It waited for other commands and was not begun: nothing was changed by it.',
  killed: 'Its processes were killed on the host. What it had done until then is unknown.',
  'may-run': 'It could not be killed on the host and may still run. Its effect is unknown.',
};

export function commandTimeout(
  host: string,
  command: string,
  timeoutMs: number,
  late: LateCommand,
): OperatorError {
  return new OperatorError({
    code: 'command-timeout',
    what: `A command on ${host} did not end within ${(timeoutMs / 1000).toFixed(1)} s`,
    host,
    command,
    state: lateStates[late],
    next: 'Read the state of the host again before the command is repeated.',
  });
}

export function sudoRefused(host: string, user: string, command: string, reason: string): OperatorError {
  return new OperatorError({
    code: 'sudo-refused',
    what: `sudo on ${host} refuses ${user}: ${reason.trim().split('\n')[0] ?? 'no reason given'}`,
    host,
    command,
    state: 'The command was not run.',
    next: `Give ${user} passwordless sudo on ${host}, or set another ssh user in the inventory. Try it there: sudo -n sh -c true`,
  });
}
