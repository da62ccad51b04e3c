import assert from 'node:assert/strict';
import { matters } from '../../../src/core/deploy/drift';
import { planReadiness } from '../../../src/core/plan/readiness';
import { DOCUMENTED_MANAGE_SNAT } from '../documented/keepalived';
import { waitForFlow } from '../documented/mysql';
import { worstHeartbeatGapMs } from '../harden/standing';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { CONTROLLERS } from '../site';

/** What hands do differently: other numbers, remarks of their own, a file less, a line less. */
const BY_HAND = `set -e
sed -i '/^!/d; s/interval 2/interval 3/' /etc/keepalived/keepalived.conf
sed -i '/^-- /d; s/statusInterval = 10/statusInterval = 20/' /etc/lsyncd/lsyncd.conf.lua
rm -f /etc/sysctl.d/90-clustercontrol-ha.conf
sed -i '/^prometheus_hostname=/d' /etc/cmon.cnf`;
const NOTIFY = '/etc/keepalived/manage_snat.sh';

/** File sync brings this one over by itself, at a moment of its own. */
const isCuredAlone = (file: string): boolean => file !== 'cc2:/etc/cmon.cnf';

describe('a pair that was deployed by hand, one cure at a time', () => {
  const lab = Lab.current();
  let product: Product;

  before(async () => {
    product = await Product.on(lab);
  });
  after(() => product.close());

  async function drift(): Promise<string[]> {
    const all = await product.sites.compareFiles(product.site);
    return all.filter((one) => matters(one.drift)).map(({ file }) => `${file.host}:${file.path}`);
  }

  it('each is offered alone, changes nothing else, and the pair goes on as it was', async function () {
    this.timeout(240_000);
    for (const host of CONTROLLERS) {
      await lab.mustConsole(host, BY_HAND);
      await lab.put(host, NOTIFY, DOCUMENTED_MANAGE_SNAT, 0o755);
    }
    let left = await drift();
    assert.ok(left.length >= 8, left.join(', '));
    const { findings, topology } = await product.sites.observe(product.site);
    assert.equal(findings.filter(({ code }) => code === 'config-drift').length, CONTROLLERS.length);
    const tree = JSON.stringify(topology);
    for (const file of left) assert.ok(tree.includes(file.slice(file.indexOf(':') + 1)), `${file}: ${tree}`);
    const running = await lab.mustConsole('cc1', 'pgrep -x cmon; pgrep -x mysqld; pgrep -x keepalived');
    const sinceNs = process.hrtime.bigint();
    const referee = await Referee.watch();
    while (left.length > 0) {
      const [file = '', ...others] = left;
      const plan = await product.planOf({
        ...{ operation: 'deploy', target: 'all', mode: 'planned', choices: { files: [file] } },
      });
      const { blocking, unacknowledged } = planReadiness(plan, {});
      assert.deepEqual(blocking, [], `${file} alone`);
      const run = await product.start(
        plan,
        Object.fromEntries(unacknowledged.map((id) => [id, 'of the test'])),
      );
      assert.equal(run.end, 'done', runText(run));
      left = await drift();
      assert.deepEqual(left.filter(isCuredAlone), others.filter(isCuredAlone), `after ${file}`);
      await waitForFlow(lab, 'cc1');
    }
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
    await waitForRoles(lab, 'cc1');
    assert.equal(
      await lab.mustConsole('cc1', 'pgrep -x cmon; pgrep -x mysqld; pgrep -x keepalived'),
      running,
      'nothing was started anew',
    );
    console.log(
      `      worst gap between heartbeats: ${Math.round(await worstHeartbeatGapMs(lab, sinceNs))} ms`,
    );
  });

  it('with all of them applied a promotion is blocked by nothing', async function () {
    this.timeout(60_000);
    const { blocking } = planReadiness(await product.plan('cc2'), {});
    assert.deepEqual(blocking, []);
  });
});
