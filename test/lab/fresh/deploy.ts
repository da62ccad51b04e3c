import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { APT_SOURCES, archiveFolder, PURGE, putArchive } from '../image/packages';
import type { Lab } from '../lab';
import { LAB_SOURCES } from '../places';
import { CONTROLLERS, HOSTS, UNITS, type ControllerName } from '../site';

/** Where the stand-in of ClusterControl's installer waits, and what it would bring. */
export const INSTALLER = '/root/install-cc';
const BROUGHT = '/root/install-cc.d';

/** What `install-cc` brings, and a fresh host hasn't. */
const CLUSTERCONTROL = [
  '/usr/sbin/cmon',
  '/usr/bin/s9s',
  '/etc/cron.d/cmon',
  '/etc/cmon.cnf',
  '/etc/cmon-events.cnf',
  '/etc/cmon.d',
  '/etc/s9s.conf',
  '/root/.s9s',
  '/etc/default/cmon',
  '/var/lib/cmon',
  '/usr/share/ccmgr',
  '/var/www/html',
  ...UNITS.map((unit) => `/etc/systemd/system/${unit}.service`),
];

/**
 * Hosts as a provider hands them over: a system, a login for the operator, a Prometheus. No MySQL, no keepalived, no keys
 * between them, no ClusterControl; its installer's stand-in lies ready for the operator.
 */
export async function installFresh(lab: Lab): Promise<void> {
  for (const host of HOSTS) {
    await lab.put(host, '/etc/hosts', '127.0.0.1 localhost\n');
    await lab.mustConsole(
      host,
      `rm -f /root/.ssh/id_rsa* /root/.ssh/known_hosts && sed -i '/root@cc1$/d' /root/.ssh/authorized_keys`,
    );
  }
  await Promise.all(CONTROLLERS.map((host) => strip(lab, host)));
}

async function strip(lab: Lab, host: ControllerName): Promise<void> {
  await putArchive(archiveFolder(lab.facts.base), await lab.pathIn(host, '/'));
  await lab.put(host, '/etc/apt/sources.list', APT_SOURCES);
  await lab.put(host, INSTALLER, await readFile(join(LAB_SOURCES, 'fresh/install-cc'), 'utf8'), 0o755);
  await lab.mustConsole(
    host,
    `systemctl stop ${UNITS.join(' ')} keepalived lsyncd mysql 2>/dev/null
     systemctl disable --quiet ${UNITS.join(' ')} 2>/dev/null
     ${PURGE}
     set -e
     mkdir -p ${BROUGHT}
     for path in ${CLUSTERCONTROL.join(' ')}; do
       [ -e "$path" ] || continue
       mkdir -p "${BROUGHT}\${path%/*}" && mv "$path" "${BROUGHT}$path"
     done
     rm -f /etc/systemd/system/lsyncd.service
     rm -rf /var/lib/apt/lists/*
     apt-get -q update >/dev/null
     systemctl daemon-reload; systemctl reset-failed`,
    { timeoutMs: 120_000 },
  );
}
