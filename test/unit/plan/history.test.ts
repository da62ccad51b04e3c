import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from '../../../src/core/plan/plan';
import { CHECKS } from '../../../src/core/schemes/replication/checks/table';
import { UUID_1, UUID_2 } from '../observation';
import { emergency, halfWay, planOf as failoverPlan } from '../failover/setting';
import { planOf as promotionPlan, setting } from '../promote/setting';
import { planOf as rejoinPlan } from '../rejoin/setting';

const PLANS: Readonly<Record<string, () => Plan>> = {
  promotion: () => promotionPlan(setting('hardened')),
  'promotion of documented hosts': () => promotionPlan(setting('documented')),
  failover: () => failoverPlan(emergency()),
  'half-way failover': () => failoverPlan(emergency('hardened', halfWay)),
  'failover on documented hosts': () => failoverPlan(emergency('documented')),
  'rejoin by auto position': () => rejoinPlan(),
  'rejoin by CLONE': () =>
    rejoinPlan({ hosts: ({ cc2 }) => (cc2.mysql.gtidExecuted = `${UUID_1}:1-100,${UUID_2}:1-12`) }),
};

describe('the history of a server', () => {
  for (const [name, make] of Object.entries(PLANS)) {
    it(`is never reset: ${name} (decision 29)`, () => {
      const { steps, checks } = make();
      assert.ok(steps.length > 0);
      assert.doesNotMatch(JSON.stringify({ steps, checks }), /RESET (BINARY LOGS|MASTER)/i);
    });
  }
});

describe('README', () => {
  it('counts the checks of a promotion', () => {
    const readme = readFileSync(path.join(__dirname, '../../../README.md'), 'utf8');
    assert.equal(/the evidence of (\d+) checks/.exec(readme)?.[1], String(CHECKS.length));
  });
});
