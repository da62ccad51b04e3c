import type { StepKit } from './kit';
import { mysqlBack, SHOWN_BACK, shownMysqldDown, whileMysqldIsDown } from './mysqldDown';

/** How one host starts to follow, also when its relay logs are torn. */
export interface FollowScript {
  /** Reads the statements on standard input. Ends with 1 where MySQL refused them, its words on standard error. */
  readonly script: string;
  /** What it does beyond the statements, and when. */
  readonly shown: readonly string[];
}

/** Can't read what is there (MySQL error reference): of the connection's metadata, of the index, of the applier's. */
const TORN = [1201, 1373, 1872];

/**
 * A power cut between CHANGE and START leaves a position that no relay log has: START fails with 1872 over any restart, until
 * RESET. One while a channel is dropped can leave an index of relay logs full of NULs or with half a name: CHANGE fails with
 * 1201 and RESET with 1373, and a restart alone changes nothing; with the index out of the way while mysqld is down it makes a
 * new one. RESET REPLICA ALL is for every channel and fails with the first: so each one's index is moved (all measured, 9.7.4).
 * Only for a server that starts closed and whose source has all that it lacks.
 */
export function followTorn(kit: Pick<StepKit, 'helper' | 'mysql'>, unit: string): FollowScript {
  const { helper, mysql } = kit;
  return {
    script: `${mysqlBack(kit)}
statements=$(cat)
anew() { printf 'STOP REPLICA;\\nRESET REPLICA ALL;\\n%s\\n' "$statements" | ${mysql}; }
move_indexes() {
  for torn in "\${index%.index}"*.index; do
    [ ! -e "$torn" ] || mv -f -- "$torn" "$torn.torn" || return
  done
}
said=$(printf '%s\\n' "$statements" | ${mysql} 2>&1) || {
  printf '%s\\n' "$said" >&2
  case $said in ${TORN.map((code) => `*'ERROR ${String(code)} '*`).join(' | ')}) ;; *) exit 1 ;; esac
  row=$(echo 'SELECT @@GLOBAL.super_read_only, @@GLOBAL.relay_log_index' | ${mysql} | tr '\\t' ' ')
  case $row in '1 /'*) index=\${row#1 } ;; *) exit 1 ;; esac
  echo 'what was received before is given up; it comes again' >&2
  anew || {
    echo "an index of relay logs can't be read; each is moved to its name with .torn, beside $index" >&2
    ${whileMysqldIsDown({ helper, mysql, unit }, 'move_indexes').replaceAll('\n', '\n    ')}
    anew || exit 1
  }
}`,
    shown: [
      SHOWN_BACK,
      `# only if MySQL can't read its relay logs (${TORN.join(', ')}): RESET REPLICA ALL; and once more. If that fails, too: ${shownMysqldDown(unit, 'mv RELAY-LOG-INDEX{,.torn}, of every channel')}; once more`,
    ],
  };
}
