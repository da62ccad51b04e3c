import { OPERATORS_MACHINE } from '../../../plan/plan';
import type { PlanQuestion } from '../../scheme';
import { cloneScript } from '../checks/asked/clone';
import { historyQuestion } from '../checks/asked/history';
import { ASKED as ASKED_OF_TARGET, targetQuestions } from '../checks/asked/questions';
import { controllerNamed, otherController } from '../operation/context';
import type { ReplicationSite } from '../site';
import { BINLOG_TEXT, DEAD_BINLOGS, WHOLE_TRANSACTIONS } from './deadBinlogs';
import { lastTransactionQuestion } from './lastTransaction';
import { LIFE } from './life';
import { lifeScript, portsOf } from './lifeScript';
import { localClient } from '../sql/client';

/** Ids of the other questions. */
export const ASKED = {
  received: 'received-twice',
  lastTransaction: 'last-transaction',
  binlog: 'source-binlog',
  clone: 'clone-broken',
} as const;

/** More than the heartbeats that the product configures (2 s): a source that lives is heard between two samples. */
const SAMPLE_APART_SECONDS = 3;

/**
 * Is the old primary alive, does anything still arrive from it, and do we reach anybody ourselves? Asked from here, from
 * the target and from the witness: one place alone may be the one that is cut off.
 */
export function failoverQuestions(site: ReplicationSite, targetName: string, mode: string): PlanQuestion[] {
  const target = controllerNamed(site, targetName);
  const source = otherController(site, targetName);
  const about = { source, vip: site.vip, ports: portsOf(site, source) };
  const mysql = localClient(site.mysql.socket);
  return [
    {
      id: LIFE.operator,
      host: OPERATORS_MACHINE,
      script: '',
      timeoutMs: 2_500,
      reach: { address: source.address, ports: portsOf(site, source) },
    },
    { id: LIFE.target, host: target.name, script: lifeScript(about), timeoutMs: 8_000 },
    { id: LIFE.witness, host: site.prometheus.name, script: lifeScript(about), timeoutMs: 8_000 },
    { id: ASKED.received, host: target.name, script: receivedTwice(mysql), timeoutMs: 10_000 },
    { id: ASKED.clone, host: target.name, script: cloneScript(mysql), timeoutMs: 5_000 },
    lastTransactionQuestion(ASKED.lastTransaction, target.name, mysql),
    ...targetQuestions(site, target.name),
    historyQuestion(ASKED_OF_TARGET.history, target.name, site),
    ...(mode === 'half-way' ? [binlogQuestion(source.name)] : []),
  ];
}

/** Two samples, one a line: transactions received, microseconds of the last heartbeat and of the last transaction. */
function receivedTwice(mysql: string): string {
  const sample = `SELECT 'sample', REPLACE(RECEIVED_TRANSACTION_SET, CHAR(10), ''), UNIX_TIMESTAMP(LAST_HEARTBEAT_TIMESTAMP), UNIX_TIMESTAMP(LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP), UNIX_TIMESTAMP(LAST_QUEUED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP), LAST_QUEUED_TRANSACTION, UNIX_TIMESTAMP(NOW(6)), SERVICE_STATE FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''`;
  const ask = `echo "${sample}" | ${mysql} --raw`;
  return `${ask} && sleep ${SAMPLE_APART_SECONDS} && ${ask}`;
}

/**
 * What the dead server's newest binary log ends with, and what was written before each of its logs: read from the disk,
 * since nobody answers for it. The first one that can't be read ends the list; why stands in the standard error.
 */
function binlogQuestion(host: string): PlanQuestion {
  const script = [
    DEAD_BINLOGS,
    `for log in $logs; do echo "log $log"; head_of "$log" || break; done`,
    `last=$(echo "$logs" | head -n 1)`,
    `timeout 20 ${BINLOG_TEXT} "$last" 2>/dev/null | ${WHOLE_TRANSACTIONS} | grep '^range ' || true`,
  ].join('\n');
  return { id: ASKED.binlog, host, script, timeoutMs: 30_000 };
}
