import assert from 'node:assert/strict';
import { matters } from '../../../src/core/deploy/drift';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { Plan } from '../../../src/core/plan/plan';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { isPrimary, waitForRoles } from '../promote/roles';
import { peerOf } from '../site';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';

const LSYNCD = '/etc/lsyncd/lsyncd.conf.lua';
const GUARD = '/etc/systemd/system/clustercontrol-ha-guard.service';
const HELPER = '/usr/local/sbin/clustercontrol-ha';
const KEPT = '/var/lib/clustercontrol-ha/kept';

describe('deployment to hosts of the hardened profile', () => {
  const lab = Lab.current();

  async function drift(product: Product): Promise<string[]> {
    const all = await product.sites.compareFiles(product.site);
    return all.filter((one) => matters(one.drift)).map(({ file }) => `${file.host}:${file.path}`);
  }

  async function planned(product: Product): Promise<{ plan: Plan; reasons: Record<string, string> }> {
    const plan = await product.planOf({ operation: 'deploy', target: 'all', mode: 'planned' });
    const { blocking, unacknowledged } = planReadiness(plan, {});
    assert.deepEqual(blocking, [], JSON.stringify(plan.checks.filter(({ outcome }) => outcome !== 'passed')));
    return { plan, reasons: Object.fromEntries(unacknowledged.map((id) => [id, 'of the test'])) };
  }

  async function edit(): Promise<void> {
    for (const host of ['cc1', 'cc2'] as const) {
      await lab.mustConsole(
        host,
        `echo '# by hand' >>${GUARD}; echo 'x = 1' >>${LSYNCD}; rm /etc/sysctl.d/90-clustercontrol-ha.conf; echo ': by hand' >>${HELPER}`,
      );
    }
    await lab.mustConsole('prom', `echo ': by hand' >>${HELPER}`);
  }

  /** Old versions of many deployments, and, older than all of them, what a rejoin has kept: nobody else has that. */
  async function keptBefore(): Promise<void> {
    await lab.mustConsole(
      'cc1',
      `rm -rf ${KEPT} && mkdir -p ${KEPT}/dc1-rejoin-1 && cd ${KEPT} && echo x >dc1-rejoin-1/transactions.sql && touch -d 2020-01-01 dc1-rejoin-1
for n in $(seq 2 12); do mkdir dc1-deploy-$n && touch -d "2020-02-$n" dc1-deploy-$n/old-versions dc1-deploy-$n; done`,
    );
  }

  /** Ten deployments are left, of which the oldest is told, and what is no deployment's. */
  async function keptNow(): Promise<string[]> {
    const names = (await lab.mustConsole('cc1', `cd ${KEPT} && ls -1tr`)).trim().split('\n');
    const deployed = names.filter((name) => /deploy/.test(name));
    assert.equal(deployed.length, 10, names.join(' '));
    return [String(deployed[0]), ...names.filter((name) => !/dc1-deploy-\d+$/.test(name))];
  }

  it('replaces helper, guard and lsyncd of running hosts, by a user with sudo, under the referee', async function () {
    this.timeout(180_000);
    const product = await Product.on(lab, { user: 'operator' });
    try {
      // lsyncd ends at once where a source is missing, and from now on it logs in as this user.
      for (const host of ['cc1', 'cc2'] as const) {
        await lab.mustConsole(
          host,
          'mkdir -p /home/operator/.s9s && cat /root/.ssh/authorized_keys >>/home/operator/.ssh/authorized_keys',
        );
      }
      await edit();
      await keptBefore();
      const { plan, reasons } = await planned(product);
      const referee = await Referee.watch();
      const run = await product.start(plan, reasons);
      assert.equal(run.end, 'done', runText(run));
      const verdict = await referee.finish('cc1');
      assert.equal(verdict.clean, true, verdictText(verdict));
      assert.deepEqual(await drift(product), []);
      assert.equal(
        (await lab.mustConsole('cc1', 'systemctl is-active clustercontrol-ha-guard')).trim(),
        'active',
      );
      assert.deepEqual(await keptNow(), ['dc1-deploy-4', 'dc1-rejoin-1', plan.id]);
      const again = await product.planOf({ operation: 'deploy', target: 'all', mode: 'planned' });
      assert.ok(planReadiness(again, {}).blocking.includes('files-compared'), 'nothing is left to deploy');
    } finally {
      await product.close();
    }
  });

  for (const intent of ['finish', 'undo'] as const) {
    it(`is brought to its end by another process when its own was cut off: ${intent}`, async function () {
      this.timeout(180_000);
      await edit();
      const edited = await lab.read('cc1', GUARD);
      let cut = false;
      const files = await lab.inventoryFile();
      assert.ok(files);
      const folder = `/tmp/deploy-runs-${intent}`;
      const first = await Product.on(lab, {
        journals: folder,
        // Its journal stops, as a disk would that is pulled: from there on this process does nothing more.
        onJournal: (type, step) => {
          if (type === 'step-done' && step?.startsWith('file-cc1') === true) cut = true;
          return cut ? Promise.reject(new Error('the promoter is gone')) : Promise.resolve();
        },
        policy: { undoPatienceMs: 1, attempts: 1 },
      });
      const { plan, reasons } = await planned(first);
      await first.start(plan, reasons).catch(() => undefined);
      await first.close();
      assert.ok(cut, 'it was cut off in the midst of the primary');
      const second = await Product.on(lab, { journals: folder });
      try {
        const run = await second.resume(plan.id, intent, true);
        assert.equal(run.end, intent === 'finish' ? 'done' : 'undone', runText(run));
        const now = await lab.read('cc1', GUARD);
        assert.equal(now === edited, intent === 'undo');
        if (intent === 'finish') assert.deepEqual(await drift(second), []);
      } finally {
        await second.close();
      }
    });
  }

  it('is promoted afterwards', async function () {
    this.timeout(120_000);
    // A case that is tried again begins where the first try has ended.
    const target = (await isPrimary(lab, 'cc1')) ? 'cc2' : 'cc1';
    await waitForRoles(lab, peerOf(target));
    const product = await Product.on(lab);
    const referee = await Referee.watch();
    await referee.permit(target);
    const run = await product.promote(target);
    assert.equal(run.end, 'done', runText(run));
    await waitForRoles(lab, target);
    const verdict = await referee.finish(target);
    assert.equal(verdict.clean, true, verdictText(verdict));
    await product.close();
  });
});
