import { shellQuote } from '../../../quote';

/**
 * Sets `files`: the binary logs of this host, from the newest one back to the first before which none of `set` was
 * committed. Only these have to be read, however many there are.
 */
export function binlogsWith(mysql: string, gtidSet: string): string {
  return `set=${shellQuote(gtidSet)}
base=$(echo 'SELECT @@GLOBAL.log_bin_basename' | ${mysql}) || exit 1
logs=$(echo 'SHOW BINARY LOGS' | ${mysql} | cut -f 1) || exit 1
files=
for log in $(echo "$logs" | tac); do
  files="\${base%/*}/$log $files"
  before=$(echo "SHOW BINLOG EVENTS IN '$log' LIMIT 2" | ${mysql} | sed -n 's/.*Previous_gtids\\t[0-9]*\\t[0-9]*\\t//p' | sed 's/\\\\n//g')
  [ "$(echo "SELECT GTID_SUBTRACT('$set', GTID_SUBTRACT('$set', '$before')) = ''" | ${mysql})" != 1 ] || break
done
[ -n "$files" ] || { echo 'this host has no binary logs' >&2; exit 1; }`;
}

/** The transactions as text that people read: rows as comments, statements as they were. */
export const READABLE = `mysqlbinlog --no-defaults --include-gtids="$set" --base64-output=DECODE-ROWS --verbose $files`;

/** Tables touched, by kind and number of rows, and the size of the readable text. */
export function summaryOfExtra(mysql: string, gtidSet: string): string {
  return `${binlogsWith(mysql, gtidSet)}
${READABLE} | awk '
  { bytes += length($0) + 1 }
  /^### (INSERT INTO|UPDATE|DELETE FROM) / { sub(/^### /, ""); sub(/ (INTO|FROM)/, ""); gsub(/\`/, ""); rows[$0]++ }
  /^(CREATE|ALTER|DROP|TRUNCATE|RENAME|GRANT|REVOKE|create|alter|drop|truncate|rename|grant|revoke) / { rows[substr($0, 1, 60)]++ }
  END { for (what in rows) printf "touched=%s: %d\\n", what, rows[what]; printf "bytes=%d\\nend=1\\n", bytes }'`;
}
