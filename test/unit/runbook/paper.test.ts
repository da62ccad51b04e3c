import assert from 'node:assert/strict';
import { planOnPaper } from '../../../src/core/plan/paper';
import { phasesOf } from '../../../src/core/plan/phases';
import { healthyPlan, unknownPlan } from '../../workbench/runbook/plan';
import { emergency, halfWay, planOf as failoverPlan } from '../failover/setting';
import { planOf as rejoinPlan } from '../rejoin/setting';

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

  it('says of each operation what users notice, as the page does', () => {
    const plans = [
      plan,
      failoverPlan(emergency()),
      failoverPlan(emergency('hardened', halfWay)),
      rejoinPlan(),
    ];
    const texts = plans.map(planOnPaper);
    for (const [index, one] of plans.entries()) {
      const used = phasesOf(one).filter(({ phase }) => one.steps.some((step) => step.phase === phase));
      assert.ok(used.length >= 3);
      for (const { title, meaning } of used)
        assert.ok(texts[index]?.includes(`### ${title}\n\n${meaning}`), meaning);
    }
    const [planned, dead, half, rejoin] = texts;
    assert.match(planned ?? '', /Nothing changes for users yet/);
    for (const text of [dead, half, rejoin]) assert.doesNotMatch(text ?? '', /Nothing changes for users/i);
    for (const text of [dead, half]) assert.match(text ?? '', /Users are cut off already/);
    assert.match(rejoin ?? '', /Users notice nothing: the primary serves them/);
  });

  it('keeps commands in one block that hold a fence of their own', () => {
    const [first] = plan.steps;
    assert.ok(first);
    const tricky = { ...plan, steps: [{ ...first, shown: ['cat <<EOF', '```', 'EOF'] }] };
    assert.ok(planOnPaper(tricky).includes('````sh\ncat <<EOF\n```\nEOF\n````'));
  });
});
