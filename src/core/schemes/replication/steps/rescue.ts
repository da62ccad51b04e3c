import { type Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { BINLOG_TEXT, DEAD_BINLOGS, WHOLE_TRANSACTIONS } from '../failover/deadBinlogs';
import { pathsOf } from '../paths';
import { sendFolder } from './files';
import { leased, type StepKit } from './kit';
import { mysqlBack, SHOWN_BACK, shownMysqldDown, whileMysqldIsDown } from './mysqldDown';

/** A channel of its own, so that the one to the old primary stays what an undo expects. */
const CHANNEL = 'clustercontrol_ha_rescue';

/**
 * Brings over the binary logs of the dead server from the first transaction on that the new primary has not received. Each
 * copy ends with its last whole transaction. Behind the first log in which nothing is missing nothing older is.
 * @param oldest name of the log before which nothing is missing, as the plan has found: those before it need not be readable
 */
export function rescueBring(kit: StepKit, folder: string, oldest: string, needs: readonly string[]): Step {
  const kept = shellQuote(folder);
  return {
    id: 'rescue-bring',
    title: 'Bring over what only the old primary has',
    host: kit.source,
    why: `Its MySQL is dead, its disk is not: what it acknowledged and never sent is in its binary logs. Copies stay in ${folder} on both hosts.`,
    phase: 'outage',
    needs,
    shown: [
      `mysqlbinlog --exclude-gtids='<everything received>' <newest binary log, and older ones while something is missing>`,
      `rsync -a <those> ${kit.target}:${folder}`,
    ],
    act: leased(
      [
        `case $received_gtid in *[!0-9A-Za-z_:,-]*|'') echo "not a GTID set: $received_gtid" >&2; exit 1;; esac`,
        DEAD_BINLOGS,
        `rm -rf ${kept} && mkdir -p ${kept} && chmod 700 ${kept} || exit 1`,
        `missing= count=0 newest=$(echo "$logs" | head -n 1)`,
        `for log in $logs; do`,
        `  head_of "$log" >/dev/null || exit 1`,
        `  found=$({ ${BINLOG_TEXT} --exclude-gtids="$received_gtid" "$log" 2>/dev/null; echo "rc $?"; } | ${WHOLE_TRANSACTIONS}) || exit 1`,
        `  rc=$(echo "$found" | sed -n 's/^rc //p')`,
        // Only the newest one may be torn: MySQL has mended each of the others before it began the next one.
        `  [ "$rc" = 0 ] || [ "$rc $log" = "1 $newest" ] || { echo "$log can not be read to its end (mysqlbinlog: exit $rc); a failover without --mode half-way leaves it behind" >&2; exit 1; }`,
        `  ranges=$(echo "$found" | sed -n 's/^range //p' | tr '\\n' ',')`,
        `  if [ -n "$ranges" ]; then`,
        `    head -c "$(echo "$found" | sed -n 's/^end //p')" "$log" >${kept}/"\${log##*/}" || exit 1`,
        `    missing=$ranges$missing; count=$((count + 1))`,
        // An empty one, begun by a rotation, says nothing about those before it.
        `  elif [ -n "$(${BINLOG_TEXT} "$log" 2>/dev/null | grep -m 1 '^SET @@SESSION.GTID_NEXT= *.[0-9a-f][0-9a-f]*-')" ]; then break`,
        `  fi`,
        `  [ "\${log##*/}" != ${shellQuote(oldest)} ] || break`,
        `done`,
        `if [ $count -gt 0 ]; then sync ${kept}/* || exit 1; ${sendFolder(kit, folder)} || exit 1; else rmdir ${kept}; fi`,
        `echo "$count binary logs hold what was never sent: \${missing:-nothing}"`,
        `echo "@rescued_gtid=\${missing%,}"`,
      ].join('\n'),
      600_000,
      { inputs: ['received_gtid'], outputs: ['rescued_gtid'], unlocked: true },
    ),
    noUndo: 'copies of binary logs are kept',
    danger: 'none',
    usualMs: 300,
  };
}

const DROP = [`STOP REPLICA FOR CHANNEL '${CHANNEL}';`, `RESET REPLICA ALL FOR CHANNEL '${CHANNEL}';`];

/** MySQL of documented hosts may start writable. */
const restarts = ({ context }: StepKit): boolean => context.method === 'role-flag';
const unitOf = ({ context }: StepKit): string => pathsOf(context.target.os).mysqlUnit;

/**
 * Shell: sets `base`, path and first part of the names of relay logs, and drops the channel, also one of an earlier try or one
 * that a power cut left half made: `performance_schema` does not show that, its row does. What remains of its files is removed:
 * an index that is torn makes the next CHANGE fail, and then RESET REPLICA ALL for every channel; a log that was left shifts the
 * numbers of those that MySQL makes (all measured, 9.7.4).
 */
function dropChannel(kit: StepKit): string {
  const asked = `SELECT (SELECT COUNT(*) FROM mysql.slave_master_info WHERE Channel_name = '${CHANNEL}') + (SELECT COUNT(*) FROM mysql.slave_relay_log_info WHERE Channel_name = '${CHANNEL}'), @@GLOBAL.super_read_only, @@GLOBAL.relay_log_basename, @@GLOBAL.relay_log_index`;
  const drop = `echo "${DROP.join(' ')}" | ${kit.mysql}`;
  const unit = unitOf(kit);
  const unreadable = restarts(kit)
    ? `[ "$closed" = 1 ] || { echo 'MySQL is not closed: it is not restarted' >&2; exit 1; }
  echo "its index of relay logs can't be read; MySQL is started without its files" >&2
  ${whileMysqldIsDown({ ...kit, unit }, 'channel_files')}
  ${drop} || exit 1`
    : `echo "stop MySQL, remove $base-${CHANNEL}.*, start MySQL closed, then try again" >&2; exit 1`;
  return `${mysqlBack(kit)}
row=$(echo "${asked}" | ${kit.mysql}) || exit 1
IFS=$(printf '\\t') read -r has closed base index <<EOF
$row
EOF
[ -n "$index" ] || { echo "MySQL names no relay logs: $row" >&2; exit 1; }
channel_files() { rm -f -- "$base-${CHANNEL}".[0-9]* "\${index%.index}-${CHANNEL}".index*; }
[ "$has" = 0 ] || ${drop} || {
  ${unreadable}
}
channel_files || exit 1`;
}

function shownDrop(kit: StepKit): string[] {
  const remove = `rm -f RELAY-LOGS-${CHANNEL}.*`;
  return [
    SHOWN_BACK,
    ...DROP,
    ...(restarts(kit)
      ? [`# only if MySQL can't read its index: ${shownMysqldDown(unitOf(kit), remove)}; once more`]
      : []),
    remove,
  ];
}

const ERRORS = `SELECT SUBSTRING_INDEX(LAST_ERROR_MESSAGE, 'Query: ', 1) FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER <> 0 AND CHANNEL_NAME = '${CHANNEL}' UNION SELECT SUBSTRING_INDEX(LAST_ERROR_MESSAGE, 'Query: ', 1) FROM performance_schema.replication_applier_status_by_coordinator WHERE LAST_ERROR_NUMBER <> 0 AND CHANNEL_NAME = '${CHANNEL}'`;

/**
 * Applies them by a replication thread, as relay logs of a channel that has no source: so MySQL stays closed to everybody,
 * and each transaction keeps its GTID (MySQL manual, CHANGE REPLICATION SOURCE TO, RELAY_LOG_FILE). The files of the channel
 * are made by MySQL itself and filled before its thread starts.
 */
export function rescueApply(kit: StepKit, folder: string, needs: readonly string[]): Step {
  const kept = shellQuote(folder);
  return {
    id: 'rescue-apply',
    title: 'Apply what only the old primary had',
    host: kit.target,
    why: 'By a replication thread: MySQL stays read-only meanwhile, and each transaction keeps its GTID.',
    phase: 'outage',
    needs,
    shown: [
      '# before, and again behind the rest:',
      ...shownDrop(kit),
      `CHANGE REPLICATION SOURCE TO SOURCE_HOST='binary logs' FOR CHANNEL '${CHANNEL}';`,
      `FLUSH LOCAL RELAY LOGS FOR CHANNEL '${CHANNEL}';   # one file for each binary log, filled with it`,
      `CHANGE REPLICATION SOURCE TO RELAY_LOG_FILE='<first>', RELAY_LOG_POS=4 FOR CHANNEL '${CHANNEL}';`,
      `START REPLICA SQL_THREAD FOR CHANNEL '${CHANNEL}';`,
      `SELECT WAIT_FOR_EXECUTED_GTID_SET('<what was missing>', 1);   # again until it is 0`,
    ],
    act: leased(
      [
        `[ -n "$rescued_gtid" ] || { echo 'nothing was missing'; exit 0; }`,
        `case $rescued_gtid in *[!0-9A-Za-z_:,-]*) echo "not a GTID set: $rescued_gtid" >&2; exit 1;; esac`,
        `out=$(echo "SELECT GTID_SUBTRACT('$rescued_gtid', @@GLOBAL.gtid_executed) = ''" | ${kit.mysql}) || exit 1`,
        dropChannel(kit),
        `[ "$out" != 1 ] || exit 0`,
        `flush=; for log in ${kept}/*; do [ -s "$log" ] || { echo "${folder} holds no binary log" >&2; exit 1; }; flush="$flush FLUSH LOCAL RELAY LOGS FOR CHANNEL '${CHANNEL}';"; done`,
        `echo "CHANGE REPLICATION SOURCE TO SOURCE_HOST='binary logs', SOURCE_AUTO_POSITION=0 FOR CHANNEL '${CHANNEL}';$flush" | ${kit.mysql} || exit 1`,
        // In place: owner, mode and label of the files stay MySQL's. The last one, which it has open, is left alone.
        `n=0; for log in ${kept}/*; do n=$((n + 1)); file=$base-${CHANNEL}.$(printf '%06d' $n); [ -f "$file" ] && cat "$log" >"$file" || { echo "$file was not made" >&2; exit 1; }; done`,
        `echo "CHANGE REPLICATION SOURCE TO RELAY_LOG_FILE='\${base##*/}-${CHANNEL}.000001', RELAY_LOG_POS=4 FOR CHANNEL '${CHANNEL}'; START REPLICA SQL_THREAD FOR CHANNEL '${CHANNEL}'" | ${kit.mysql} || exit 1`,
        `while :; do`,
        `  out=$(echo "SELECT WAIT_FOR_EXECUTED_GTID_SET('$rescued_gtid', 1)" | ${kit.mysql}) || exit 1`,
        `  [ "$out" != 0 ] || break`,
        `  errors=$(echo "${ERRORS}" | ${kit.mysql}) || exit 1`,
        `  [ -z "$errors" ] || { echo "the applier stopped: $errors" >&2; exit 1; }`,
        `done`,
        dropChannel(kit),
        `echo "applied: $rescued_gtid"`,
      ].join('\n'),
      3_600_000,
      { inputs: ['rescued_gtid'], unlocked: true },
    ),
    undo: {
      shown: shownDrop(kit),
      script: leased(dropChannel(kit), 90_000),
      effect: `${kit.target} applies no more of what was kept; what is applied stays, as ${kit.source} has it, too`,
    },
    danger: 'none',
    usualMs: 300,
  };
}
