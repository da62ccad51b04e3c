import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { CONTROLLERS, HOSTS, MYSQL_PASSWORD } from '../site';
import { SetupOperator, told } from './operator';

/** The documentation's own checks at the end of its forty steps, and what a hardened pair has beyond them. */
describe('from bare hosts to a working pair, by the command line as root', () => {
  const lab = Lab.current();
  let operator: SetupOperator;

  before(async () => {
    operator = await SetupOperator.at(lab, 'root');
  });
  after(() => operator.leave());

  it('says what is lacking, and changes nothing by it', async function () {
    this.timeout(60_000);
    const plan = await operator.cli('plan', 'setup', 'cc1');
    assert.equal(plan.code, 0, told(plan));
    assert.match(plan.stdout, /cc1: keepalived, .*mysql-server.* will be installed/);
    assert.match(plan.stdout, /apt-get install -y keepalived/);
    assert.match(plan.stdout, /\.\/install-cc/);
    for (const host of CONTROLLERS) {
      assert.notEqual((await lab.console(host, 'command -v mysqld || command -v keepalived')).code, 0, host);
    }
  });

  it('installs, configures, copies and opens; the installer of ClusterControl is waited for', async function () {
    this.timeout(600_000);
    const begun = performance.now();
    const [outcome] = await Promise.all([
      operator.cli('run', 'setup', 'cc1', '--yes'),
      operator.installClusterControl(),
    ]);
    assert.equal(outcome.code, 0, told(outcome));
    console.log(
      `      ${((performance.now() - begun) / 1000).toFixed(1)} s from bare hosts, the installer's stand-in included`,
    );
    await waitForRoles(lab, 'cc1');
  });

  it('is a pair: one VIP, one rewriting, ping, files, key of the managed nodes', async function () {
    this.timeout(60_000);
    assert.match(await lab.mustConsole('cc1', 's9s cluster --ping --cluster-id=0'), /^PING Ok/);
    assert.match(await lab.mustConsole('cc1', 'ip -4 addr show eth0'), /192\.168\.73\.200/);
    assert.doesNotMatch(await lab.mustConsole('cc2', 'ip -4 addr show eth0'), /192\.168\.73\.200/);
    const fingerprint = 'ssh-keygen -l -f /root/.ssh/id_rsa | cut -d" " -f2';
    assert.equal(await lab.mustConsole('cc1', fingerprint), await lab.mustConsole('cc2', fingerprint));
    assert.equal(
      await lab.mustConsole('cc2', 'cat /etc/cmon.d/cmon_1.cnf'),
      await lab.mustConsole('cc1', 'cat /etc/cmon.d/cmon_1.cnf'),
    );
    const well = await operator.cli('status');
    assert.equal(well.code, 0, told(well));
    const compared = await operator.cli('compare');
    assert.equal(compared.code, 0, told(compared));
  });

  it('a key of the other controller opens nothing but what it is for', async () => {
    const guard =
      'ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -o UserKnownHostsFile=/var/lib/clustercontrol-ha/ssh/known_hosts -i /var/lib/clustercontrol-ha/ssh/id_ed25519';
    assert.match(
      await lab.mustConsole('cc1', `${guard} root@cc2 'touch /root/intruder' </dev/null`),
      /"version":1/,
    );
    assert.notEqual((await lab.console('cc2', 'test -e /root/intruder')).code, 0);
    const elsewhere = await lab.console('prom', `cat /root/.ssh/authorized_keys`);
    assert.doesNotMatch(elsewhere.stdout, /clustercontrol-ha-sync@/);
  });

  it('a second run has nothing to do', async () => {
    const again = await operator.cli('run', 'setup', 'cc1', '--yes');
    assert.equal(again.code, 3, told(again));
    assert.match(again.stdout, /There is nothing to do/);
  });

  it('no password is in journals, on the hosts’ records or in rendered files', async () => {
    assert.equal((await operator.journals()).includes(MYSQL_PASSWORD), false);
    for (const host of HOSTS) {
      const found = await lab.console(
        host,
        `grep -rlF ${MYSQL_PASSWORD} /var/lib/clustercontrol-ha /run/clustercontrol-ha /etc /var/log 2>/dev/null`,
      );
      assert.equal(found.stdout, '', host);
    }
  });

  it('is promoted there and back, under the referee', async function () {
    this.timeout(180_000);
    await waitForRoles(lab, 'cc1', 90_000);
    const product = await Product.on(lab, { inventoryFile: await lab.inventoryFile('hardened') });
    const referee = await Referee.watch();
    try {
      for (const target of ['cc2', 'cc1'] as const) {
        await referee.permit(target);
        const run = await product.promote(target);
        assert.equal(run.end, 'done', runText(run));
      }
    } finally {
      await product.close();
    }
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
  });

  it('boots by itself into what it was', async function () {
    this.timeout(180_000);
    await Promise.all(CONTROLLERS.map((host) => lab.reboot(host)));
    await waitForRoles(lab, 'cc1', 120_000);
  });
});
