import type { SiteHost } from '../../../inventory/site';
import { sqlQuote } from '../../../quote';
import type { ReplicationSite } from '../site';
import { secretLiteral, statement, type Statement } from './statement';

/**
 * Replaces all data of the server that runs it by that of the donor; it ends mysqld, and the client hears OK before that.
 * The donor list must name the donor literally (error 3869). Afterwards the server is open, unless my.cnf or a persisted
 * setting closes it.
 */
export function cloneFrom({ mysql }: ReplicationSite, donor: SiteHost): Statement {
  const { port, cloneUser, tls } = mysql;
  return statement(
    `SET GLOBAL clone_valid_donor_list=${sqlQuote(`${donor.name}:${port}`)}`,
    `CLONE INSTANCE FROM ${sqlQuote(cloneUser.user)}@${sqlQuote(donor.name)}:${port} IDENTIFIED BY ${secretLiteral(cloneUser.password.secret)}${tls ? ' REQUIRE SSL' : ''}`,
  );
}

/**
 * State and end of the last CLONE that began after a moment of this server's own clock (`SELECT NOW(3)`). Ask on new
 * connections until it says Completed: the server restarts in between.
 */
export function cloneState(since: string): Statement {
  return statement(
    `SELECT state, error_no, error_message FROM performance_schema.clone_status WHERE begin_time > ${sqlQuote(since)}`,
  );
}
