import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/adapters/clock';
import type { Drills } from '../../../src/compose/drills';
import { Launcher } from '../../../src/compose/launcher';
import { LiveSites } from '../../../src/compose/liveSites';
import { Operations, type OperationsDeps } from '../../../src/compose/operations';
import { SiteConnections } from '../../../src/compose/siteConnections';
import { isOperatorError } from '../../../src/core/errors';
import { parseInventory } from '../../../src/core/inventory/parse';
import type { Site } from '../../../src/core/inventory/site';
import type { HostAccess } from '../../../src/core/operate/hostAccess';
import { Intents, type Surroundings } from '../../../src/ui/runbook/intents';
import { healthyPlan } from '../../workbench/runbook/plan';
import { journalUpTo } from '../../workbench/runbook/snapshots';
import { type Listener, listenAt, movedTo } from '../listener';
import { exampleInventory } from '../observation';

const RUN = 'run-1';
const NOT_TRUSTED = { reason: 'The folder is not trusted.', next: 'Trust it.' };
/** Left behind by a crash, with much to undo. */
const LEFT = journalUpTo(healthyPlan(1_700_000_000_000), 0, { upTo: 'open' }).map((line) =>
  JSON.stringify(line),
);

describe('a folder that is not trusted', () => {
  let folder: string;
  let cc1: Listener;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'access-'));
    writeFileSync(join(folder, 'ssh_config'), '');
    cc1 = await listenAt('127.0.0.201');
  });
  after(async () => {
    await cc1.close();
    rmSync(folder, { recursive: true });
  });

  /** The engine behind the editor with real connections, over hosts of which cc1 listens. */
  function engine(trusted: boolean) {
    const [site] = parseInventory('clustercontrol.yaml', movedTo(cc1, exampleInventory())).sites;
    if (site === undefined) throw new Error('the inventory has no usable site');
    const state = { trusted };
    const changed = new Set<() => void>();
    const access: HostAccess = {
      closed: () => (state.trusted ? undefined : NOT_TRUSTED),
      onDidChange: (listener) => {
        changed.add(listener);
        return { dispose: () => void changed.delete(listener) };
      },
    };
    const warnings: string[] = [];
    const quiet = { debug: () => undefined, info: () => undefined, error: () => undefined };
    const log = { ...quiet, warn: (message: string) => void warnings.push(message) };
    const secrets = { get: () => Promise.resolve('secret') };
    const options = { secrets, log, clock: systemClock, sshConfigFile: join(folder, 'ssh_config') };
    const connections = new SiteConnections(() => options, access);
    const sites = new LiveSites(connections, systemClock);
    const written: string[] = [];
    const journal = {
      list: () => Promise.resolve([RUN]),
      read: () => Promise.resolve(LEFT),
      append: (_run: string, line: string) => Promise.resolve(void written.push(line)),
    };
    const operations = new Operations({
      ...{ sites, connections, journal, ...options, operator: 'ann@desk', instance: 'test' },
    } as unknown as OperationsDeps);
    const wanted: string[] = [];
    const parts = {
      ensureSecrets: (names: readonly string[]) => Promise.resolve(wanted.push(...names) > 0),
      siteNamed: () => Promise.resolve(site as Site),
      show: () => undefined,
      begun: () => undefined,
      ended: () => undefined,
      log,
    };
    const launcher = new Launcher(parts, operations, {} as Drills);
    const trust = () => {
      state.trusted = true;
      for (const listener of [...changed]) listener();
    };
    return { site: site as Site, sites, operations, launcher, connections, wanted, written, warnings, trust };
  }

  const refused = (wish: Promise<unknown>): Promise<void> =>
    assert.rejects(wish, (error) => isOperatorError(error) && error.code === 'hosts-closed');

  it('has hosts that are asked by nothing that the editor can ask for', async () => {
    const { site, sites, operations, launcher, wanted, warnings } = engine(false);
    assert.deepEqual(await launcher.unfinishedElsewhere([site]), []);
    assert.deepEqual(warnings, ['dc1: The folder is not trusted.']);
    await refused(sites.observe(site));
    await refused(sites.compareFiles(site));
    await refused(sites.targets(site, 'promote'));
    await refused(operations.plan(site, 'promote', 'cc2', 'planned'));
    await refused(launcher.launch(site, 'promote', 'cc2'));
    await refused(launcher.drill(site, 1));
    await refused(launcher.adopt(site.name));
    assert.throws(() => operations.newRun(site), /not trusted/);
    assert.deepEqual(wanted, [], 'a password was asked for');
    assert.equal(cc1.connections(), 0);
  });

  it('shows a run of its site from the journal; Resume and Undo change nothing and say why', async () => {
    const { launcher, wanted, written, trust } = engine(false);
    const controller = await launcher.restored('dc1', RUN);
    assert.ok(controller);
    assert.equal(controller.snapshot()?.end, 'unfinished');
    assert.deepEqual(controller.closed(), NOT_TRUSTED);
    const intents = new Intents(
      controller,
      {} as Surroundings,
      () => undefined,
      () => undefined,
    );
    for (const intent of ['finish', 'undo'] as const) {
      assert.deepEqual(await intents.answer({ type: 'retry', intent }), { type: 'refused', ...NOT_TRUSTED });
      // The page's answer is a courtesy: the engine refuses by itself.
      await refused(controller.resume(intent));
    }
    await refused(controller.start({}));
    await assert.rejects(controller.planAgain());
    assert.deepEqual([wanted, written, cc1.connections()], [[], [], 0]);

    let told = 0;
    controller.onDidChange(() => (told += 1));
    trust();
    assert.equal(controller.closed(), undefined);
    assert.equal(told, 1, 'the page is told that it may go on');
    controller.dispose();
  });

  it('is asked once it is trusted: the listener would have noticed', async () => {
    const { site, launcher, connections } = engine(true);
    await launcher.unfinishedElsewhere([site]);
    assert.ok(cc1.connections() > 0);
    await connections.close();
  });
});
