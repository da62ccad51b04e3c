import { nextSecret } from '../../../inventory/secretNames';
import { sqlQuote } from '../../../quote';
import type { ReplicationSite } from '../site';
import { secretLiteral, statement, type Statement } from '../sql/statement';

/** One account whose password is changed. */
export interface Account {
  readonly id: 'replication' | 'clone';
  readonly user: string;
  /** Names of the value that counts now, and of the one that will. */
  readonly secret: string;
  readonly next: string;
}

export function accountsOf({ mysql }: ReplicationSite): readonly [Account, Account] {
  const account = (
    id: Account['id'],
    { user, password }: ReplicationSite['mysql']['cloneUser'],
  ): Account => ({
    ...{ id, user, secret: password.secret, next: nextSecret(password.secret) },
  });
  return [account('replication', mysql.replicationUser), account('clone', mysql.cloneUser)];
}

const named = ({ user }: Account): string => `${sqlQuote(user)}@'%'`;

/** Both passwords count from here on (MySQL 8.0.14 and later, manual "Dual Password Support"). */
export function addPassword(account: Account): Statement {
  return statement(
    `ALTER USER ${named(account)} IDENTIFIED BY ${secretLiteral(account.next)} RETAIN CURRENT PASSWORD`,
  );
}

/** The old one is the only one again. */
export function takeBack(account: Account): Statement {
  return statement(
    `ALTER USER ${named(account)} IDENTIFIED BY ${secretLiteral(account.secret)}`,
    `ALTER USER ${named(account)} DISCARD OLD PASSWORD`,
  );
}

export function discardOld(account: Account): Statement {
  return statement(`ALTER USER ${named(account)} DISCARD OLD PASSWORD`);
}

/** 1 while an account has two passwords, 0 while it has one; no row where there is no such account. */
export function twoPasswords({ user }: Account): string {
  return `SELECT COALESCE(JSON_CONTAINS_PATH(User_attributes, 'one', '$.additional_password'), 0) FROM mysql.user WHERE User = ${sqlQuote(user)} AND Host = '%'`;
}

/** The receiving thread alone reconnects: what was received goes on being applied. */
export function channelPassword(secret: string): Statement {
  return statement(
    'STOP REPLICA IO_THREAD',
    `CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = ${secretLiteral(secret)}`,
    'START REPLICA IO_THREAD',
  );
}
