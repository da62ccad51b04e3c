/** Stable codes of what can go wrong between us and a host. */
export type OperatorErrorCode =
  | 'host-unreachable'
  | 'connection-lost'
  | 'command-timeout'
  | 'command-failed'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'auth-failed'
  | 'ssh-unsupported'
  | 'sudo-refused'
  | 'sql-failed'
  | 'sql-access-denied'
  | 'secret-missing'
  | 'format-unknown'
  | 'lease-held'
  | 'run-not-resumable'
  | 'hosts-closed'
  | 'internal';

/**
 * An error as an operator needs it at 3 a.m.: what failed, where, what state that leaves, what to do.
 * `message` is `what`; no secret may stand in any field.
 */
export class OperatorError extends Error {
  readonly code: OperatorErrorCode;
  readonly host: string | undefined;
  readonly command: string | undefined;
  readonly state: string;
  readonly next: string;

  constructor(parts: {
    code: OperatorErrorCode;
    what: string;
    host?: string | undefined;
    command?: string | undefined;
    state: string;
    next: string;
    cause?: unknown;
  }) {
    super(parts.what, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'OperatorError';
    this.code = parts.code;
    this.host = parts.host;
    this.command = parts.command;
    this.state = parts.state;
    this.next = parts.next;
  }
}

export function isOperatorError(error: unknown): error is OperatorError {
  return error instanceof OperatorError;
}
