import assert from 'node:assert/strict';
import { OperationController } from '../../../src/compose/runController';
import type { Site } from '../../../src/core/inventory/site';
import { Intents, type Surroundings } from '../../../src/ui/runbook/intents';
import { exampleSite, observed } from '../observation';
import { LATER_MS, standing } from './standing';

const site = exampleSite() as Site;

const opened = observed(({ cc2 }) => Object.assign(cc2.mysql, { superReadOnly: false }));

async function waiting() {
  const stand = standing();
  const controller = await OperationController.planned(stand.operations, site, 'promote', {
    target: 'cc2',
    mode: 'planned',
  });
  let told = 0;
  controller.onDidChange(() => (told += 1));
  return { ...stand, controller, told: () => told };
}

describe('a plan that waits on its page', () => {
  it('is out of date as soon as somebody sees the site changed, and says what; a start is refused', async () => {
    const { controller, look, told } = await waiting();
    assert.equal(controller.outdated(), '');
    look(opened);
    assert.equal(controller.outdated(), 'cc2.read_only was true and is false now.');
    assert.equal(told(), 1);
    const intents = new Intents(
      controller,
      {} as Surroundings,
      () => undefined,
      () => undefined,
    );
    const answer = await intents.answer({ type: 'confirm' });
    assert.equal(answer.type, 'refused');
    assert.match(JSON.stringify(answer), /cc2\.read_only was true and is false now.*Plan again/);
  });

  it('fits again when what has changed is as it was', async () => {
    const { controller, look, told } = await waiting();
    look(opened);
    look(observed());
    assert.equal(controller.outdated(), '');
    assert.equal(told(), 2);
    look(observed());
    assert.equal(told(), 2, 'nothing new, nothing said');
  });

  it('is planned anew by Plan Again, of the site as it is now', async () => {
    const { controller, look } = await waiting();
    look(opened);
    await controller.planAgain();
    assert.equal(controller.outdated(), '');
    look(opened, LATER_MS * 2);
    assert.equal(controller.outdated(), '');
    look(observed(), LATER_MS * 3);
    assert.equal(controller.outdated(), 'cc2.read_only was false and is true now.');
  });

  it('is not judged by what was seen before it was made, nor by another site', async () => {
    const { controller, look } = await waiting();
    look(opened, -LATER_MS);
    look({ ...opened, site: 'elsewhere' });
    assert.equal(controller.outdated(), '');
  });

  it('names a host that went away by its first facts, and listens no more once its page is closed', async () => {
    const { controller, look, listeners } = await waiting();
    const { cc1: _, ...others } = observed().hosts;
    look({ ...observed(), hosts: others });
    assert.match(controller.outdated(), /cc1.*and \d+ more\.$/);
    controller.dispose();
    assert.equal(listeners.size, 0);
  });
});
