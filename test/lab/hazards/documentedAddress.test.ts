import assert from 'node:assert/strict';
import { sql, waitForMysql, waitForReplication } from '../documented/mysql';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { CONTROLLERS, VIP } from '../site';
import { waitFor } from '../wait';
import { DocumentedSite } from './documentedSite';
import { SYSCTL } from './literal';
import { SshSession } from './sshSession';
import { staysTrue } from './staysTrue';

const KEEPALIVED = '/etc/keepalived/keepalived.conf';
const NOTIFY = '/etc/keepalived/manage_snat.sh INSTANCE VI_1';
const NEWEST = 'SELECT MAX(id) FROM hazard.t';
const NONLOCAL = 'cat /proc/sys/net/ipv4/ip_nonlocal_bind';
/** What the simulated election says of such a pair (docs/election.md). */
const AT_REST_MS = 9000;

describe('the documented keepalived', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let site: DocumentedSite;
  let product: Product;

  before(async () => {
    site = await DocumentedSite.on(lab);
    product = await Product.on(lab);
  });
  after(() => product.close());
  afterEach(() => site.restore());

  it('hazards 2, 3 and 22, documented: its first MASTER cuts ssh and replication, and the status says nothing', async () => {
    // Step 2.2 and 4.3 to the letter, and a boot: nothing tracks connections until keepalived is started.
    for (const host of ['cc2', 'cc1'] as const)
      await lab.mustConsole(host, 'systemctl disable --quiet --now keepalived');
    await lab.mustConsole('cc1', `rm /etc/sysctl.d/90-clustercontrol-ha.conf; ${SYSCTL}; sysctl -p`);
    assert.equal((await lab.mustConsole('cc1', NONLOCAL)).trim(), '1');
    await lab.reboot('cc1', 'soft');
    await waitForMysql(lab, 'cc1');
    assert.equal((await lab.mustConsole('cc1', NONLOCAL)).trim(), '0', 'nothing reads sysctl.conf at boot');

    await sql(lab, 'cc2', 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD;');
    await waitForReplication(lab, 'cc2');
    await sql(
      lab,
      'cc1',
      'DROP DATABASE IF EXISTS hazard; CREATE DATABASE hazard; CREATE TABLE hazard.t (id INT PRIMARY KEY); INSERT INTO hazard.t VALUES (1)',
    );
    const arrived = async (id: number): Promise<boolean> =>
      (await sql(lab, 'cc2', NEWEST).catch(() => '')).trim() === String(id);
    await waitFor('row 1', 20_000, () => arrived(1));
    const session = await SshSession.to(lab, 'cc1');
    try {
      await lab.mustConsole('cc1', 'systemctl start keepalived');
      await waitFor('the VIP and its rule', 20_000, () => site.hasSnat('cc1'));
      await sql(lab, 'cc1', 'INSERT INTO hazard.t VALUES (2)');
      await waitFor('an ssh session without a word for 5 s', 20_000, () => session.silentMs > 5000);
      await staysTrue('Yes, Yes and 0', 5000, () => site.looksHealthy('cc2'));
      assert.equal(await arrived(2), false, 'ten seconds later');
      assert.ok(session.silentMs > 9000);
    } finally {
      session.end();
      await sql(lab, 'cc1', 'DROP DATABASE hazard');
      await lab.mustConsole('cc1', "sed -i '/ip_nonlocal_bind/d' /etc/sysctl.conf");
    }
  });

  it('hazard 20, documented: without killall, or without script_user, it goes on without its check; the product names it', async () => {
    const text = await lab.read('cc2', KEEPALIVED);
    const checksNothing = async (): Promise<void> => {
      await lab.mustConsole('cc2', 'systemctl restart keepalived');
      await waitFor('keepalived to run on', 10_000, () => site.runs('cc2', 'keepalived'));
      const { findings } = await product.sites.observe(product.site);
      const named = findings.filter(({ code }) => code === 'keepalived-check-disabled');
      assert.ok(
        named.some(({ message }) => message.includes('cc2')),
        findings.map(({ code }) => code).join(),
      );
    };
    await lab.put('cc2', KEEPALIVED, `global_defs {\n  enable_script_security\n}\n${text}`);
    await checksNothing();
    assert.match(
      (await lab.console('cc2', `journalctl -b -u keepalived -n 40 -o cat`)).stdout,
      /disabl|remov|ignor/i,
    );
    await lab.put('cc2', KEEPALIVED, text);
    await lab.mustConsole('cc2', 'mv /usr/bin/killall /usr/bin/killall.away');
    try {
      await checksNothing();
    } finally {
      await lab.mustConsole('cc2', 'mv /usr/bin/killall.away /usr/bin/killall');
    }
  });

  it('hazard 24, documented: its notify scripts overtake each other, and SNAT stays without a VIP', async () => {
    await lab.mustConsole('cc2', 'systemctl stop keepalived');
    assert.equal(await site.holdsVip('cc2'), false);
    // As keepalived calls them for a MASTER that is FAULT at once: it waits for neither.
    const left = await lab.mustConsole(
      'cc2',
      `for i in $(seq 200); do
         iptables -t nat -F
         ( ${NOTIFY} MASTER & ${NOTIFY} FAULT & wait ) 2>/dev/null
         ! iptables -t nat -S | grep -q -e '--to-source ${VIP}' || { echo "after $i"; break; }
       done`,
      { timeoutMs: 60_000 },
    );
    assert.match(left, /after \d+/);
    assert.equal(await site.hasSnat('cc2'), true);
  });

  it('hazard 25, documented: with version 3 both are MASTER, though nothing is between them', async () => {
    for (const host of CONTROLLERS) {
      const text = await lab.read(host, KEEPALIVED);
      const third = text
        .replace(/^\s*authentication \{[^}]*\}\n/m, '')
        .replace(/^(\s*advert_int .*\n)/m, '$1version 3\n');
      assert.match(third, /version 3/);
      assert.doesNotMatch(third, /authentication/);
      await lab.put(host, KEEPALIVED, third);
    }
    await Promise.all(CONTROLLERS.map((host) => lab.mustConsole(host, 'systemctl restart keepalived')));
    for (const host of CONTROLLERS) await waitFor(`the VIP on ${host}`, 20_000, () => site.holdsVip(host));
    await staysTrue('two holders', AT_REST_MS, async () =>
      (await Promise.all(CONTROLLERS.map((host) => site.holdsVip(host)))).every(Boolean),
    );
  });
});
