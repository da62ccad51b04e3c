import type { PlanQuestion } from '../../../scheme';
import type { ReplicationSite } from '../../site';
import { BINLOG_TEXT } from '../../failover/deadBinlogs';
import { localClient } from '../../sql/client';

/** What a standby's own logs tell while its source is dead. */
export interface HistoryAnswer {
  /** Since when its role record says what it says, epoch ms; undefined where it has none. */
  readonly standbySinceMs: number | undefined;
  /** Transactions of its own UUID that its binary logs hold since then; undefined where they could not be read. */
  readonly ownSince: string | undefined;
  /** The source's version, as the relay log's own header says. */
  readonly sourceVersion: string | undefined;
}

const RECORD = '/var/lib/clustercontrol-ha/role';

/**
 * A dead source can't be compared with. But a standby writes nothing of its own from the moment at which it became one,
 * which is when its role record was written: what its binary logs hold of its own UUID since then is errant. Only logs
 * that were written since are read, 8 s at most.
 */
export function historyQuestion(id: string, host: string, site: ReplicationSite): PlanQuestion {
  const mysql = localClient(site.mysql.socket);
  return {
    id,
    host,
    script: [
      `row=$(echo 'SELECT @@GLOBAL.server_uuid, @@GLOBAL.log_bin_basename, @@GLOBAL.relay_log_basename' | ${mysql}) || exit`,
      `IFS='\t' read -r uuid binlog relay <<ROW\n$row\nROW`,
      `relay_log=$(tail -n 1 "$relay.index" 2>/dev/null)`,
      // Entries of an index are relative to the data directory, or absolute.
      `cd "\${relay%/*}" && [ -n "$relay_log" ] && timeout 3 mysqlbinlog --no-defaults --force-if-open "$relay_log" 2>/dev/null | awk '/server v [0-9]/ { sub(/.*server v /, ""); sub(/ created.*/, ""); v = $1; if (++n == 2) exit } END { if (n == 2) print "source-version", v }'`,
      `[ -e ${RECORD} ] || exit 0`,
      `since=$(stat -c %Y ${RECORD}) && echo "since $since" || exit 0`,
      `cd "\${binlog%/*}" || exit 0`,
      `set --; while read -r file; do [ -n "$(find "$file" -newermt "@$since" 2>/dev/null)" ] && set -- "$@" "$file"; done <"$binlog.index"`,
      // Its own part of what it has executed: that names its tags, and a bare UUID would leave tagged ones out (MySQL 8.3 and later).
      `all=$(echo "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')" | ${mysql}) || exit 0`,
      `mine=$(echo "$all" | tr -d ' ' | tr ',' '\\n' | grep -F "$uuid:" | tr '\\n' ',')`,
      `[ $# -gt 0 ] && [ -n "$mine" ] || { echo own-read; exit 0; }`,
      `out=$(timeout 8 ${BINLOG_TEXT} --force-if-open --start-datetime="$(date -d "@$((since + 1))" '+%Y-%m-%d %H:%M:%S')" --include-gtids="\${mine%,}" "$@" 2>&1) || exit 0`,
      `echo own-read; printf '%s\\n' "$out" | sed -n "s/^SET @@SESSION.GTID_NEXT= *'\\([0-9a-f-]\\{36\\}:[0-9a-z_:]*\\)'.*/own \\1/p" | grep -F "own $uuid:"`,
      `exit 0`,
    ].join('\n'),
    timeoutMs: 15_000,
  };
}

export function readHistory(text: string): HistoryAnswer {
  const since = Number(/^since (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
  const own = [...text.matchAll(/^own (\S+)$/gm)].map((match) => match[1] ?? '');
  return {
    standbySinceMs: Number.isFinite(since) ? since * 1000 : undefined,
    ownSince: /^own-read$/m.test(text) ? own.join(',') : undefined,
    sourceVersion: /^source-version (\S+)$/m.exec(text)?.[1],
  };
}
