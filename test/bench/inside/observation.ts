import { readFile } from 'node:fs/promises';
import { probeScript } from '../../../src/adapters/probe/probeScript';
import { parseInventory } from '../../../src/core/inventory/parse';
import { schemeOf } from '../../../src/core/schemes/registry';
import type { HostProbe } from '../../../src/core/schemes/scheme';
import type { Lab } from '../../lab/lab';
import type { Product } from '../../lab/promote/product';
import { must } from '../../lab/run';
import { HOSTS, peerOf, UNITS, type HostName } from '../../lab/site';
import { primaryOf } from './outages';

/** Milliseconds of each look at the whole site, by the way it was taken. */
export interface Observations {
  readonly ours: readonly number[];
  readonly floor: readonly number[];
  readonly documented: readonly number[];
  /** A whole plan of a promotion: one observation, what is asked beyond it, all checks. */
  readonly preflight: readonly number[];
}

const BOTH = ['df -P /', 'cat /proc/uptime'];

/** The commands by which the documentation, and the manuals of its parts, read what one observation reads. */
const COMMANDS: Readonly<Record<'controller' | 'witness', readonly string[]>> = {
  controller: [
    `systemctl is-active ${UNITS.join(' ')} mysql keepalived lsyncd`,
    'ip a',
    'iptables -t nat -L POSTROUTING -n --line-numbers',
    'mysql --vertical -e "SHOW REPLICA STATUS"',
    'mysql -e "SELECT @@read_only, @@super_read_only, @@server_id, @@server_uuid, @@version, @@gtid_mode, @@log_bin, @@gtid_executed, @@gtid_purged"',
    's9s cluster --ping --cluster-id=0 || true',
    'cat /etc/keepalived/keepalived.conf',
    'keepalived -t || true',
    'cat /etc/lsyncd/lsyncd.conf.lua /var/log/lsyncd.status 2>/dev/null || true',
    'pgrep -x cmon || true',
    'cat /etc/cron.d/cmon || true',
    'clustercontrol-ha status',
    ...BOTH,
  ],
  witness: [
    'systemctl is-active prometheus',
    'curl -s http://127.0.0.1:9090/-/ready || true',
    'ip a',
    'clustercontrol-ha status',
    ...BOTH,
  ],
};

const kindOf = (host: HostName): 'controller' | 'witness' => (host === 'prom' ? 'witness' : 'controller');

/** The ways by turns, so that all meet the same machine. The first round of each is a warm-up. */
export async function measureObservations(lab: Lab, product: Product, rounds: number): Promise<Observations> {
  const file = await lab.inventoryFile();
  const [site] = parseInventory(file, await readFile(file, 'utf8')).sites;
  if (site === undefined) throw new Error(`${file} has no usable site`);
  const probes = schemeOf(site).probes(site);
  const control = '/run/bench-%h';
  const ssh = (host: HostName, ...words: string[]): Promise<string> =>
    must('ssh', ['-F', lab.operator.sshConfigFile, '-o', `ControlPath=${control}`, ...words]);
  await Promise.all(HOSTS.map((host) => ssh(host, '-M', '-N', '-f', '-o', 'ControlPersist=300', host)));
  const standby = peerOf(await primaryOf(lab));
  const ways = {
    preflight: async () => void (await product.localPreflight(standby)),
    ours: async () => {
      const { hosts } = await product.sites.observation(product.site);
      if (Object.values(hosts).some(({ reachable }) => !reachable.known))
        throw new Error('a host did not answer');
    },
    floor: async () => void (await Promise.all(probes.map((probe) => atConsole(lab, probe)))),
    documented: async () => {
      await Promise.all(
        HOSTS.map(async (host) => {
          for (const command of COMMANDS[kindOf(host)]) await ssh(host, host, command);
        }),
      );
    },
  };
  const times: Record<keyof Observations, number[]> = { ours: [], floor: [], documented: [], preflight: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const way of ['ours', 'preflight', 'floor', 'documented'] as const) {
      const begin = performance.now();
      await ways[way]();
      if (round > 0) times[way].push(performance.now() - begin);
    }
  }
  await Promise.all(HOSTS.map((host) => ssh(host, '-O', 'exit', host)));
  return times;
}

async function atConsole(lab: Lab, probe: HostProbe): Promise<void> {
  const text = await lab.mustConsole(probe.host as HostName, probeScript(probe));
  JSON.parse(text);
}
