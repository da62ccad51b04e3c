import { askedHosts } from '../operation/context';
import { type Check, need, verdict } from '../operation/check';

/** The order of the steps relies on commits that are on disk (MySQL manual: binary log and InnoDB durability). */
export const durability: Check = {
  id: 'durability',
  title: 'Commits are durable on both servers',
  level: 'warn',
  run(context) {
    const hosts = askedHosts(context);
    const against = hosts.flatMap(({ name: host, seen }) => {
      const mysql = need(seen.mysql, host, 'MySQL');
      return [
        ...(mysql.syncBinlog === 1 ? [] : [`${host}: sync_binlog is ${mysql.syncBinlog}`]),
        ...(mysql.flushLogAtTrxCommit === 1
          ? []
          : [`${host}: innodb_flush_log_at_trx_commit is ${mysql.flushLogAtTrxCommit}`]),
      ];
    });
    return verdict(against, 'Set both to 1, or know that a power cut may lose acknowledged transactions.', [
      `sync_binlog and innodb_flush_log_at_trx_commit are 1 on ${hosts.map(({ name }) => name).join(' and ')}`,
    ]);
  },
};
