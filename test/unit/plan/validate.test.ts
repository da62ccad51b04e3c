import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import { formatPlan, parsePlan } from '../../../src/core/plan/format';
import type { Plan, Step } from '../../../src/core/plan/plan';
import { planProblems } from '../../../src/core/plan/validate';
import { promotionSketch, sketchPlan } from '../run/world/plans';

const sound = sketchPlan(promotionSketch());

function changed(id: string, change: (step: Step) => Partial<Step>): Plan {
  return {
    ...sound,
    steps: sound.steps.map((step) => (step.id === id ? { ...step, ...change(step) } : step)),
  };
}

function without(step: Step, key: 'undo' | 'verify' | 'noUndo'): Step {
  const { [key]: _, ...rest } = step;
  return rest;
}

/** Every rule, broken once: the plan and what is said about it. */
const BROKEN: readonly (readonly [string, Plan, RegExp])[] = [
  [
    'two steps of one name',
    { ...sound, steps: [...sound.steps, ...sound.steps.slice(0, 1)] },
    /Two steps are called read/,
  ],
  ['a need that is not there', changed('stop', () => ({ needs: ['nothing'] })), /needs nothing/],
  ['a circle', changed('stop', () => ({ needs: ['reset'] })), /circle: stop, close, wait, reset/],
  ['no point of no return', { ...sound, pointOfNoReturn: 'nothing' }, /nothing is not a step/],
  ['an opening of another phase', changed('open', () => ({ phase: 'outage' })), /in phase outage, not open/],
  ['a second opening', changed('vip', () => ({ phase: 'open' })), /vip is in phase open/],
  [
    'a second irreversible step',
    changed('vip', () => ({ danger: 'irreversible' })),
    /vip: exactly the point/,
  ],
  ['an after-step that does not wait', changed('cmon', () => ({ needs: ['reset'] })), /cmon comes after/],
  [
    'a branch that does not join',
    changed('open', () => ({ needs: ['vip', 'reset'] })),
    /does not wait for files/,
  ],
  ['an outage after the opening', changed('cmon', () => ({ phase: 'outage' })), /does not wait for cmon/],
  ['a preparation within the outage', changed('wait', () => ({ phase: 'prepare' })), /wait prepares, but/],
  [
    'no undo',
    { ...sound, steps: sound.steps.map((step) => (step.id === 'vip' ? without(step, 'undo') : step)) },
    /vip changes cc1 and has no undo/,
  ],
  [
    'no verify',
    { ...sound, steps: sound.steps.map((step) => (step.id === 'vip' ? without(step, 'verify') : step)) },
    /vip is dangerous and has no verify/,
  ],
  [
    'an undo after the opening',
    changed('cmon', () => ({ undo: sound.steps.find(({ id }) => id === 'vip')!.undo! })),
    /cmon has an undo/,
  ],
  [
    'a wait that changes something',
    changed('vip', (step) => ({ act: { ...step.act, onlyWaits: true } })),
    /vip only waits, and yet/,
  ],
  ['optional before the opening', changed('vip', () => ({ optional: true })), /vip is optional before/],
  [
    'an input of nobody',
    changed('vip', (step) => ({ act: { ...step.act, inputs: ['other'] } })),
    /vip reads other/,
  ],
  [
    'an input of a step beside it',
    changed('vip', (step) => ({ act: { ...step.act, inputs: ['final_gtid'] } })),
    /vip reads final_gtid/,
  ],
  [
    'a name that shell could mistake',
    changed('close', (step) => ({ act: { ...step.act, outputs: ['PATH'] } })),
    /PATH is no name/,
  ],
  [
    'an undo that requires one of nobody',
    changed('close', (step) => ({ undo: { ...step.undo!, requires: ['read'] } })),
    /undo of close requires that of read, which there is none of/,
  ],
  [
    'undos that wait for each other',
    changed('wait', (step) => ({ undo: { ...step.undo!, requires: ['close'] } })),
    /Undos wait for each other in a circle: close, wait/,
  ],
  ['a leased step elsewhere', changed('vip', () => ({ host: 'prom' })), /lease of prom/],
  ['no time limit', changed('vip', (step) => ({ act: { ...step.act, timeoutMs: 0 } })), /no time limit/],
  [
    'a secret in a script',
    changed('vip', (step) => ({ act: { ...step.act, script: 'x {{secret:repl}}' } })),
    /secret in its script/,
  ],
  ['a secret that is not listed', { ...sound, secrets: [] }, /secret repl, which is not listed/],
  ['no lease', { ...sound, leaseHosts: [] }, /No host holds a lease/],
  ['no token', { ...sound, token: 0 }, /token/],
];

describe('plan graph', () => {
  it('a sound plan has no problem', () => assert.deepEqual(planProblems(sound), []));

  for (const [name, plan, problem] of BROKEN) {
    it(`names ${name}`, () => assert.match(planProblems(plan).join('\n'), problem));
  }

  it('a leased step without an undo is sound when it says why it needs none', () => {
    const plan = {
      ...sound,
      steps: sound.steps.map((step) =>
        step.id === 'files' ? { ...without(step, 'undo'), noUndo: 'a copy' } : step,
      ),
    };
    assert.deepEqual(planProblems(plan), []);
  });

  it('the opening prints in its verify what it prints in its act', () => {
    const plan = changed('open', (step) => ({ act: { ...step.act, outputs: ['opened_at'] } }));
    assert.match(planProblems(plan).join('\n'), /Verify of open does not print opened_at/);
  });
});

describe('plan format', () => {
  it('a plan survives being written and read', () => {
    assert.equal(formatPlan(parsePlan(formatPlan(sound))), formatPlan(sound));
  });

  for (const [name, text] of [
    ['a newer format', JSON.stringify({ ...sound, format: 2 })],
    ['no JSON', '{'],
    ['no plan', '[]'],
    ['an unsound plan', JSON.stringify({ ...sound, pointOfNoReturn: '' })],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => parsePlan(text),
        (error: unknown) => isOperatorError(error) && error.code === 'format-unknown',
      );
    });
  }
});
