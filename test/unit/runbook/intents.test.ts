import assert from 'node:assert/strict';
import type { Plan } from '../../../src/core/plan/plan';
import type { PageIntent } from '../../../src/shared/protocol';
import { Intents, type Surroundings } from '../../../src/ui/runbook/intents';
import { healthyPlan, withChecks } from '../../workbench/runbook/plan';
import { ScriptedController, type Script } from '../../workbench/runbook/scriptedController';
import { snapshotAt } from '../../workbench/runbook/snapshots';

const plan = healthyPlan(1_700_000_000_000);
const needsReason = withChecks(plan, { snat: { level: 'acknowledge', outcome: 'fired' } });

/** The answering side with an operator behind the modal. */
function intentsOf(
  shown: Plan,
  options: { script?: Script; confirm?: (controller: ScriptedController) => boolean } = {},
) {
  const log: string[] = [];
  const controller = new ScriptedController(shown, {
    start: () => void log.push('start'),
    abort: () => void log.push('abort'),
    ...options.script,
  });
  const around: Surroundings = {
    confirmTakeOver: () => Promise.resolve(true),
    confirm: async () => {
      log.push('asked');
      return options.confirm?.(controller) ?? true;
    },
    copy: async (text) => void log.push(`copied ${text}`),
    save: async (name, text) => {
      log.push(`saved ${name}: ${text.split('\n')[0]}`);
      return true;
    },
    showLog: () => void log.push('log'),
    onPaper: ({ title }) => `# ${title} on paper`,
  };
  const intents = new Intents(
    controller,
    around,
    (all) => void log.push(all ? 'told all' : 'told'),
    ({ moment, moments, said }) => void log.push(`moment ${moment} of ${moments}: ${said}`),
  );
  return { intents, controller, log };
}

async function reasonOf(intents: Intents, intent: PageIntent): Promise<string> {
  const answer = await intents.answer(intent);
  return answer.type === 'refused' ? answer.reason : answer.type;
}

describe('what the page may wish for', () => {
  it('starts only after the native question', async () => {
    const { intents, log } = intentsOf(plan);
    assert.equal(await reasonOf(intents, { type: 'confirm' }), 'accepted');
    assert.deepEqual(log, ['asked', 'start']);
  });

  it('starts nothing when the question is declined', async () => {
    const { intents, log } = intentsOf(plan, { confirm: () => false });
    assert.equal(await reasonOf(intents, { type: 'confirm' }), 'cancelled');
    assert.deepEqual(log, ['asked']);
  });

  it('does not even ask while a check blocks, an unknown one too', async () => {
    for (const outcome of ['fired', 'unknown'] as const) {
      const { intents, log } = intentsOf(withChecks(plan, { lag: { outcome } }));
      assert.equal(await reasonOf(intents, { type: 'confirm' }), 'Blocked by lag.');
      assert.deepEqual(log, []);
    }
  });

  it('starts nothing when the site changed while the question stood', async () => {
    const { intents, log } = intentsOf(plan, {
      confirm: (controller) => {
        controller.show({ difference: 'cc2 is writable.' });
        return true;
      },
    });
    assert.equal(await reasonOf(intents, { type: 'confirm' }), 'The site has changed: cc2 is writable.');
    assert.deepEqual(log, ['asked']);
  });

  it('starts nothing when another plan took its place while the question stood', async () => {
    const { intents, log } = intentsOf(plan, {
      confirm: (controller) => {
        controller.show({ current: { ...plan, id: 'another' } });
        return true;
      },
    });
    assert.match(await reasonOf(intents, { type: 'confirm' }), /was replaced/);
    assert.deepEqual(log, ['asked']);
  });

  it('starts, resumes and plans nothing where hosts may not be contacted, and says why', async () => {
    const { intents, controller, log } = intentsOf(plan, {
      script: { resume: () => void log.push('resume'), planAgain: () => void log.push('planned') },
    });
    controller.show({ hostsClosed: { reason: 'not trusted', next: 'trust it' } });
    const wishes: readonly PageIntent[] = [
      { type: 'confirm' },
      { type: 'retry', intent: 'finish' },
      { type: 'retry', intent: 'undo' },
      { type: 'planAgain' },
    ];
    for (const wish of wishes) {
      assert.deepEqual(await intents.answer(wish), {
        type: 'refused',
        reason: 'not trusted',
        next: 'trust it',
      });
    }
    assert.deepEqual(log, []);
    controller.show({ hostsClosed: undefined });
    assert.equal(await reasonOf(intents, { type: 'retry', intent: 'undo' }), 'accepted');
    assert.deepEqual(log, ['resume']);
  });

  it('never starts a second time', async () => {
    const { intents, controller, log } = intentsOf(plan);
    controller.show({ run: snapshotAt(plan, 0, {}) });
    assert.equal(await reasonOf(intents, { type: 'confirm' }), 'This plan was started already.');
    assert.deepEqual(log, []);
  });

  it('wants a reason that is more than white space, and hands it to the run', async () => {
    const { intents, controller } = intentsOf(needsReason);
    const missing = 'A reason is missing for snat.';
    assert.equal(await reasonOf(intents, { type: 'confirm' }), missing);
    await intents.answer({ type: 'acknowledge', check: 'snat', reason: ' \n ' });
    assert.equal(await reasonOf(intents, { type: 'confirm' }), missing);
    await intents.answer({ type: 'acknowledge', check: 'snat', reason: ' window 4711 ' });
    assert.equal(await reasonOf(intents, { type: 'confirm' }), 'accepted');
    assert.deepEqual(controller.reasons, { snat: 'window 4711' });
  });

  it('acknowledges nothing that did not fire or can only block', async () => {
    const { intents } = intentsOf(withChecks(needsReason, { lag: { outcome: 'fired' } }));
    for (const check of ['lag', 'errant', 'no-such-check']) {
      const reason = await reasonOf(intents, { type: 'acknowledge', check, reason: 'because' });
      assert.equal(reason, `There is nothing to acknowledge for ${check}.`);
    }
    assert.deepEqual(intents.acknowledged(), {});
  });

  it('forgets reasons with the plan that they were typed for', async () => {
    const { intents, controller } = intentsOf(needsReason);
    await intents.answer({ type: 'acknowledge', check: 'snat', reason: 'window 4711' });
    controller.show({ current: { ...needsReason, id: 'another' } });
    assert.deepEqual(intents.acknowledged(), {});
  });

  it('copies by step and part, never a text from the page', async () => {
    const { intents, log } = intentsOf(plan);
    const first = plan.steps[0];
    await intents.answer({ type: 'copy', step: first?.id ?? '', part: 'commands' });
    assert.deepEqual(log, [`copied ${first?.shown.join('\n')}`]);
    assert.match(await reasonOf(intents, { type: 'copy', step: 'rm', part: 'commands' }), /no step rm/);
  });

  it('refuses what it does not know', async () => {
    const { intents, log } = intentsOf(plan);
    const foreign = { type: 'runCommand', command: 'rm -rf /' } as unknown as PageIntent;
    assert.match(await reasonOf(intents, foreign), /does not know/);
    assert.deepEqual(log, []);
  });

  it('names files after site, operation and plan', async () => {
    const { intents, log } = intentsOf({ ...plan, site: 'dc/1 ä' });
    await intents.answer({ type: 'exportPlan' });
    await intents.answer({ type: 'saveReport' });
    assert.deepEqual(log, [
      `saved dc-1-promote-page-test-1-runbook.md: # ${plan.title} on paper`,
      `saved dc-1-promote-page-test-1-report.md: # ${plan.title}`,
    ]);
  });
});
