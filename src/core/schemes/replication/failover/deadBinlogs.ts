/** Reads binary logs as text; `files` and other options follow. A torn end is no error: what came before it counts. */
export const BINLOG_TEXT = `mysqlbinlog --no-defaults --base64-output=decode-rows`;

/** Older ones than that were received long ago, or the standby was no standby. */
const MOST_LOGS = 50;

/**
 * Sets `logs`: paths of the binary logs of a server that does not run, or takes no writes, the newest first. Its configuration says where
 * they are, and its index which ones.
 *
 * `head_of LOG` prints `previous SET` for what was written before that log, and fails where it can't be read (encrypted, or
 * by a mysqlbinlog that is not MySQL's). The event with that set is on the disk before a log is used: a torn one has it, too.
 */
export const DEAD_BINLOGS = `command -v mysqlbinlog >/dev/null || { echo "$(uname -n) has no mysqlbinlog" >&2; exit 1; }
head_of() {
  timeout 10 ${BINLOG_TEXT} "$1" 2>/dev/null | awk '
    /\tPrevious-GTIDs$/ { found = 1; print "previous"; next }
    found && /^# *[0-9a-f][0-9a-f-]*:[0-9a-z_:,-]*$/ { sub(/^# */, ""); print "previous " $0; next }
    found { exit }
    END { exit !found }' && return
  echo "$1 can not be read (encrypted? another mysqlbinlog?): $(timeout 10 ${BINLOG_TEXT} "$1" 2>&1 >/dev/null | tail -n 1)" >&2
  return 1
}
conf=$(my_print_defaults mysqld 2>/dev/null)
dir=$(echo "$conf" | sed -n 's/^--datadir=//p' | tail -n 1); dir=\${dir:-/var/lib/mysql}; dir=\${dir%/}
base=$(echo "$conf" | sed -n 's/^--log[-_]bin=//p' | tail -n 1); base=\${base:-binlog}
case $base in /*) ;; *) base=$dir/$base ;; esac
index=$base.index
[ -r "$index" ] || index=$(ls -1 "$dir"/*bin*.index 2>/dev/null | grep -v relay | head -n 1)
[ -r "$index" ] || { echo "no index of binary logs in $dir" >&2; exit 1; }
logs=$(sed "s|^\\./||; s|^[^/]|$dir/&|" "$index" | tac | head -n ${MOST_LOGS})
[ -n "$logs" ] || { echo "$index names no binary log" >&2; exit 1; }`;

/**
 * Of that text: `range UUID:N-M` for all transactions that are whole, and `end N`, where the last of them ends. The last
 * one of a killed server may be there in part: it was never acknowledged. `rc N` behind the text comes out again.
 */
export const WHOLE_TRANSACTIONS = `awk '
  function whole() {
    n = gtid; sub(/.*:/, "", n); n += 0; key = substr(gtid, 1, length(gtid) - length(n "") - 1)
    if (key in high && high[key] + 1 == n) high[key] = n
    else { if (key in high) print "range " key ":" low[key] "-" high[key]; low[key] = high[key] = n }
    end = seen; gtid = ""
  }
  /^#[0-9]+ .* end_log_pos [0-9]+/ {
    if ($0 ~ /\\tGTID\\t/) {
      if (gtid != "" && !begun && queried) whole()
      gtid = ""; begun = queried = seen = 0
    }
    pos = $0; sub(/.* end_log_pos /, "", pos); sub(/[^0-9].*/, "", pos); if (pos + 0 > seen) seen = pos + 0
    query = $0 ~ /\\tQuery\\t/; if (query) queried = 1
    if (gtid != "" && $0 ~ /\\t(Xid = |XA_prepare|XA PREPARE)/) whole()
    next
  }
  /^SET @@SESSION.GTID_NEXT= *.[0-9a-f]+-/ {
    gtid = $0; sub(/^[^=]*= */, "", gtid); gtid = substr(gtid, 2); sub(/[^0-9a-z:_-].*/, "", gtid)
  }
  /^rc [0-9]+$/ { rc = $2 }
  query && /^(BEGIN|XA START)/ { begun = 1 }
  query && /^COMMIT/ && gtid != "" { whole() }
  END {
    if (gtid != "" && !begun && queried) whole()
    for (key in high) print "range " key ":" low[key] "-" high[key]
    print "end " end + 0
    if (rc != "") print "rc " rc
  }'`;
