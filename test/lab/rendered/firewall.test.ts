import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import { isOpen, parts, untilHealthy } from '../hardened/look';
import { sql, waitForFlow, waitForReplication } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { labSite } from '../rendering/site';
import { ADDRESS, CONTROLLERS, peerOf, VIP, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** MySQL's X protocol: it listens everywhere, and no rendered file names it. */
const CLOSED_PORT = 33060;

interface Firewall {
  readonly name: string;
  /** The rendered file whose head says how it counts. */
  readonly path: string;
  readonly os: 'debian' | 'rhel';
  /** A firewall that lets in what is established, and nothing else. `$file` is the rendered file. */
  readonly begin: string;
  readonly end: string;
  /** Where only the other controller may ask MySQL. */
  readonly mysqlForPeer: boolean;
}

const TABLE = `table inet own {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iif lo accept
    include "/etc/clustercontrol-ha/firewall.nft"
  }
}`;

const FIREWALLS: readonly Firewall[] = [
  {
    name: 'nftables',
    path: '/etc/clustercontrol-ha/firewall.nft',
    os: 'debian',
    begin: `nft -f - <<'END'\n${TABLE}\nEND`,
    end: 'nft delete table inet own',
    mysqlForPeer: true,
  },
  {
    name: 'iptables',
    path: '/etc/clustercontrol-ha/firewall.rules',
    os: 'debian',
    begin: `iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -i lo -j ACCEPT && iptables -P INPUT DROP`,
    end: 'iptables -P INPUT ACCEPT && iptables -F INPUT && iptables -F CLUSTERCONTROL_HA && iptables -X CLUSTERCONTROL_HA',
    mysqlForPeer: true,
  },
  {
    name: 'ufw',
    path: '/etc/ufw/applications.d/clustercontrol-ha',
    os: 'debian',
    begin: 'ufw --force enable',
    end: 'ufw --force reset && ufw disable && rm -f /etc/ufw/*.rules.[0-9]*',
    mysqlForPeer: false,
  },
  {
    name: 'firewalld',
    path: '/etc/firewalld/services/clustercontrol-ha.xml',
    os: 'rhel',
    // Its own zone would let ssh in already.
    begin: 'systemctl start firewalld && firewall-cmd -q --permanent --remove-service=ssh',
    end: 'systemctl stop firewalld && rm -rf /etc/firewalld/zones /etc/firewalld/services/clustercontrol-ha.xml',
    mysqlForPeer: false,
  },
];

/** Lines with `$` in the file's head: what an operator would type. */
function commandsIn(content: string): string[] {
  return [...content.matchAll(/^#? +\$ (.*)$/gm)].map((match) => match[1] ?? '');
}

function rendered(site: ReplicationSite, host: ControllerName, { os, path }: Firewall): string {
  const [first, second] = site.controllers;
  const controllers = [
    { ...first, os },
    { ...second, os },
  ] as const;
  const file = replicationScheme
    .files({ ...site, controllers })
    .find((one) => one.host === host && one.path === path);
  assert.ok(file, `${host}:${path}`);
  return file.content;
}

/** Whether the workstation's SYN gets through to a host: a refusal by its kernel has got through, too. */
function passes(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 1500 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => end(true));
    socket.on('timeout', () => end(false));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => end(code === 'ECONNREFUSED'));
  });
}

/** Who says on this host that he is master, as keepalived hears it: behind the firewall. Empty after 3 s of silence. */
async function hears(lab: Lab, host: ControllerName): Promise<string> {
  const script = `import socket
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 112)
group = socket.inet_aton('224.0.0.18') + socket.inet_aton('${ADDRESS[host]}')
s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
s.settimeout(3)
try: print(s.recvfrom(200)[1][0])
except TimeoutError: pass`;
  return (await lab.mustConsole(host, 'python3 -', { input: script })).trim();
}

describe('the rendered firewall files, with the firewalls they are for', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: ReplicationSite;
  let product: Product;

  before(async () => {
    await untilHealthy(lab, 'cc1');
    site = await labSite('hardened');
    product = await Product.on(lab);
  });
  after(async () => {
    const primary = await primaryNow();
    if (primary !== 'cc1') await product.promote('cc1');
    await product.close();
    await untilHealthy(lab, 'cc1', 60_000);
  });

  async function primaryNow(): Promise<ControllerName> {
    return (await isOpen(lab, 'cc2')) ? 'cc2' : 'cc1';
  }

  for (const firewall of FIREWALLS) {
    it(`${firewall.name}: VRRP, ssh, MySQL and cmon get through, and a promotion; another port does not`, async () => {
      const { path, begin, end, mysqlForPeer } = firewall;
      const source = await primaryNow();
      const target = peerOf(source);
      for (const host of CONTROLLERS) {
        assert.equal(await passes(ADDRESS[host], CLOSED_PORT), true, `${host} listens on ${CLOSED_PORT}`);
      }
      try {
        for (const host of CONTROLLERS) {
          const content = rendered(site, host, firewall);
          await lab.put(host, path, content);
          await lab.mustConsole(host, begin);
          if (firewall.name === 'nftables') continue;
          const commands = commandsIn(content);
          assert.ok(commands.length > 1, content);
          for (const command of commands) await lab.mustConsole(host, command);
        }
        for (const host of CONTROLLERS) {
          const open = await Promise.all([22, 9500, 9501, 443].map((port) => passes(ADDRESS[host], port)));
          assert.deepEqual(open, [true, true, true, true], host);
          assert.equal(await passes(ADDRESS[host], CLOSED_PORT), false, `${host} ${CLOSED_PORT}`);
          assert.equal(await passes(ADDRESS[host], 3306), !mysqlForPeer, `${host} 3306`);
        }
        assert.equal(await passes(VIP, 9501), true);
        assert.equal(await isOpen(lab, source), true, 'VIP and SNAT are where they were');
        // A new connection: the old one would go on as established.
        await sql(lab, target, 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD');
        await waitForReplication(lab, target);
        await waitForFlow(lab, source);
        assert.equal(await hears(lab, target), ADDRESS[source]);
        // The hosts log in to each other, and replication turns round.
        const run = await product.promote(target);
        assert.equal(run.end, 'done', runText(run));
        await untilHealthy(lab, target, 60_000);
      } finally {
        for (const host of CONTROLLERS) await lab.mustConsole(host, end);
      }
      for (const host of CONTROLLERS) {
        await waitFor(`${host} without ${firewall.name}`, 10_000, () => passes(ADDRESS[host], CLOSED_PORT));
      }
    });
  }

  it('nftables: a flushed ruleset takes the SNAT along, and the command of the head puts it back', async () => {
    const primary = await primaryNow();
    const [nftables] = FIREWALLS;
    assert.ok(nftables);
    const [command] = commandsIn(rendered(site, primary, nftables));
    assert.ok(command);
    await lab.mustConsole(primary, 'nft flush ruleset');
    assert.equal((await parts(lab, primary)).snat, false);
    await lab.mustConsole(primary, command);
    assert.equal((await parts(lab, primary)).snat, true);
    await untilHealthy(lab, primary);
  });
});
