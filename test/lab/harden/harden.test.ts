import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileJournal } from '../../../src/adapters/journal/fileJournal';
import { matters } from '../../../src/core/deploy/drift';
import { planReadiness } from '../../../src/core/plan/readiness';
import { sql, waitForFlow } from '../documented/mysql';
import { Lab } from '../lab';
import { Promoter } from '../faults/promoter';
import { Product, type ProductOptions, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { REPOSITORY } from '../places';
import { Referee } from '../referee/referee';
import { CONTROLLERS, VIP } from '../site';
import { waitFor } from '../wait';
import { StandingConnections, worstHeartbeatGapMs } from './standing';

const KEEPALIVED = '/etc/keepalived/keepalived.conf';
const MYSQL = '/etc/mysql/mysql.conf.d/zz-clustercontrol-ha.cnf';
const SNAT = '/etc/keepalived/manage_snat.sh';
const KEYS = '/root/.ssh/authorized_keys';

describe('a running pair of the documented configuration is hardened', () => {
  const lab = Lab.current();
  let hardened: string;

  before(async () => {
    hardened = await lab.inventoryFile('hardened');
  });

  const on = (options: ProductOptions = {}): Promise<Product> =>
    Product.on(lab, { inventoryFile: hardened, ...options });

  const folders: string[] = [];
  async function journalFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'clustercontrol-ha-harden-'));
    folders.push(folder);
    return folder;
  }
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  /**
   * A promoter's process that is killed while that step runs on its host, or, where nothing is said of that, right before it.
   * Returns the name of its run.
   */
  async function killedAt(step: string, journals: string, begun?: () => Promise<boolean>): Promise<string> {
    const promoter = await Promoter.start({
      ...{ operation: 'harden', target: 'all', mode: 'planned', journals, holdAt: step },
      ...{ acknowledged: {}, acknowledgesAll: true, attested: {}, inventoryFile: hardened },
    });
    if (!(await promoter.atStep)) assert.fail(`it never came to ${step}: ${(await promoter.ended).text}`);
    if (begun !== undefined) {
      promoter.go();
      await waitFor(`${step} to begin`, 20_000, begun);
    }
    promoter.signal('SIGKILL');
    await promoter.ended;
    const [run] = await new FileJournal(journals).list();
    assert.ok(run, 'its journal is there');
    return run;
  }

  const rules = (host: 'cc1' | 'cc2'): Promise<string> =>
    lab.mustConsole(host, 'iptables -t nat -S POSTROUTING');
  const files = (host: 'cc1' | 'cc2'): Promise<string[]> =>
    Promise.all([KEEPALIVED, MYSQL, SNAT, KEYS].map((path) => lab.read(host, path)));

  it('is told to, where a deployment of these files would leave two ways of moving the address', async function () {
    this.timeout(60_000);
    const product = await on();
    try {
      const plan = await product.planOf({ operation: 'deploy', target: 'all', mode: 'planned' });
      assert.ok(planReadiness(plan, {}).blocking.includes('profile-mismatch'));
      assert.match(plan.checks.find(({ id }) => id === 'profile-mismatch')?.remedy ?? '', /Harden/);
    } finally {
      await product.close();
    }
  });

  it('is refused where the Prometheus host is the witness of another site', async function () {
    this.timeout(60_000);
    const [state, helper] = ['/var/lib/clustercontrol-ha', '/usr/local/sbin/clustercontrol-ha'];
    await lab.mustConsole(
      'prom',
      `cat >${helper} && chmod 755 ${helper} && mkdir -p ${state} && echo '5 b-cc1' >${state}/witness`,
      { input: await readFile(join(REPOSITORY, 'dist', 'host', 'clustercontrol-ha'), 'utf8') },
    );
    const product = await on();
    try {
      const plan = await product.planOf({ operation: 'harden', target: 'all', mode: 'planned' });
      assert.deepEqual(planReadiness(plan, {}).blocking, ['witness-record']);
    } finally {
      await product.close();
      await lab.mustConsole('prom', `rm -r ${helper} ${state}`);
    }
  });

  it('stays a working documented pair when its promoter is killed half-way and it is undone', async function () {
    this.timeout(180_000);
    await waitForRoles(lab, 'cc1');
    const before = await Promise.all(CONTROLLERS.map(files));
    const natBefore = await Promise.all(CONTROLLERS.map(rules));
    const referee = await Referee.watch();
    const journals = await journalFolder();
    const id = await killedAt('lsyncd-cc1', journals);
    const product = await on({ journals });
    try {
      const run = await product.resume(id, 'undo', true);
      assert.equal(run.end, 'undone', runText(run));
    } finally {
      await product.close();
    }
    await waitForRoles(lab, 'cc1');
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
    assert.deepEqual(await Promise.all(CONTROLLERS.map(files)), before);
    assert.deepEqual(await Promise.all(CONTROLLERS.map(rules)), natBefore);
    for (const host of CONTROLLERS) {
      const left = await lab.mustConsole(
        host,
        'systemctl is-active clustercontrol-ha-guard; ls /usr/local/sbin/clustercontrol-ha /var/lib/clustercontrol-ha/role /run/clustercontrol-ha/active 2>/dev/null; true',
      );
      assert.equal(left.trim(), 'inactive', host);
      const said = await lab.mustConsole(
        host,
        'p=$(systemctl show -p MainPID --value keepalived); rm -f /tmp/keepalived.data; kill -s $(keepalived --signum=DATA) $p; for i in $(seq 50); do grep -q -i "notify" /tmp/keepalived.data 2>/dev/null && break; sleep 0.1; done; cat /tmp/keepalived.data',
      );
      assert.match(said, /manage_snat/, `keepalived of ${host} has its notify script again`);
    }
    const documented = await Product.on(lab);
    try {
      const { blocking } = planReadiness(await documented.plan('cc2'), {});
      assert.deepEqual(blocking, [], 'it can be promoted as before');
    } finally {
      await documented.close();
    }
  });

  it('is hardened under load by a second process, the first was killed while keepalived reloaded: one holder, no row lost', async function () {
    this.timeout(240_000);
    await waitForRoles(lab, 'cc1');
    // As the documentation's CHANGE REPLICATION SOURCE leaves it.
    await sql(
      lab,
      'cc2',
      'STOP REPLICA IO_THREAD; CHANGE REPLICATION SOURCE TO SOURCE_SSL=0, SOURCE_RETRY_COUNT=10, SOURCE_CONNECT_RETRY=60; START REPLICA IO_THREAD;',
    );
    await waitForFlow(lab, 'cc1');
    const started = await lab.mustConsole('cc1', 'pgrep -x cmon; pgrep -x mysqld');
    const connections = await StandingConnections.open(lab);
    const sinceNs = process.hrtime.bigint();
    const referee = await Referee.watch();
    const journals = await journalFolder();
    const reloading = async (): Promise<boolean> =>
      (await lab.console('cc1', 'ls /var/lib/clustercontrol-ha/kept/*/reread-keepalived')).code === 0;
    const id = await killedAt('keepalived-cc1', journals, reloading);
    const product = await on({ journals });
    try {
      const run = await product.resume(id, 'finish', true);
      assert.equal(run.end, 'done', runText(run));
    } finally {
      await product.close();
    }
    await waitForRoles(lab, 'cc1');
    const verdict = await referee.finish('cc1');
    console.log(verdictText(verdict).replace(/^/gm, '    '));
    assert.equal(verdict.clean, true, verdictText(verdict));
    assert.deepEqual(verdict.figures.vipHandovers, [], 'the address never left cc1');
    const [silence, beat] = [await connections.close(), await worstHeartbeatGapMs(lab, sinceNs)];
    console.log(
      `    longest silence: connection over the VIP ${silence?.toFixed(0)} ms (of 50), heartbeat ${beat.toFixed(0)} ms (of 100)`,
    );
    assert.ok(silence !== undefined, 'no standing connection was cut, neither to the VIP nor from it');
    assert.ok(silence < 5_000 && beat < 5_000, 'nor held up for longer than a busy machine does');
    assert.equal(
      await lab.mustConsole('cc1', 'pgrep -x cmon; pgrep -x mysqld'),
      started,
      'cmon and MySQL of the primary were not restarted',
    );
  });

  it('is seen as hardened, without a finding of the documented hazards, and without a drift', async function () {
    this.timeout(90_000);
    const product = await on();
    try {
      const codes = async (): Promise<string[]> =>
        (await product.sites.observe(product.site)).findings
          .filter(({ severity }) => severity !== 'information')
          .map(({ code, message }) => `${code}: ${message}`);
      await waitFor('no finding', 30_000, async () => (await codes()).length === 0).catch(async () => {
        assert.deepEqual(await codes(), []);
      });
      const all = await product.sites.compareFiles(product.site);
      assert.deepEqual(
        all
          .filter((one) => matters(one.drift))
          .map(({ file, drift }) => `${file.host}:${file.path} ${drift.text}`),
        [],
      );
      const again = await product.planOf({ operation: 'harden', target: 'all', mode: 'planned' });
      assert.ok(planReadiness(again, {}).blocking.includes('profiles'), 'nothing is left to harden');
      assert.match(again.checks.find(({ id }) => id === 'profiles')?.remedy ?? '', /nothing to harden/);
    } finally {
      await product.close();
    }
    const channel = await sql(
      lab,
      'cc2',
      'SELECT SSL_ALLOWED, CONNECTION_RETRY_COUNT FROM performance_schema.replication_connection_configuration',
    );
    assert.equal(channel.trim(), 'YES\t0');
    const tracked = await lab.mustConsole(
      'cc1',
      `grep ' 112 ' /proc/net/nf_conntrack | grep -c 'dst=${VIP} ' || :`,
    );
    assert.equal(tracked.trim(), '0', 'adverts leave with their own address');
  });

  it('is promoted there and back by its role', async function () {
    this.timeout(180_000);
    const product = await on();
    try {
      const referee = await Referee.watch();
      for (const target of ['cc2', 'cc1'] as const) {
        await referee.permit(target);
        const run = await product.promote(target);
        assert.equal(run.end, 'done', runText(run));
        await waitForRoles(lab, target);
      }
      const verdict = await referee.finish('cc1');
      assert.equal(verdict.clean, true, verdictText(verdict));
    } finally {
      await product.close();
    }
  });

  it('boots closed, and its guard opens it', async function () {
    this.timeout(120_000);
    await lab.reboot('cc1');
    await waitForRoles(lab, 'cc1', 90_000);
    const log = await lab.mustConsole('cc1', 'journalctl -b -u clustercontrol-ha-guard -o cat --no-pager');
    assert.match(log, /confirmed .*opening/);
  });
});
