import { shellQuote } from '../../../quote';
import type { PlanQuestion } from '../../scheme';
import type { ReplicationSite } from '../site';
import type { SiteObservation } from '../../../observe/host';
import { pairQuestions } from '../checks/asked/questions';
import { controllerNamed, otherController } from './context';
import { localClient } from '../sql/client';

/**
 * What a plan must know beyond one probe, asked side by side, 3 s at most each. The standby's position was read before
 * (in the observation): the primary's is asked here, afterwards.
 */
export function promoteQuestions(
  site: ReplicationSite,
  targetName: string,
  observation?: SiteObservation,
): PlanQuestion[] {
  const target = controllerNamed(site, targetName);
  const source = otherController(site, targetName);
  const mysql = localClient(site.mysql.socket);
  const vip = shellQuote(site.vip);
  const { user, password } = site.mysql.replicationUser;
  // Not the password itself: only whether both hosts have the same.
  const auth = `sed -n 's/^[[:space:]]*auth_\\(type\\|pass\\)[[:space:]]*//p' /etc/keepalived/keepalived.conf | sha256sum | cut -d' ' -f1`;
  return [
    {
      id: 'source-position',
      host: source.name,
      script: `echo 'SELECT @@GLOBAL.gtid_executed' | ${mysql} --raw | tr -d ' \\n'`,
      timeoutMs: 3_000,
    },
    {
      id: 'reverse-login',
      host: source.name,
      // The password comes by standard input and goes on by the environment: it stands in no argument list.
      script: `IFS= read -r MYSQL_PWD; export MYSQL_PWD; mysql --no-defaults --protocol=tcp --connect-timeout=2 --get-server-public-key --host=${shellQuote(target.address)} --port=${site.mysql.port} --user=${shellQuote(user)} --batch --skip-column-names -e 'SELECT 1'`,
      secretLine: password.secret,
      timeoutMs: 4_000,
      remote: true,
    },
    { id: 'keepalived-auth-source', host: source.name, script: auth, timeoutMs: 3_000 },
    { id: 'keepalived-auth-target', host: target.name, script: auth, timeoutMs: 3_000 },
    {
      id: 'vip-hardware-address',
      host: source.name,
      script: `cat /sys/class/net/${shellQuote(source.interface)}/address`,
      timeoutMs: 3_000,
    },
    {
      id: 'vip-neighbour',
      host: target.name,
      script: `ip neigh del ${vip} dev ${shellQuote(target.interface)} 2>/dev/null; ping -c 1 -W 1 ${vip} >/dev/null 2>&1; ip neigh show ${vip} dev ${shellQuote(target.interface)} | sed -n 's/.*lladdr \\([0-9a-fA-F:]*\\).*/\\1/p'`,
      timeoutMs: 3_000,
      remote: true,
    },
    ...pairQuestions(site, targetName, observation),
  ];
}
