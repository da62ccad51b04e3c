import { type Step, type StepPhase } from '../../../plan/plan';
import { leased, type StepKit } from './kit';

/** Everything that this server has, applied or not. */
const EVERYTHING = `SELECT REPLACE(CONCAT_WS(',', NULLIF((SELECT RECEIVED_TRANSACTION_SET FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''), ''), NULLIF(@@GLOBAL.gtid_executed, '')), CHAR(10), '')`;

function readReceived(kit: StepKit): string {
  return `out=$(echo "${EVERYTHING}" | ${kit.mysql} --raw | tr -d ' \\n') && [ -n "$out" ] && echo "@received_gtid=$out"`;
}

/**
 * With relay_log_recovery a restart of mysqld throws the relay log away, to fetch it again from a source that is dead. A
 * persisted OFF wins over my.cnf at that restart (MySQL manual, SET PERSIST_ONLY); it is taken back in the end.
 */
export function keepReceived(kit: StepKit, needs: readonly string[]): Step {
  const back = 'RESET PERSIST IF EXISTS relay_log_recovery;';
  return {
    id: 'keep-received',
    title: 'What was received survives a restart of MySQL',
    host: kit.target,
    why: 'With relay_log_recovery a restart would throw away what was received and not applied, and nobody could send it again.',
    phase: 'prepare',
    needs,
    shown: ['SET PERSIST_ONLY relay_log_recovery = OFF;'],
    act: leased(`echo 'SET PERSIST_ONLY relay_log_recovery = OFF' | ${kit.mysql}`, 10_000),
    undo: {
      shown: [back],
      script: leased(`echo '${back}' | ${kit.mysql}`, 10_000),
      effect: `MySQL on ${kit.target} recovers its relay log as its configuration says`,
    },
    danger: 'none',
    usualMs: 20,
  };
}

export function relayLogAsBefore(kit: StepKit, needs: readonly string[]): Step {
  const back = 'RESET PERSIST IF EXISTS relay_log_recovery;';
  return {
    id: 'relay-log-as-before',
    title: 'The relay log is recovered as configured again',
    host: kit.target,
    why: 'Everything is applied: what the configuration says about later restarts is right again.',
    phase: 'after',
    needs,
    shown: [back],
    act: leased(`echo '${back}' | ${kit.mysql}`, 10_000),
    optional: true,
    danger: 'none',
    usualMs: 20,
  };
}

/** Where the old primary lives in part, this belongs to the outage; where it is dead, to what comes before. */
type ReceivedPhase = Extract<StepPhase, 'prepare' | 'outage'>;

export function receivingStop(kit: StepKit, needs: readonly string[], phase: ReceivedPhase): Step {
  const off = `SELECT COUNT(*) FROM performance_schema.replication_connection_status WHERE SERVICE_STATE <> 'OFF'`;
  return {
    id: 'receiving-stop',
    title: 'Receive nothing more from the old primary',
    host: kit.target,
    why: 'From here on it is known what has to be applied.',
    phase,
    needs,
    shown: ['STOP REPLICA IO_THREAD;', '# what was received and what is applied already, together'],
    act: leased(`echo 'STOP REPLICA IO_THREAD' | ${kit.mysql} && ${readReceived(kit)}`, 20_000, {
      outputs: ['received_gtid'],
    }),
    verify: leased(
      `out=$(echo "${off}" | ${kit.mysql}) || exit 2; [ "$out" = 0 ] || exit 1; ${readReceived(kit)} || exit 2`,
      10_000,
      { outputs: ['received_gtid'] },
    ),
    undo: {
      shown: ['START REPLICA IO_THREAD;'],
      script: leased(`echo 'START REPLICA IO_THREAD' | ${kit.mysql}`, 20_000),
      effect: `${kit.target} asks ${kit.source} for transactions again`,
    },
    danger: 'interrupts',
    usualMs: 20,
  };
}

const THREADS = `SELECT (SELECT COUNT(*) FROM performance_schema.replication_connection_status WHERE SERVICE_STATE <> 'OFF'), (SELECT COUNT(*) FROM performance_schema.replication_applier_status WHERE SERVICE_STATE = 'ON'), MD5(@@GLOBAL.gtid_executed), (SELECT COUNT(*) FROM performance_schema.threads WHERE NAME IN ('thread/sql/replica_sql', 'thread/sql/slave_sql') AND PROCESSLIST_STATE LIKE '%has read all relay log%')`;
// Behind "Query:" stands the statement, which may hold a password's hash: it is no part of what is told.
const ERROR = `SUBSTRING_INDEX(LAST_ERROR_MESSAGE, 'Query: ', 1)`;
const ERRORS = `SELECT ${ERROR} FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER <> 0 UNION SELECT ${ERROR} FROM performance_schema.replication_applier_status_by_coordinator WHERE LAST_ERROR_NUMBER <> 0`;

/**
 * Waits until all of it is applied, over restarts of mysqld: threads that a restart left stopped are started, and what a
 * restart began to fetch is stopped. It ends early where the applier has an error, and where the relay log has run out
 * with something still missing.
 */
export function receivedApplied(kit: StepKit, needs: readonly string[], phase: ReceivedPhase): Step {
  const { mysql } = kit;
  return {
    id: 'received-applied',
    title: 'Everything that was received is applied',
    host: kit.target,
    why: 'The old primary acknowledged it, and this server has it: not one of these transactions may be lost.',
    phase,
    needs,
    shown: [
      `SELECT WAIT_FOR_EXECUTED_GTID_SET('<everything received>', 1);   # again until it is 0`,
      'STOP REPLICA IO_THREAD;   # where a restart of MySQL has started it meanwhile',
      'START REPLICA SQL_THREAD;   # where a restart of MySQL has left it stopped',
    ],
    act: leased(
      [
        `case $received_gtid in *[!0-9A-Za-z_:,-]*|'') echo "not a GTID set: $received_gtid" >&2; exit 1;; esac`,
        `silent=0; idle=0; seen=`,
        `while :; do`,
        `  out=$(echo "SELECT WAIT_FOR_EXECUTED_GTID_SET('$received_gtid', 1)" | ${mysql} 2>/dev/null) || out=`,
        `  [ "$out" != 0 ] || exit 0`,
        `  if [ -z "$out" ]; then silent=$((silent + 1)); [ $silent -lt 600 ] || { echo 'MySQL has not answered for five minutes' >&2; exit 1; }; sleep 0.5; continue; fi`,
        `  silent=0`,
        `  errors=$(echo "${ERRORS}" | ${mysql} 2>/dev/null) || continue`,
        `  [ -z "$errors" ] || { echo "the applier stopped: $errors" >&2; exit 1; }`,
        `  set -- $(echo "${THREADS}" | ${mysql} 2>/dev/null); [ $# -eq 4 ] || continue`,
        `  [ "$1" = 0 ] || echo 'STOP REPLICA IO_THREAD' | ${mysql} 2>/dev/null`,
        `  [ "$2" = 1 ] || echo 'START REPLICA SQL_THREAD' | ${mysql} 2>/dev/null`,
        `  if [ "$4" = 1 ] && [ "$3" = "$seen" ]; then idle=$((idle + 1)); else idle=0; fi; seen=$3`,
        `  [ $idle -lt 10 ] || { echo 'the relay log has ended, and received transactions are still missing' >&2; exit 1; }`,
        `done`,
      ].join('\n'),
      3_600_000,
      { inputs: ['received_gtid'], unlocked: true },
    ),
    noUndo: 'what is applied would have been applied anyway',
    danger: 'none',
    usualMs: 20,
  };
}
