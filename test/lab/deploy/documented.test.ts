import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { matters } from '../../../src/core/deploy/drift';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { CONTROLLERS } from '../site';

const OTHERS = `# the web team's own
vrrp_instance WEB {
    state BACKUP
    interface eth0
    virtual_router_id 77
    priority 90
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass theirs
    }
    virtual_ipaddress {
        192.168.73.240
    }
}
`;

/** Files as somebody wrote them without this product: other remarks, other values, some missing. */
const BY_HAND = `set -e
sed -i '/^!/d; s/interval 2/interval 3/' /etc/keepalived/keepalived.conf
sed -i '/^-- /d; s/statusInterval = 10/statusInterval = 20/' /etc/lsyncd/lsyncd.conf.lua
rm -f /etc/sysctl.d/90-clustercontrol-ha.conf
sed -i '/^prometheus_hostname=/d' /etc/cmon.cnf`;

describe('deployment to hosts of the documented configuration', () => {
  const lab = Lab.current();
  let product: Product;

  before(async () => {
    product = await Product.on(lab);
  });
  after(() => product.close());

  async function drift(): Promise<string[]> {
    const all = await product.sites.compareFiles(product.site);
    return all
      .filter((one) => matters(one.drift))
      .map(({ file, drift: seen }) => `${file.host}:${file.path} ${seen.text}`);
  }

  async function deploy(files?: readonly string[]): Promise<RunSnapshot> {
    const plan = await product.planOf({
      ...{ operation: 'deploy', target: 'all', mode: 'planned' },
      ...(files === undefined ? {} : { choices: { files } }),
    });
    const { blocking, unacknowledged } = planReadiness(plan, {});
    assert.deepEqual(blocking, [], JSON.stringify(plan.checks.filter(({ outcome }) => outcome !== 'passed')));
    return product.start(plan, Object.fromEntries(unacknowledged.map((id) => [id, 'of the test'])));
  }

  it('adopts hosts that were set up by hand: the VIP stays, replication goes on, what others wrote survives', async function () {
    this.timeout(180_000);
    for (const host of ['cc1', 'cc2'] as const) {
      await lab.mustConsole(host, BY_HAND);
      await lab.mustConsole(host, 'cat >>/etc/keepalived/keepalived.conf', { input: OTHERS });
      await lab.mustConsole(host, "printf 'mysql_password=keep-me\\n# a remark\\n' >>/etc/cmon.cnf");
    }
    assert.notDeepEqual(await drift(), []);
    const referee = await Referee.watch();
    const run = await deploy();
    assert.equal(run.end, 'done', runText(run));
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
    assert.deepEqual(await drift(), []);
    for (const host of ['cc1', 'cc2'] as const) {
      const conf = await lab.read(host, '/etc/keepalived/keepalived.conf');
      assert.ok(conf.endsWith(`\n${OTHERS}`), conf);
      assert.match(conf, /Rendered from the inventory/);
      const cmon = await lab.read(host, '/etc/cmon.cnf');
      assert.match(cmon, /^mysql_password=keep-me\n# a remark$/m);
      assert.equal(cmon.match(/^hostname=/gm)?.length, 1);
    }
    const journal = JSON.stringify(run.plan);
    assert.ok(!journal.includes('keep-me') && !journal.includes('theirs'), 'no secret of others in the plan');
  });

  it('shows a file that was edited since, and brings it back', async function () {
    this.timeout(120_000);
    await lab.mustConsole('cc2', "sed -i 's/priority 100/priority 120/' /etc/keepalived/keepalived.conf");
    await lab.mustConsole('cc1', 'chmod 600 /etc/keepalived/manage_snat.sh');
    const { findings, topology } = await product.sites.observe(product.site);
    const found = findings.filter(({ code }) => code === 'config-drift');
    assert.equal(found.length, 2, JSON.stringify(found));
    assert.ok(found.every(({ severity }) => severity === 'warning'));
    assert.match(JSON.stringify(topology), /mode is 0600, not 0755/);
    const run = await deploy(['cc2:/etc/keepalived/keepalived.conf']);
    assert.equal(run.end, 'done', runText(run));
    assert.deepEqual(await drift(), ['cc1:/etc/keepalived/manage_snat.sh mode is 0600, not 0755']);
    const again = await deploy();
    assert.equal(again.end, 'done', runText(again));
    assert.deepEqual(await drift(), []);
  });

  it('brings every file back when one is refused on its host', async function () {
    this.timeout(120_000);
    const mysql = '/etc/mysql/mysql.conf.d/zz-clustercontrol-ha.cnf';
    const keepalived = '/etc/keepalived/keepalived.conf';
    for (const host of ['cc1', 'cc2'] as const) {
      await lab.mustConsole(
        host,
        `echo '# by hand' >>${mysql}; sed -i 's/advert_int 1/advert_int 2/' ${keepalived}`,
      );
    }
    const before = await Promise.all(
      (['cc1', 'cc2'] as const).flatMap((host) => [mysql, keepalived].map((path) => lab.read(host, path))),
    );
    // This mysqld has lost the plugin that the options name: it would not start with them.
    const plugin = '/usr/lib/mysql/plugin/mysql_clone.so';
    await lab.mustConsole('cc1', `mv ${plugin} ${plugin}.away`);
    const referee = await Referee.watch();
    try {
      const run = await deploy();
      assert.equal(run.end, 'undone', runText(run));
      assert.match(runText(run), /mysqld does not start with it/);
    } finally {
      await lab.mustConsole('cc1', `mv ${plugin}.away ${plugin}`);
    }
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
    const after = await Promise.all(
      (['cc1', 'cc2'] as const).flatMap((host) => [mysql, keepalived].map((path) => lab.read(host, path))),
    );
    assert.deepEqual(after, before);
    const left = await lab.mustConsole('cc1', 'find /etc -name "*clustercontrol-ha-new*"');
    assert.equal(left, '', 'nothing is left beside the files');
  });

  it('changes what both speakers must say alike without two holders', async function () {
    this.timeout(120_000);
    const referee = await Referee.watch();
    const run = await deploy();
    assert.equal(run.end, 'done', runText(run));
    assert.ok(
      run.steps.some(({ id }) => id === 'keepalived-pause'),
      'the standby is paused',
    );
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
    assert.deepEqual(await drift(), []);
  });

  it('is promoted afterwards, there and back', async function () {
    this.timeout(120_000);
    const referee = await Referee.watch();
    for (const target of ['cc2', 'cc1'] as const) {
      await referee.permit(target);
      const run = await product.promote(target);
      assert.equal(run.end, 'done', runText(run));
      await waitForRoles(lab, target);
    }
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
  });

  it('gives VRRP a password, another one, and the old one again, under load: one holder, no row lost', async function () {
    this.timeout(180_000);
    const conf = (host: 'cc1' | 'cc2'): Promise<string> => lab.read(host, '/etc/keepalived/keepalived.conf');
    const before = await conf('cc1');
    const own = await lab.inventoryFile();
    const inventoryFile = own.replace(/clustercontrol\.yaml$/, 'vrrp.clustercontrol.yaml');
    const secret = '    keepalived: { authPassword: { secret: dc1-vrrp } }\n';
    await writeFile(inventoryFile, `${(await readFile(own, 'utf8')).trimEnd()}\n${secret}`);
    const referee = await Referee.watch();
    for (const password of ['f1rst_Pw', 'n3w_Vr4p', undefined]) {
      const operator = await Product.on(
        lab,
        password === undefined ? {} : { inventoryFile, secrets: { get: () => Promise.resolve(password) } },
      );
      try {
        const files = CONTROLLERS.map((host) => `${host}:/etc/keepalived/keepalived.conf`);
        const plan = await operator.planOf({
          ...{ operation: 'deploy', target: 'all', mode: 'planned', choices: { files } },
        });
        const { unacknowledged } = planReadiness(plan, {});
        const run = await operator.start(
          plan,
          Object.fromEntries(unacknowledged.map((id) => [id, 'of the test'])),
        );
        assert.equal(run.end, 'done', runText(run));
        if (password === undefined) continue;
        assert.ok(!JSON.stringify(run).includes(password), 'not in the journal');
        for (const host of CONTROLLERS) assert.ok((await conf(host)).includes(`auth_pass ${password}`), host);
      } finally {
        await operator.close();
      }
    }
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
    assert.equal(await conf('cc1'), before);
    await waitForRoles(lab, 'cc1');
  });
});
