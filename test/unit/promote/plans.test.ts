import assert from 'node:assert/strict';
import { formatPlan, parsePlan } from '../../../src/core/plan/format';
import { StepGraph } from '../../../src/core/plan/graph';
import { planOnPaper } from '../../../src/core/plan/paper';
import type { Plan, Step } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { planProblems } from '../../../src/core/plan/validate';
import { planOf, SETTINGS } from './setting';

const plans: readonly (readonly [string, Plan])[] = Object.entries(SETTINGS).map(([name, make]) => [
  name,
  planOf(make()),
]);

/** Everything that is done before it, by any way. */
const before = (plan: Plan, id: string): ReadonlySet<string> => new StepGraph(plan.steps).ancestorsOf(id);

const step = (plan: Plan, id: string): Step => new StepGraph(plan.steps).step(id);

/** Undos that an undo waits for, by any way. */
function requiredBy(plan: Plan, id: string): Set<string> {
  const found = new Set<string>();
  const waiting = [...(step(plan, id).undo?.requires ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(step(plan, next).undo?.requires ?? []));
  }
  return found;
}

function assertBefore(plan: Plan, id: string, earlier: readonly string[]): void {
  const all = before(plan, id);
  assert.deepEqual(
    earlier.filter((one) => !all.has(one)),
    [],
    `${id} does not wait for these`,
  );
}

