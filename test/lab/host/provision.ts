import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installHostKeys } from '../image/identity';
import { LAB_SOURCES } from '../places';
import { must } from '../run';
import { ADDRESS, LOGINS, UNITS, VIP, type HostName } from '../site';
import { CMON_CRON, CMON_UNIT, LSYNCD_UNIT, otherUnit, PROMETHEUS_UNIT } from '../standins/units';

/** /etc/hosts as step 1.1 of the documentation has it. */
export const ETC_HOSTS = `127.0.0.1 localhost
${VIP}      ccvip.local ccvip
${ADDRESS.cc1}      cc1.local cc1
${ADDRESS.cc2}      cc2.local cc2
${ADDRESS.prom}      prom.local prom
`;

const STANDINS = join(LAB_SOURCES, 'standins');
const DOWNLOADED = ['/var/lib/cmon', '/etc/cmon.d', '/root/.s9s', '/var/www/html/clustercontrol-mcc'];
const ALSO = ['/var/www/html/cmon-repos', '/usr/share/ccmgr', '/etc/lsyncd', '/etc/keepalived'];

/**
 * Writes into a mounted root, before its first boot, what an installed machine has before anything is set up: name,
 * keys, logins (steps 1.1 to 1.5), and on controllers what `install-cc` leaves, with stand-ins for what is proprietary.
 */
export async function provision(host: HostName, root: string, keys: string): Promise<void> {
  const put = writer(root);
  await put('/etc/hostname', `${host}\n`);
  await put('/etc/hosts', ETC_HOSTS);
  await provisionSsh(host, root, keys, put);
  if (host === 'prom') {
    await mask(root, ['mysql.service', 'keepalived.service']);
    await put('/usr/local/bin/prometheus', await readFile(join(STANDINS, 'prometheus'), 'utf8'), 0o755);
    await put('/etc/systemd/system/prometheus.service', PROMETHEUS_UNIT);
    await must('chroot', [root, 'systemctl', '--quiet', 'enable', 'prometheus']);
    return;
  }
  await provisionController(host, root, put);
}

type Put = (path: string, text: string, mode?: number) => Promise<void>;

function writer(root: string): Put {
  return async (path, text, mode = 0o644) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    await chmod(join(root, path), mode);
  };
}

async function provisionSsh(host: HostName, root: string, keys: string, put: Put): Promise<void> {
  const read = (name: string): Promise<string> => readFile(join(keys, name), 'utf8');
  const operator = await read('operator.pub');
  const cluster = await read('id_rsa.pub');
  await put('/root/.ssh/id_rsa', await read('id_rsa'), 0o600);
  await put('/root/.ssh/id_rsa.pub', cluster);
  await put('/root/.ssh/authorized_keys', cluster + operator, 0o600);
  // The operator of the documentation has logged in once by hand from each host to each.
  await put('/root/.ssh/known_hosts', await read('known_hosts'));
  for (const login of Object.values(LOGINS)) {
    const file = `/home/${login}/.ssh/authorized_keys`;
    await put(file, operator, 0o600);
    await must('chroot', [root, 'chown', '-R', `${login}:`, dirname(file)]);
  }
  await installHostKeys(keys, host, root);
  await must('sed', [
    '-i',
    's/^#PermitRootLogin.*/PermitRootLogin prohibit-password/',
    join(root, 'etc/ssh/sshd_config'),
  ]);
}

async function provisionController(host: HostName, root: string, put: Put): Promise<void> {
  for (const folder of [...DOWNLOADED, ...ALSO]) await mkdir(join(root, folder), { recursive: true });
  await copyFile(join(STANDINS, 'cmon'), join(root, 'usr/sbin/cmon'));
  await copyFile(join(STANDINS, 's9s'), join(root, 'usr/bin/s9s'));
  for (const unit of UNITS) {
    await put(`/etc/systemd/system/${unit}.service`, unit === 'cmon' ? CMON_UNIT : otherUnit(unit));
  }
  await put('/etc/systemd/system/lsyncd.service', LSYNCD_UNIT);
  await put('/etc/cron.d/cmon', CMON_CRON);
  await put(
    '/etc/cmon.cnf',
    `mysql_port=3306\nmysql_hostname=127.0.0.1\nmysql_user=cmon\nhostname=${ADDRESS[host]}\n`,
    0o600,
  );
  await put('/etc/cmon-events.cnf', '# stand-in of a lab\n');
  await put('/etc/s9s.conf', '[global]\ncmon_user = ccsetup\ncontroller = https://127.0.0.1:9501\n');
  await put('/root/.s9s/s9s.conf', '[global]\ncmon_user = ccsetup\n', 0o600);
  await put(
    '/etc/default/cmon',
    'EVENTS_CLIENT="http://127.0.0.1:9510"\nCLOUD_SERVICE="http://127.0.0.1:9518"\n',
  );
  await put('/usr/share/ccmgr/ccmgr.yaml', '# stand-in of a lab\n');
  await put('/var/www/html/clustercontrol-mcc/index.html', '<!-- stand-in of a lab -->\n');
  await put('/var/www/html/cmon-repos/README', 'stand-in of a lab\n');
  if (host === 'cc1') await put('/etc/cmon.d/cmon_1.cnf', 'cluster_id=1\nname=lab\ntype=mysql_single\n');
  // install-cc enables its units (step 3.2 stops them and disables cmon); the packages enable keepalived.
  const others = UNITS.filter((unit) => unit !== 'cmon');
  await must('chroot', [root, 'systemctl', '--quiet', 'enable', ...others]);
  await must('chroot', [root, 'systemctl', '--quiet', 'disable', 'keepalived']);
}

async function mask(root: string, units: readonly string[]): Promise<void> {
  for (const unit of units) await symlink('/dev/null', join(root, 'etc/systemd/system', unit));
}
