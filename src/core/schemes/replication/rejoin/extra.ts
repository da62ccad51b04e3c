import { shellQuote } from '../../../quote';
import { localServer } from '../sql/client';

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

/** First bytes of a binary log that is encrypted (measured, 9.7): mysqlbinlog reads it only as the server sends it. */
const ENCRYPTED = `[ "$(head -c 4 "$file" | od -An -tx1 | tr -d ' ')" = fd62696e ]`;

function sentBy(socket: string): string {
  return `mysqlbinlog --no-defaults --read-from-remote-server ${localServer(socket)}`;
}

/** Copies `files` into `$folder`, readable without the key of this server, and sets `files` to the copies. */
export function copyBinlogs(socket: string): string {
  return `copies=
for file in $files; do
  copy=$folder/\${file##*/}; copies="$copies $copy"
  if ${ENCRYPTED}; then ${sentBy(socket)} --raw --result-file="$folder/" "\${file##*/}"; else cp -p "$file" "$copy"; fi || exit 1
done
files=$copies`;
}

/** The transactions as text that people read: rows as comments, statements as they were. Fails where a log can't be read. */
export function readable(socket: string): string {
  const options = `--include-gtids="$set" --base64-output=DECODE-ROWS --verbose`;
  return `( for file in $files; do
  if ${ENCRYPTED}; then ${sentBy(socket)} ${options} "\${file##*/}"; else mysqlbinlog --no-defaults ${options} "$file"; fi || exit 1
done )`;
}

/** Tables touched, by kind and number of rows, and the size of the readable text. */
export function summaryOfExtra(mysql: string, socket: string, gtidSet: string): string {
  return `${binlogsWith(mysql, gtidSet)}
{ ${readable(socket)}; echo "rc $?"; } | awk '
  { bytes += length($0) + 1 }
  /^rc [0-9]+$/ { rc = $2 }
  /^### (INSERT INTO|UPDATE|DELETE FROM) / { sub(/^### /, ""); sub(/ (INTO|FROM)/, ""); gsub(/\`/, ""); rows[$0]++ }
  /^(CREATE|ALTER|DROP|TRUNCATE|RENAME|GRANT|REVOKE|create|alter|drop|truncate|rename|grant|revoke) / { rows[substr($0, 1, 60)]++ }
  END { if (rc != "0") exit 1; for (what in rows) printf "touched=%s: %d\\n", what, rows[what]; printf "bytes=%d\\nend=1\\n", bytes }'`;
}
