import assert from 'node:assert/strict';
import { planProblems } from '../../../src/core/plan/validate';
import { StepGraph } from '../../../src/core/plan/graph';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { Plan } from '../../../src/core/plan/plan';
import { passwordsQuestion } from '../../../src/core/schemes/replication/rotate/context';
import { rotate } from '../../../src/core/schemes/replication/rotate/operation';
import type { QuestionAnswer } from '../../../src/core/schemes/scheme';
import { exampleSite, observed } from '../observation';

const SECRETS = ['dc1-repl', 'dc1-repl.next', 'dc1-clone', 'dc1-clone.next'];

function planOf(target = 'all', passwords = '0', secrets = SECRETS): Plan {
  const site = exampleSite();
  const answer = (stdout: string): QuestionAnswer => ({ answered: true, exitCode: 0, stdout, stderr: '' });
  return rotate.plan(
    {
      ...{ site, target, mode: 'planned', observation: observed(), secretsAvailable: secrets },
      ...{ id: 'dc1-rotate-1', operator: 'ann', nowMs: 1, unfinishedRuns: [] },
    },
    {
      [passwordsQuestion('replication')]: answer(passwords),
      [passwordsQuestion('clone')]: answer(passwords),
    },
  );
}

const blocking = (plan: Plan): readonly string[] => planReadiness(plan, {}).blocking;

describe('plan of a rotation', () => {
  const plan = planOf();
  const graph = new StepGraph(plan.steps);

  it('is sound and ready', () => {
    assert.deepEqual(planProblems(plan), []);
    assert.deepEqual(blocking(plan), []);
  });

  it('drops an old password only after each new one was tried and used', () => {
    const before = graph.ancestorsOf('discard');
    for (const id of ['try-replication', 'try-clone', 'channel']) assert.ok(before.has(id), id);
  });

  it('of one account leaves the other alone', () => {
    const ids = planOf('clone').steps.map(({ id }) => id);
    assert.deepEqual(ids, ['add-clone', 'try-clone', 'discard', 'look']);
  });

  it('looks before it adds: a second try would retain the new password as the old one', () => {
    assert.match(graph.step('add-clone').act.script, /additional_password[^]*exit 0; mysql/);
  });

  it('is blocked by a second password, a missing account and a value that nobody has', () => {
    assert.deepEqual(blocking(planOf('all', '1')), ['one-password']);
    assert.deepEqual(blocking(planOf('all', '')), ['one-password']);
    assert.deepEqual(blocking(planOf('all', '0', SECRETS.slice(0, 2))), ['secrets']);
  });
});
