import type { PlanQuestion } from '../../scheme';

/** Newest binary logs that are looked through: a restart begins a new one, which may be empty. */
const LOGS = 5;

/**
 * When the last transaction of another server that this one holds was committed there. MySQL forgets when it heard its
 * source last as soon as replication starts anew (an undone try, a restart); its own binary log does not. What was
 * committed on the source before that transaction stands before it in the source's binary log, so it was received, too.
 */
export function lastTransactionQuestion(id: string, host: string, mysql: string): PlanQuestion {
  const script = [
    `own=$(echo 'SELECT @@server_uuid' | ${mysql}) && base=$(echo 'SELECT @@GLOBAL.log_bin_basename' | ${mysql}) || exit 1`,
    `logs=$(echo 'SHOW BINARY LOGS' | ${mysql} --raw) || exit 1`,
    `for log in $(echo "$logs" | cut -f 1 | tac | head -n ${LOGS}); do`,
    `  at=$(timeout 6 mysqlbinlog --no-defaults --base64-output=decode-rows "\${base%/*}/$log" 2>/dev/null | awk -v own="$own" '`,
    `    match($0, /original_committed_timestamp=[0-9]+/) { at = substr($0, RSTART + 29, RLENGTH - 29) }`,
    `    /^SET @@SESSION.GTID_NEXT=/ && index($0, "AUTOMATIC") == 0 && index($0, own) == 0 { last = at }`,
    `    END { print last }')`,
    `  [ -z "$at" ] || { echo "committed $at"; exit 0; }`,
    `done`,
    `echo 'committed 0'`,
  ].join('\n');
  return { id, host, script, timeoutMs: 10_000 };
}

/** Epoch ms by the old primary's clock; 0 where there is none, or it could not be read. */
export function lastCommittedMs(text: string): number {
  const microseconds = Number(/^committed (\d+)$/m.exec(text)?.[1] ?? 0);
  return Math.floor(microseconds / 1_000);
}
