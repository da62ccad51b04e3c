import assert from 'node:assert/strict';
import { Operations, type OperationsDeps } from '../../../src/compose/operations';
import { OperationController } from '../../../src/compose/runController';
import { OperatorError } from '../../../src/core/errors';
import type { Site } from '../../../src/core/inventory/site';
import type { SiteObservation } from '../../../src/core/observe/host';
import { Intents, type Surroundings } from '../../../src/ui/runbook/intents';
import { AT_MS, exampleSite, observed } from '../observation';
import { VirtualClock } from '../run/world/virtualClock';

const LATER_MS = 60_000;
const site = exampleSite() as Site;

/** The engine behind the page, on a site that is as the test says. Whoever looks at it is heard by all who wait. */
function standing() {
  const listeners = new Set<(observation: SiteObservation) => void>();
  let now = observed();
  const look = (seen: SiteObservation, afterMs = LATER_MS): void => {
    now = { ...seen, atMs: AT_MS + afterMs };
    for (const listener of listeners) listener(now);
  };
  const away = new OperatorError({ code: 'host-unreachable', what: 'away', host: '', state: '', next: '' });
  const connections = { of: () => ({ sessions: { get: () => Promise.reject(away) } }) };
  const deps = {
    sites: {
      observation: () => Promise.resolve(now),
      compareFiles: () => Promise.resolve([]),
      onObservation: (listener: (observation: SiteObservation) => void) => {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    },
    connections,
    journal: { list: () => Promise.resolve([]) },
    secrets: { get: () => Promise.resolve('secret') },
    clock: Object.assign(new VirtualClock(), { nowMs: () => AT_MS + 1 }),
    operator: 'ann@desk',
  } as unknown as OperationsDeps;
  return { operations: new Operations(deps), look, listeners };
}

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
