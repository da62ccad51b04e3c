import { formatGtidSet } from '../../../../gtid/set';
import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { WHOLE_TRANSACTIONS } from '../../failover/deadBinlogs';
import { leased } from '../../steps/kit';
import { binlogsWith, copyBinlogs, readable } from '../extra';
import type { RejoinKit } from './kit';

/** Binary logs and readable SQL of what only this host has, on its own disk: all that the plan says, or an error. */
export function exportTransactions(kit: RejoinKit): Step {
  const folder = kit.context.keptFolder;
  const set = formatGtidSet(kit.context.way?.kept ?? new Map());
  const { socket } = kit.context.site.mysql;
  return {
    id: 'export',
    title: 'Keep the transactions that only this host has',
    host: kit.host,
    why: 'CLONE replaces the whole database. From the kept binary logs they can be read, and applied by hand where they are wanted.',
    phase: 'prepare',
    needs: ['same-transactions'],
    shown: [
      `cp BINARY-LOGS ${folder}/`,
      `mysqlbinlog --include-gtids='${set}' --base64-output=DECODE-ROWS --verbose BINARY-LOGS >${folder}/transactions.sql`,
    ],
    act: leased(
      `${binlogsWith(kit.mysql, set)}
folder=${shellQuote(folder)}
umask 077; mkdir -p "$folder" || exit 1
${copyBinlogs(socket)}
echo "$set" >"$folder/gtid-set" || exit 1
${readable(socket)} >"$folder/transactions.sql" || exit 1
found=$(${WHOLE_TRANSACTIONS} <"$folder/transactions.sql" | sed -n 's/^range //p' | tr '\\n' ',') || exit 1
missing=$(echo "SELECT GTID_SUBTRACT('$set', '\${found%,}')" | ${kit.mysql}) || exit 1
[ -z "$missing" ] || { echo "the binary logs of ${kit.host} lack $missing, and CLONE would drop them: plan again" >&2; exit 1; }
sync "$folder" "$folder"/* && echo "@kept_bytes=$(du -sb "$folder" | cut -f 1)"`,
      1_800_000,
      { outputs: ['kept_bytes'], unlocked: true },
    ),
    noUndo: `what it keeps in ${folder} stays`,
    danger: 'none',
    usualMs: 150,
  };
}
