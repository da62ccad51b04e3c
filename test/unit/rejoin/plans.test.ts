import assert from 'node:assert/strict';
import { formatPlan, parsePlan } from '../../../src/core/plan/format';
import { StepGraph } from '../../../src/core/plan/graph';
import type { Plan } from '../../../src/core/plan/plan';
import { planOnPaper } from '../../../src/core/plan/paper';
import { planReadiness } from '../../../src/core/plan/readiness';
import { planProblems } from '../../../src/core/plan/validate';
import { healthyReplica, UUID_1, UUID_2 } from '../observation';
import { planOf, type Setting } from './setting';

const extra: Setting['hosts'] = (hosts) => {
  hosts.cc2.mysql.gtidExecuted = `${UUID_1}:1-100,${UUID_2}:7`;
};
const broken: Setting['hosts'] = (hosts) => {
  hosts.cc2.mysql.replica = { ...healthyReplica(), sqlRunning: 'No', sqlError: 'Duplicate entry' };
};
const REASON = { 'extra-transactions': 'looked at them: give up 1 of cc2' };

const PLANS = {
  'by auto position': planOf(),
  'by CLONE': planOf({ hosts: broken }),
  'by CLONE, with transactions of its own': planOf({ hosts: extra }),
  'by CLONE, documented': planOf({ hosts: broken, documented: true }),
  'by auto position, documented': planOf({ documented: true }),
};

describe('plan of a rejoin', () => {
  for (const [name, plan] of Object.entries(PLANS)) {
    describe(name, () => {
      const graph = new StepGraph(plan.steps);

      it('is sound, ready once its reasons are given, and the same after it was written and read', () => {
        assert.deepEqual(planProblems(plan), []);
        const { blocking, unacknowledged } = planReadiness(plan, REASON);
        assert.deepEqual([blocking, unacknowledged], [[], []]);
        assert.deepEqual(parsePlan(formatPlan(plan)), plan);
      });

      it('changes nothing on the primary but what its files need, and frees it of a CLONE that broke off', () => {
        const onPrimary = plan.steps
          .filter(({ host, act }) => host === 'cc1' && act.leased)
          .map(({ id }) => id);
        const donor = graph.has('clone') ? ['donor-free'] : [];
        assert.deepEqual(onPrimary, [...donor, 'files-kept', 'file-sync-start']);
      });

      it('compares while the host stands still, and the host before the primary', () => {
        assert.ok(graph.ancestorsOf('primary-position').has('replication-stop'));
        assert.ok(graph.ancestorsOf(plan.pointOfNoReturn).has('same-transactions'));
      });

      it('keeps files before lsyncd may delete them, and only once the host is a standby on its disk', () => {
        const before = graph.ancestorsOf('file-sync-start');
        assert.ok(before.has('files-kept') && before.has('follow'));
        // The record takes the mark away that keeps the guard of the primary from starting lsyncd by itself.
        if (!name.includes('documented')) {
          assert.ok(before.has('role-record'));
          assert.ok(graph.ancestorsOf('role-record').has('files-kept'));
        }
        assert.match(
          graph.step('files-kept').act.script,
          /--backup-dir=\/var\/lib\/clustercontrol-ha\/kept\//,
        );
      });

      it('shows no secret and says on paper what a person would type', () => {
        assert.doesNotMatch(plan.steps.flatMap(({ shown }) => shown).join('\n'), /\{\{secret/);
        assert.match(planOnPaper(plan), /CHANGE REPLICATION SOURCE TO SOURCE_HOST='cc1'/);
      });
    });
  }

  it('a CLONE is rehearsed before its data is dropped, and followed from only when it is whole', () => {
    const plan = PLANS['by CLONE'];
    const graph = new StepGraph(plan.steps);
    assert.equal(plan.pointOfNoReturn, 'clone');
    assert.ok(graph.ancestorsOf('clone').has('clone-rehearsal'));
    assert.ok(graph.ancestorsOf('follow').has('clone-complete'));
    assert.match(
      graph.step('clone').act.stdin ?? '',
      /clone_valid_donor_list='cc1:3306'; CLONE INSTANCE FROM 'clone'@'cc1':3306/,
    );
    assert.equal(
      plan.steps.some(({ id }) => id === 'export'),
      false,
      'there is nothing to keep',
    );
  });

  it('transactions of its own are kept before the rehearsal', () => {
    const graph = new StepGraph(PLANS['by CLONE, with transactions of its own'].steps);
    assert.ok(graph.ancestorsOf('clone-rehearsal').has('export'));
    assert.match(graph.step('export').act.script, new RegExp(`set='?${UUID_2}:7`));
  });

  it('of those that its binary logs no longer hold, it says so, and keeps the rest; without a rest nothing', () => {
    const purged = (set: string): NonNullable<Setting['answers']> => ({
      'rejoin-state': `mysqlbinlog=1\npurged=${set}\nfree=900000000\nbinlog=1000000\nend=1\n`,
    });
    const hosts: Setting['hosts'] = (given) =>
      (given.cc2.mysql.gtidExecuted = `${UUID_1}:1-100,${UUID_2}:5-9`);
    const said = (plan: Plan): string =>
      plan.checks.find(({ id }) => id === 'extra-transactions')?.evidence.join('\n') ?? '';
    const part = planOf({ hosts, answers: purged(`${UUID_1}:1-50,${UUID_2}:1-6`) });
    assert.match(said(part), new RegExp(`2 of them are no longer in its binary logs, .*: ${UUID_2}:5-6`));
    assert.match(said(part), /The other 3 are kept in/);
    assert.match(new StepGraph(part.steps).step('export').act.script, new RegExp(`set='?${UUID_2}:7-9`));
    assert.match(part.summary.join('\n'), /3 transactions .* are kept as files .* 2 others are lost/);
    const none = planOf({ hosts, answers: purged(`${UUID_2}:1-9`) });
    assert.match(said(none), /5 of them are no longer in its binary logs/);
    assert.doesNotMatch(said(none) + none.summary.join() + none.confirmation.detail, /kept in|as files/);
    assert.match(none.confirmation.detail, /5 transactions that only cc2 has are lost/);
    assert.equal(new StepGraph(none.steps).has('export'), false);
    assert.deepEqual(planProblems(none), []);
    const phrases = [part, none].map(
      ({ checks }) => checks.find(({ phrase }) => phrase !== undefined)?.phrase,
    );
    assert.deepEqual(phrases, ['give up 5 of cc2', 'give up 5 of cc2']);
  });

  it('they are given up by words that name host and number, and by no others', () => {
    const plan = PLANS['by CLONE, with transactions of its own'];
    for (const said of ['', 'yes', 'give up 1 of cc1', 'give up 2 of cc2']) {
      const { unacknowledged } = planReadiness(plan, { 'extra-transactions': said });
      assert.deepEqual(unacknowledged, ['extra-transactions'], said);
    }
  });
});
