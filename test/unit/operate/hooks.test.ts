import assert from 'node:assert/strict';
import { readHooks } from '../../../src/core/operate/readHooks';
import { powerOff, shownArgv } from '../../../src/core/operate/hooks';
import { withHooks } from '../../../src/core/operate/hookSteps';
import { planProblems } from '../../../src/core/plan/validate';
import { promotionSketch, sketchPlan } from '../run/world/plans';

const around = {
  ...{ site: 'dc1', operation: 'promote', mode: 'planned', target: 'cc2', plan: 'plan-1' },
  operator: 'ann@desk',
};

const refused = (value: unknown, what: RegExp): void => {
  assert.throws(
    () => readHooks(value, 'hooks.json'),
    (error: unknown) => error instanceof Error && what.test(error.message),
  );
};

describe("reading the operator's own commands", () => {
  it('nothing configured is no hook', () => {
    assert.deepEqual(readHooks(undefined, 'x'), { before: [], after: [], power: undefined });
  });

  it('fills in a name and a time limit', () => {
    const { before, power } = readHooks(
      { before: [{ argv: ['/usr/bin/silence', '2h'] }], power: { argv: ['ipmi'], timeoutSeconds: 0.5 } },
      'x',
    );
    assert.deepEqual(before, [{ name: 'Run silence', argv: ['/usr/bin/silence', '2h'], timeoutMs: 60_000 }]);
    assert.deepEqual(power, { argv: ['ipmi'], timeoutMs: 500 });
  });

  it('names what it does not know: a typing mistake must not leave a hook out', () => {
    refused({ befor: [] }, /there is no "befor"/);
    refused({ before: [{ argv: ['a'], timeout: 3 }] }, /before\[0\]: there is no "timeout"/);
  });

  it('refuses a text in the place of arguments: it would need a shell', () => {
    refused({ before: [{ argv: 'silence 2h' }] }, /before\[0\]\.argv: it is no list/);
    refused({ after: [{ argv: [] }] }, /after\[0\]\.argv/);
    refused({ power: { argv: [''] } }, /power\.argv\[0\]/);
    refused({ before: [{ argv: ['a'], timeoutSeconds: 0 }] }, /seconds/);
    refused({ after: [{ argv: ['a'], undo: ['b'] }] }, /only a hook before can be undone/);
  });
});

describe("the operator's own commands in a plan", () => {
  const hooks = readHooks(
    {
      before: [{ argv: ['one'], undo: ['un-one'] }, { argv: ['two'] }],
      after: [{ argv: ['three', 'with blank'] }, { argv: ['never'], operations: ['rejoin'] }],
    },
    'x',
  );
  const plan = withHooks(sketchPlan(promotionSketch()), hooks, around);
  const step = (id: string) => plan.steps.find((one) => one.id === id);

  it('is a sound plan, with every hook shown and only those that are meant', () => {
    assert.deepEqual(planProblems(plan), []);
    assert.deepEqual(step('hook-after-1')?.shown, ["three 'with blank'"]);
    assert.equal(step('hook-after-2'), undefined);
  });

  it('nothing begins before them, and what comes after waits for everything', () => {
    assert.deepEqual(step('read')?.needs, ['hook-before-2']);
    assert.deepEqual(step('hook-before-2')?.needs, ['hook-before-1']);
    const after = plan.steps.filter(({ phase, id }) => phase === 'after' && id !== 'hook-after-1');
    for (const { id } of after) assert.ok(step('hook-after-1')?.needs.includes(id), id);
  });

  it('tells each what it is about', () => {
    const { environment } = step('hook-before-1')?.undo?.script.local ?? {};
    assert.deepEqual(environment, {
      ...{ CCHA_WHEN: 'undo', CCHA_SITE: 'dc1', CCHA_OPERATION: 'promote', CCHA_MODE: 'planned' },
      ...{ CCHA_TARGET: 'cc2', CCHA_PLAN: 'plan-1', CCHA_OPERATOR: 'ann@desk' },
    });
  });

  it('the power hook switches a host off, and is asked whether it is off', () => {
    const { act, verify, shown } = powerOff(
      { argv: ['ipmi', 'cc'], timeoutMs: 9_000 },
      { name: 'cc1', address: '192.0.2.1' },
      around,
    );
    assert.equal(act.local?.environment['CCHA_WHEN'], 'power-off');
    assert.equal(verify.local?.environment['CCHA_WHEN'], 'power-status');
    assert.equal(verify.local?.environment['CCHA_HOST'], 'cc1');
    assert.deepEqual(shown, ['CCHA_WHEN=power-off CCHA_HOST=cc1 ipmi cc']);
  });

  it('shows arguments as they are', () => {
    assert.equal(shownArgv(['a', "it's", '']), "a 'it'\\''s' ''");
  });
});
