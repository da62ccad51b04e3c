import { shellQuote } from '../../../quote';
import { shownHelper } from './kit';

interface Mysqld {
  /** As a shell word. */
  readonly helper: string;
  /** Reads SQL on standard input. */
  readonly mysql: string;
  readonly unit: string;
}

/** By this mark the helper and its guard know a mysqld that is theirs to start again (docs/host-helper.md). */
const MARK = '/run/clustercontrol-ha/mysqld-stopped';

/** What a step begins with that may find MySQL as an earlier try of it has left it: stopped. */
export function mysqlBack({ helper }: Pick<Mysqld, 'helper'>): string {
  return `${helper} mysql back || exit 1`;
}

/**
 * Shell text that stops mysqld, does `change`, starts it, and waits until it answers, 60 s. It exits with 1 where mysqld could
 * not be stopped or started, or `change` failed; mysqld is started all the same. Killed in between, it leaves a mark: the host's
 * guard starts mysqld, and so does the step when it is tried again (`mysqlBack`). Only for a server that starts closed.
 * @param change one shell command
 */
export function whileMysqldIsDown({ mysql, unit }: Mysqld, change: string): string {
  const name = shellQuote(unit);
  // The sixth start within ten seconds is refused (systemd.unit(5), StartLimitBurst=): those before were not meant as retries.
  return `true >${MARK} && systemctl stop ${name} || exit 1
${change}; changed=$?
systemctl reset-failed ${name} 2>/dev/null
systemctl start ${name} && [ $changed = 0 ] || exit 1
for _ in $(seq 600); do echo 'SELECT 1' | ${mysql} >/dev/null 2>&1 && rm -f ${MARK} && break; sleep 0.1; done`;
}

/** The same, as an operator reads it. */
export function shownMysqldDown(unit: string, change: string): string {
  return `systemctl stop ${unit}; ${change}; systemctl reset-failed ${unit}; systemctl start ${unit}`;
}

export const SHOWN_BACK = `${shownHelper('mysql back')}   # starts MySQL where an earlier try has left it stopped`;
