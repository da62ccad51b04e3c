import { shellQuote } from '../../../quote';

/**
 * Shell text that stops mysqld, does `change`, starts it, and waits until it answers, 60 s. It exits with 1 where mysqld could
 * not be stopped or started, or `change` failed; mysqld is started all the same. Only for a server that starts closed.
 * @param change one shell command
 * @param unit of MySQL
 */
export function whileMysqldIsDown(mysql: string, unit: string, change: string): string {
  const name = shellQuote(unit);
  // The sixth start within ten seconds is refused (systemd.unit(5), StartLimitBurst=): those before were not meant as retries.
  return `systemctl stop ${name} || exit 1
${change}; changed=$?
systemctl reset-failed ${name} 2>/dev/null
systemctl start ${name} && [ $changed = 0 ] || exit 1
for _ in $(seq 600); do echo 'SELECT 1' | ${mysql} >/dev/null 2>&1 && break; sleep 0.1; done`;
}
