import { formatGtidSet, parseGtidSet, subtractGtidSets } from '../../../gtid/set';
import { valueOf } from '../../../observe/fact';
import type { SiteObservation } from '../../../observe/host';
import { shellQuote } from '../../../quote';
import type { PlanQuestion } from '../../scheme';
import { controllerNamed, otherController } from '../operation/context';
import type { ReplicationSite } from '../site';
import { cloneLook, cloneScript } from '../checks/asked/clone';
import { QUESTIONS } from './answers';
import { summaryOfExtra } from './extra';
import { rsyncTo } from './steps/rsync';
import { localClient } from '../sql/client';

/** Read-only, side by side. The host's position is in the observation: the primary's is asked here, afterwards. */
export function rejoinQuestions(
  site: ReplicationSite,
  target: string,
  observation: SiteObservation,
): PlanQuestion[] {
  const host = controllerNamed(site, target);
  const primary = otherController(site, target);
  const { mysql } = site;
  const local = localClient(mysql.socket);
  const login = (user: string, question: string): string =>
    // The password comes by standard input and goes on by the environment: it stands in no argument list.
    `IFS= read -r MYSQL_PWD; export MYSQL_PWD; mysql --no-defaults --protocol=tcp --connect-timeout=2 --get-server-public-key --host=${shellQuote(primary.name)} --port=${mysql.port} --user=${shellQuote(user)} --batch --skip-column-names -e ${shellQuote(question)}`;
  const own = ownTransactions(observation, host.name, primary.name);
  return [
    { id: QUESTIONS.donor, host: primary.name, script: donorScript(local), timeoutMs: 5_000 },
    { id: QUESTIONS.donorClone, host: primary.name, script: cloneScript(local), timeoutMs: 5_000 },
    { id: QUESTIONS.host, host: host.name, script: hostScript(local), timeoutMs: 5_000 },
    {
      id: QUESTIONS.replicationLogin,
      host: host.name,
      script: login(mysql.replicationUser.user, 'SELECT 1'),
      secretLine: mysql.replicationUser.password.secret,
      timeoutMs: 4_000,
    },
    {
      id: QUESTIONS.cloneLogin,
      host: host.name,
      script: login(mysql.cloneUser.user, 'SHOW GRANTS'),
      secretLine: mysql.cloneUser.password.secret,
      timeoutMs: 4_000,
    },
    {
      id: QUESTIONS.files,
      host: primary.name,
      script: rsyncTo(site, primary.name, host.name, observation, '--dry-run --itemize-changes '),
      timeoutMs: 10_000,
    },
    ...(own === ''
      ? []
      : [
          {
            id: QUESTIONS.extra,
            host: host.name,
            script: summaryOfExtra(local, mysql.socket, own),
            timeoutMs: 15_000,
          },
        ]),
  ];
}

/**
 * Those that its binary logs hold. By the observation alone, so perhaps a few too many: only what a plan shows of them rests
 * on it.
 */
function ownTransactions(observation: SiteObservation, host: string, primary: string): string {
  const [here, there] = [host, primary].map((name) => {
    const seen = observation.hosts[name];
    return seen === undefined ? undefined : valueOf(seen.mysql);
  });
  if (here === undefined || there === undefined) return '';
  const own = subtractGtidSets(parseGtidSet(here.gtidExecuted), parseGtidSet(there.gtidExecuted));
  return formatGtidSet(subtractGtidSets(own, parseGtidSet(here.gtidPurged)));
}

/** One value of the server as a line `name=value`. */
function value(mysql: string, name: string, sql: string): string {
  return `out=$(echo ${shellQuote(sql)} | ${mysql} --raw) || exit 1; echo "${name}=$(echo "$out" | tr -d ' \\n')"`;
}

function donorScript(mysql: string): string {
  return `${value(mysql, 'executed', 'SELECT @@GLOBAL.gtid_executed')}
${value(mysql, 'purged', 'SELECT @@GLOBAL.gtid_purged')}
${value(mysql, 'bytes', 'SELECT SUM(FILE_SIZE) FROM information_schema.INNODB_TABLESPACES')}
echo "SELECT CONCAT('engine=', TABLE_SCHEMA, '.', TABLE_NAME, ' (', ENGINE, ')') FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB' AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')" | ${mysql} || exit 1
echo end=1`;
}

function hostScript(mysql: string): string {
  return `folder=$(echo 'SELECT @@GLOBAL.datadir' | ${mysql}) || exit 1
base=$(echo 'SELECT @@GLOBAL.log_bin_basename' | ${mysql}) || exit 1
${cloneLook(mysql)}
[ "$broken$mark" = 00 ] || echo clone-broke-off=1
[ ! -e /var/lib/clustercontrol-ha/returned ] || echo returned=1
! command -v mysqlbinlog >/dev/null || echo mysqlbinlog=1
${value(mysql, 'purged', 'SELECT @@GLOBAL.gtid_purged')}
echo "free=$(df -B1 --output=avail "$folder" | tail -n 1 | tr -d ' ')"
echo "binlog=$(du -cb "$base".[0-9]* 2>/dev/null | tail -n 1 | cut -f 1)"
echo end=1`;
}
