import { OperatorError } from '../../core/errors';

/** Server errors that mean: this account may not do it. */
const accessErrors = new Set([1044, 1045, 1142, 1227, 1698, 3118]);

export interface SqlErrorLike {
  readonly message: string;
  readonly errno?: number | undefined;
  readonly code?: string | undefined;
}

/** @param sql shown without its literals: a password may be one. */
export function sqlFailure(host: string, error: SqlErrorLike, sql?: string): OperatorError {
  const denied = error.errno !== undefined && accessErrors.has(error.errno);
  const number = error.errno === undefined ? '' : ` (error ${error.errno})`;
  return new OperatorError({
    code: denied ? 'sql-access-denied' : 'sql-failed',
    what: `MySQL on ${host} ${denied ? 'refuses' : 'fails'}${number}: ${withoutExcerpt(error.message)}`,
    host,
    command: sql === undefined ? undefined : withoutLiterals(sql),
    state: sql === undefined ? 'No statement was run.' : 'The statement was not completed.',
    next: denied
      ? 'Check user, password and grants: mysql.admin in the inventory, or root by the unix socket.'
      : `Look at MySQL on ${host}: systemctl status mysql; journalctl -u mysql`,
    cause: error,
  });
}

/** The server repeats a part of the statement after "near": it may hold a secret. */
function withoutExcerpt(message: string): string {
  return message.replace(/near '[\s\S]*'/, "near '…'");
}

function withoutLiterals(sql: string): string {
  return sql.replace(/'(?:[^'\\]|\\.|'')*'/g, "'…'").slice(0, 200);
}
