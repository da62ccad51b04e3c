import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileDrills } from '../../../src/adapters/journal/fileDrills';
import { systemClock } from '../../../src/adapters/clock';
import { Drills } from '../../../src/compose/drills';
import { OUTAGES, outageFigures } from '../../../src/core/drill/drill';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { CONTROLLERS } from '../site';

/** `npm run test:drills` runs thirty; there and back is one. */
const ROUNDS = Number(process.env.DRILL_ROUNDS ?? '2');

describe('drills in a row', () => {
  const lab = Lab.current();
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-drills-'));
    await waitForRoles(lab, 'cc1');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it(`${ROUNDS} of them hold under the referee, and each outage is measured`, async function () {
    this.timeout(60_000 + ROUNDS * 60_000);
    const product = await Product.on(lab);
    const drills = new Drills(product.operations, product.sites, new FileDrills(folder), systemClock);
    const referee = await Referee.watch();
    const drill = await drills.run(product.site, {
      rounds: ROUNDS,
      acknowledged: {},
      follow: async (_run, plan) => {
        const target = CONTROLLERS.find((host) => host === plan.steps.find(({ id }) => id === 'open')?.host);
        if (target !== undefined) await referee.permit(target);
        return { dispose: () => undefined };
      },
    });
    const verdict = await referee.finish('cc1');
    await waitForRoles(lab, 'cc1');
    await product.close();
    console.log(await drills.report(drill));
    assert.equal(drill.end, 'done', drill.reason);
    assert.equal(verdict.clean, true, verdictText(verdict));
    assert.equal(drill.legs.length, 2 * ROUNDS);
    for (const { key, label } of OUTAGES) {
      const figures = outageFigures(drill.legs, key);
      assert.equal(figures?.count, 2 * ROUNDS, label);
      const text = `median ${Math.round(figures.medianMs)} ms, worst ${Math.round(figures.worstMs)} ms`;
      console.log(`${label}: ${text} of ${figures.count} promotions`);
    }
    assert.deepEqual(
      (await drills.history()).map(({ id }) => id),
      [drill.id],
    );
  });
});
