import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { OperationController } from '../../../src/compose/runController';
import type { Site } from '../../../src/core/inventory/site';
import { addressesOf } from '../../../src/core/operate/addressesOf';
import type { StartOptions } from '../../../src/core/run/start';
import { Intents, type Surroundings } from '../../../src/ui/runbook/intents';
import { exampleSite, observed } from '../observation';
import { LATER_MS, standing } from './standing';

const site = exampleSite() as Site;

const opened = observed(({ cc2 }) => Object.assign(cc2.mysql, { superReadOnly: false }));

async function waiting(inventory?: { now: Site | undefined }) {
  const stand = standing(inventory === undefined ? {} : { siteNow: () => Promise.resolve(inventory.now) });
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

  it('is out of date where the inventory says otherwise now, fits again when that is taken back, and is planned by the new one', async () => {
    const inventory = { now: site };
    const { controller, look } = await waiting(inventory);
    const saved = exampleSite('    sync: { directories: [/etc/cmon.d/] }\n') as Site;
    const seenBy = async (now: Site, atMs: number): Promise<string> => {
      inventory.now = now;
      look(observed(), atMs);
      await setImmediate();
      return controller.outdated();
    };
    assert.equal(await seenBy(site, LATER_MS), '');
    assert.equal(await seenBy(saved, LATER_MS * 2), 'the inventory says otherwise about dc1 now (sync).');
    assert.equal(await seenBy({ ...site, file: 'moved.yaml' }, LATER_MS * 3), '');
    assert.match(await seenBy(saved, LATER_MS * 4), /inventory/);
    await controller.planAgain();
    assert.equal(controller.outdated(), '');
    assert.equal(await seenBy(saved, LATER_MS * 5), '');
    const moved = exampleSite() as Site;
    inventory.now = { ...moved, hosts: moved.hosts.map((host) => ({ ...host, address: '10.9.9.9' })) };
    await controller.planAgain();
    assert.deepEqual(controller.plan().siteAddresses, addressesOf(inventory.now));
  });

  it('a site that the inventory has no more, for now, changes nothing of it', async () => {
    const inventory: { now: Site | undefined } = { now: site };
    const { controller, look } = await waiting(inventory);
    inventory.now = undefined;
    look(observed());
    await setImmediate();
    assert.equal(controller.outdated(), '');
  });

  it('is refused at its start, too, where nobody has looked at the hosts since the inventory was saved', async () => {
    const inventory = { now: site };
    const { controller, operations } = await waiting(inventory);
    const rechecked = async (): Promise<StartOptions | undefined> => {
      let given: StartOptions | undefined;
      const start = (_: unknown, options: StartOptions): Promise<unknown> => {
        given = options;
        return Promise.resolve({ runId: controller.plan().id });
      };
      Object.assign(operations, {
        newRun: () => ({
          onSnapshot: () => ({ dispose: () => undefined }),
          snapshot: () => undefined,
          start,
        }),
      });
      await controller.start({});
      return given;
    };
    assert.equal((await (await rechecked())?.recheck())?.digest, controller.plan().digest);
    inventory.now = exampleSite('    sync: { directories: [/etc/cmon.d/] }\n') as Site;
    const { digest, difference } = (await (await rechecked())?.recheck()) ?? {};
    assert.notEqual(digest, controller.plan().digest);
    assert.deepEqual(difference, ['the inventory says otherwise about dc1 now (sync)']);
  });
});

describe('a run that is resumed on its page', () => {
  it('goes by the inventory as it is now, as long as the hosts are the same', async () => {
    const inventory = { now: site };
    const { controller, operations } = await waiting(inventory);
    const used: Site[] = [];
    const newRun = (one: Site): unknown => {
      used.push(one);
      const resume = (): Promise<unknown> => Promise.resolve({ runId: controller.plan().id });
      return { onSnapshot: () => ({ dispose: () => undefined }), snapshot: () => undefined, resume };
    };
    Object.assign(operations, { newRun });
    const [first, ...others] = site.hosts;
    assert.ok(first);
    const otherUser = { ...site, hosts: [{ ...first, ssh: { ...first.ssh, user: 'ops' } }, ...others] };
    inventory.now = otherUser;
    await controller.resume('finish');
    inventory.now = { ...site, hosts: [{ ...first, address: '10.9.9.9' }, ...others] };
    await controller.resume('finish');
    assert.deepEqual(used, [otherUser, otherUser]);
  });
});
