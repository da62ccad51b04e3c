import type { Lab } from '../lab';
import { CONTROLLERS, HOSTS, peerOf, type ControllerName, type HostName } from '../site';

const FOLDER = '/var/lib/clustercontrol-ha/ssh';

/**
 * Gives each controller's guard a key of its own, known to the other two by a forced command: it can ask for the status
 * and tell the witness about its own epoch, and nothing else.
 */
export async function exchangeGuardKeys(lab: Lab): Promise<void> {
  await Promise.all(
    CONTROLLERS.map(async (host) => {
      await lab.mustConsole(
        host,
        `install -d -m 700 ${FOLDER} && rm -f ${FOLDER}/id_ed25519* &&
         ssh-keygen -q -t ed25519 -N '' -C clustercontrol-ha-guard@${host} -f ${FOLDER}/id_ed25519`,
      );
      await lab.put(host, `${FOLDER}/known_hosts`, await knownHosts(lab, host), 0o600);
    }),
  );
  for (const host of HOSTS) {
    const lines = await Promise.all(
      CONTROLLERS.filter((from) => from !== host).map((from) => keyLine(lab, from)),
    );
    await lab.mustConsole(
      host,
      `sed -i '/clustercontrol-ha-guard@/d' /root/.ssh/authorized_keys && cat >>/root/.ssh/authorized_keys`,
      {
        input: lines.join(''),
      },
    );
  }
}

async function keyLine(lab: Lab, from: ControllerName): Promise<string> {
  const key = (await lab.read(from, `${FOLDER}/id_ed25519.pub`)).trim();
  return `restrict,command="/usr/local/sbin/clustercontrol-ha peer ${from}" ${key}\n`;
}

async function knownHosts(lab: Lab, host: ControllerName): Promise<string> {
  const others: readonly HostName[] = [peerOf(host), 'prom'];
  const lines = await Promise.all(
    others.map(async (other) => {
      const [type, key] = (await lab.read(other, '/etc/ssh/ssh_host_ed25519_key.pub')).split(' ');
      return `${other} ${type} ${key?.trim()}\n`;
    }),
  );
  return lines.join('');
}