describe('planned promotion', () => {
  for (const [name, plan] of plans) {
    describe(name, () => {
      it('is sound, ready to start, and the same after it was written and read', () => {
        assert.deepEqual(planProblems(plan), []);
        assert.deepEqual(planReadiness(plan, {}).blocking, []);
        assert.deepEqual(parsePlan(formatPlan(plan)), plan);
      });

      it('nothing of the outage begins before all of the preparation has ended', () => {
        const prepared = plan.steps.filter(({ phase }) => phase === 'prepare').map(({ id }) => id);
        assert.ok(prepared.length >= 5);
        for (const one of plan.steps.filter(({ phase }) => phase === 'outage')) {
          assertBefore(plan, one.id, prepared);
        }
      });

      it('opens when VIP, files and database have joined, and starts cmon behind that', () => {
        assertBefore(plan, 'open', [
          'vip-drop',
          'vip-taken',
          'files-last-pass',
          'database-drain',
          'replication-stop',
        ]);
        assertBefore(plan, 'services-start', ['open', 'vip-taken']);
        assertBefore(plan, 'file-sync-start', ['open', 'replicate-back']);
      });

      it('reads the last position after the services have stopped, and waits for it before the channel is cut', () => {
        assertBefore(plan, 'database-close', ['services-stop']);
        assertBefore(plan, 'replication-stop', ['database-drain', 'database-close']);
        assertBefore(plan, 'files-last-pass', ['services-stop', 'file-sync-stop']);
      });

      it('acts on the right host', () => {
        const onSource = ['services-stop', 'database-close', 'vip-drop', 'files-last-pass', 'replicate-back'];
        const onTarget = [
          'database-drain',
          'replication-stop',
          'vip-taken',
          'open',
          'services-start',
          'file-sync-start',
        ];
        for (const id of onSource) assert.equal(step(plan, id).host, 'cc1', id);
        for (const id of onTarget) assert.equal(step(plan, id).host, 'cc2', id);
      });

      it('can be printed: every step with its number, host and commands', () => {
        const paper = planOnPaper(plan);
        for (const [index, { title, host, shown }] of plan.steps.entries()) {
          assert.ok(paper.includes(`#### ${index + 1}. ${title} (on ${host})`), title);
          for (const line of shown) assert.ok(paper.includes(line), line);
        }
      });
    });
  }

  for (const [name, plan] of plans.filter(([, { bringHelper }]) => !bringHelper)) {
    describe(`${name}: records`, () => {
      const witness = name === 'hardened';

      it('the old one first, then the new one; the opening waits for all of them', () => {
        assertBefore(plan, 'role-old', ['database-drain', 'epoch-pending-cc1', 'epoch-pending-cc2']);
        assertBefore(plan, 'role-new', ['role-old']);
        assertBefore(plan, 'open', ['role-new', ...(witness ? ['epoch-commit'] : [])]);
        assert.equal(new StepGraph(plan.steps).has('epoch-commit'), witness);
      });

      if (witness) {
        it('the witness commits behind the old record: a guard gives way to a newer epoch at once', () =>
          assertBefore(plan, 'epoch-commit', ['role-old', 'epoch-pending-witness']));
      }

      it('what makes the old primary one again waits until the new record was taken back', () => {
        for (const id of [
          'database-close',
          'vip-drop',
          'role-old',
          'services-stop',
          ...(witness ? ['epoch-commit'] : []),
        ]) {
          assert.ok(requiredBy(plan, id).has('role-new'), id);
        }
      });

      it('no epoch is used twice: the undo has one of its own', () => {
        const act = step(plan, 'role-new').act.script;
        const undo = step(plan, 'role-new').undo?.script.script ?? '';
        const epoch = (text: string): number => Number(/role write (\d+)/.exec(text)?.[1]);
        assert.equal(epoch(act), 2);
        assert.equal(epoch(undo), 3);
      });

      it('eligible first, then the old flag is dropped', () => assertBefore(plan, 'vip-drop', ['vip-give']));
    });
  }

  describe('documented hosts', () => {
    const plan = planOf(SETTINGS['documented']!());

    it('bring the helper with settings for each controller, and write no records', () => {
      assert.equal(plan.bringHelper, true);
      assert.deepEqual(Object.keys(plan.helperSettings).sort(), ['cc1', 'cc2']);
      assert.deepEqual(
        plan.steps.filter(({ id }) => /role|epoch|pending/.test(id)),
        [],
      );
    });

    it('files and transactions are over before the address moves', () =>
      assertBefore(plan, 'vip-drop', ['files-last-pass', 'database-drain', 'keepalived-ready']));

    it('keepalived of the old primary comes back only where nopreempt leaves the address alone', () => {
      assert.ok(plan.steps.some(({ id }) => id === 'keepalived-returns'));
      const given = SETTINGS['documented']!();
      given.cc1.keepalived.config = given.cc1.keepalived.config?.replace('nopreempt', '');
      assert.equal(
        planOf(given).steps.some(({ id }) => id === 'keepalived-returns'),
        false,
      );
    });
  });

  it('the way back is planned by the same rules', () => {
    const plan = planOf({ ...SETTINGS['hardened']!(), target: 'cc1' });
    assert.deepEqual(planProblems(plan), []);
    assert.ok(planReadiness(plan, {}).blocking.includes('inventory-valid'));
  });

  it('the last pass of the files gives up on a dead standby sooner than the first one: users wait for its undo', () => {
    for (const make of Object.values(SETTINGS)) {
      const plan = planOf(make());
      const silence = (id: string): number => Number(/--timeout=(\d+)/.exec(step(plan, id).act.script)?.[1]);
      assert.ok(silence('files-last-pass') < silence('files-first-pass'));
      assert.ok(silence('files-last-pass') * 1_000 < step(plan, 'files-last-pass').act.timeoutMs);
    }
  });

  it('goes the way that lsyncd goes: its login, by sudo where that is another than root', () => {
    const files = (login: string | undefined): string => {
      const given = SETTINGS['hardened']!();
      given.cc1.lsyncd = { ...given.cc1.lsyncd, login };
      return step(planOf(given), 'files-last-pass').act.script;
    };
    assert.match(files(undefined), /"\$@" cc2:\//);
    assert.match(files('root'), /"\$@" root@cc2:\//);
    assert.doesNotMatch(files('root'), /rsync-path/);
    assert.match(files('sync'), /--rsync-path='sudo -n rsync' .*"\$@" sync@cc2:\//);
  });
});
