import assert from 'node:assert/strict';
import { planOnPaper } from '../../../src/core/plan/paper';
import { healthyPlan, unknownPlan } from '../../workbench/runbook/plan';

describe('the runbook on paper', () => {
  const plan = healthyPlan(1_700_000_000_000);
  const paper = planOnPaper(plan);

  it('has every step with its host and every command of it, in order', () => {
    let at = 0;
    plan.steps.forEach((step, index) => {
      at = paper.indexOf(`#### ${index + 1}. ${step.title} (on ${step.host})`, at);
      assert.ok(at >= 0, step.id);
      for (const line of step.shown) assert.ok(paper.indexOf(line, at) > 0, line);
    });
  });

  it('draws the point of no return before its step', () => {
    const line = paper.indexOf('**Point of no return.**');
    const index = plan.steps.findIndex((step) => step.id === plan.pointOfNoReturn);
    assert.ok(line > paper.indexOf(`#### ${index}. `));
    assert.ok(line < paper.indexOf(`#### ${index + 1}. `));
  });

  it('gives each host its own list', () => {
    for (const host of new Set(plan.steps.map((step) => step.host))) {
      assert.match(paper, new RegExp(`^- \\*\\*${host}\\*\\*: \\d+ `, 'm'));
    }
  });

  it('calls an unknown check unknown', () => {
    assert.match(planOnPaper(unknownPlan(0)), /\(`heartbeat`\): unknown, blocks/);
  });

  it('keeps commands in one block that hold a fence of their own', () => {
    const [first] = plan.steps;
    assert.ok(first);
    const tricky = { ...plan, steps: [{ ...first, shown: ['cat <<EOF', '```', 'EOF'] }] };
    assert.ok(planOnPaper(tricky).includes('````sh\ncat <<EOF\n```\nEOF\n````'));
  });
});
