import type { PlanQuestion } from '../../../scheme';
import { shellQuote } from '../../../../quote';
import { UnknownFact } from '../../operation/check';
import type { ReplicationSite } from '../../site';
import { localClient } from '../../sql/client';

/** Transactions and statements older than this hold up a close, or are cut by it. */
export const LONG_SECONDS = 10;

/** One piece of work in a server that is longer than a moment. */
export interface LongWork {
  readonly connection: string;
  readonly account: string;
  readonly seconds: number;
  /** First word of the statement only: the whole of it may hold a password. */
  readonly verb: string;
}

/** What one server says beyond an observation. */
export interface ServerAnswer {
  /** What its applier leaves out, `REPLICATE_IGNORE_DB scratch`, sorted. */
  readonly applierFilters: readonly string[];
  /** What it leaves out of its binary log, `binlog-ignore-db scratch`, sorted. */
  readonly binlogFilters: readonly string[];
  readonly bindAddress: string;
  readonly long: readonly LongWork[];
  /** Connections that copy the server by CLONE, as donor or recipient. */
  readonly clones: readonly string[];
}

const WORDS = {
  account: `IFNULL(CONCAT_WS('@', p.USER, NULLIF(p.HOST, '')), '')`,
  verb: (text: string) => `IFNULL(UPPER(REGEXP_SUBSTR(${text}, '[[:alpha:]]+')), '')`,
};

const SQL = [
  `SELECT 'filter', FILTER_NAME, FILTER_RULE FROM performance_schema.replication_applier_global_filters WHERE FILTER_RULE <> ''`,
  `SELECT 'filter', FILTER_NAME, FILTER_RULE FROM performance_schema.replication_applier_filters WHERE FILTER_RULE <> ''`,
  `SELECT 'bind', @@GLOBAL.bind_address`,
  `SELECT 'long', t.trx_mysql_thread_id, ${WORDS.account}, TIMESTAMPDIFF(SECOND, t.trx_started, NOW()), ${WORDS.verb('t.trx_query')} FROM information_schema.INNODB_TRX t LEFT JOIN performance_schema.processlist p ON p.ID = t.trx_mysql_thread_id WHERE t.trx_started < NOW() - INTERVAL ${LONG_SECONDS} SECOND AND IFNULL(p.USER, '') <> 'system user'`,
  `SELECT 'long', p.ID, ${WORDS.account}, p.TIME, ${WORDS.verb('p.INFO')} FROM performance_schema.processlist p WHERE p.COMMAND NOT IN ('Sleep', 'Daemon', 'Connect', 'Binlog Dump', 'Binlog Dump GTID') AND p.TIME > ${LONG_SECONDS} AND p.USER NOT IN ('system user', 'event_scheduler')`,
  `SELECT 'clone', p.ID, ${WORDS.account} FROM performance_schema.processlist p WHERE p.COMMAND = 'Clone' OR p.INFO LIKE 'CLONE %'`,
].join('; ');

/** Filters, address, long work, in one client. The binary log's filters are no variables: only its status tells them. */
export function serverQuestion(id: string, host: string, site: ReplicationSite): PlanQuestion {
  const mysql = localClient(site.mysql.socket);
  return {
    id,
    host,
    script: [
      `ask() { echo ${shellQuote(`${SQL}; SELECT 'status'`)}"; $1" | ${mysql}; }`,
      // The newer name of the statement; MySQL 8.0 knows the older one alone.
      `out=$(ask 'SHOW BINARY LOG STATUS' 2>/dev/null) || out=$(ask 'SHOW MASTER STATUS') || exit`,
      `printf '%s\\n' "$out"`,
    ].join('\n'),
    timeoutMs: 3_000,
  };
}

/** @throws UnknownFact when it is not what the question prints. */
export function readServer(host: string, text: string): ServerAnswer {
  const rows = text.split('\n').map((line) => line.split('\t'));
  const of = (kind: string): string[][] =>
    rows.filter(([first]) => first === kind).map((row) => row.slice(1));
  const [bind] = of('bind');
  // Behind the word: file, position, what alone is logged, what is not, GTIDs.
  const status = rows.findIndex(([first]) => first === 'status');
  const binlog = status < 0 ? undefined : rows[status + 1];
  if (bind === undefined || binlog === undefined || binlog.length < 2) {
    throw new UnknownFact(`${host}: its filters and its work could not be read`);
  }
  const [, , only = '', without = ''] = binlog;
  const long = of('long').map(([connection = '', account = '', seconds = '0', verb = '']): LongWork => {
    return { connection, account, seconds: Number(seconds), verb };
  });
  return {
    applierFilters: [...new Set(of('filter').map((row) => row.join(' ')))].sort(),
    binlogFilters: [
      ...(only === '' ? [] : [`binlog-do-db ${only}`]),
      ...(without === '' ? [] : [`binlog-ignore-db ${without}`]),
    ],
    bindAddress: bind[0] ?? '',
    // A statement in a transaction is told twice.
    long: [...new Map(long.map((one) => [one.connection, one])).values()],
    clones: of('clone').map(([connection = '', account = '']) => `${connection} of ${account}`),
  };
}
