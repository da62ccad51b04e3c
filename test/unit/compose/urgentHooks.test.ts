import assert from 'node:assert/strict';
import type { Site } from '../../../src/core/inventory/site';
import { readHooks } from '../../../src/core/operate/readHooks';
import { exampleSite } from '../observation';
import { standing } from './standing';

const site = exampleSite() as Site;
const BROKEN = { befor: [] };

describe("an operator's hooks that can't be read", () => {
  const { operations } = standing({ hooks: async () => readHooks(BROKEN, 'hooks.json') });

  it('keep a promotion from being planned, with the place of the mistake', async () => {
    await assert.rejects(operations.plan(site, 'promote', 'cc2', 'planned'), /hooks\.json.*"befor"/);
  });

  it('do not keep a host from being closed; the plan says that they are left out', async () => {
    const plan = await operations.plan(site, 'close', 'cc1', 'planned');
    assert.match(plan.afterwards ?? '', /Your hooks were left out\..*hooks\.json.*"befor"/);
    assert.deepEqual(
      plan.steps.filter(({ id }) => id.startsWith('hook')),
      [],
    );
  });
});
