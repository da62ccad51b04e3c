import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { Referee } from '../referee/referee';
import { verdictText } from '../referee/judge/text';
import { Product, runText } from './product';
import { waitForRoles } from './roles';

const DROP_IN = '/run/systemd/system/cmon.service.d/slow-stop.conf';
/** Of the time in which the new primary is eligible beside the old one, hardly anything is left, and nothing. */
const STOP_SECONDS = [0.2, 1.5];
/** Three silent adverts: what it would take the address without being eligible in time. */
const WITHOUT_MS = 600;

/** A real cmon takes its time to stop. */
describe('planned promotion, and cmon takes longer to stop than the new primary is eligible', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let product: Product;

  beforeEach(async () => {
    product = await Product.on(lab);
  });
  afterEach(async () => {
    await product.close();
    await lab.mustConsole('cc1', `rm -f ${DROP_IN} && systemctl daemon-reload`);
  });

  for (const seconds of STOP_SECONDS) {
    it(`${seconds} s: it is made eligible anew, the address moves at once, with never two holders`, async () => {
      await waitForRoles(lab, 'cc1');
      await lab.mustConsole(
        'cc1',
        `mkdir -p ${DROP_IN.slice(0, DROP_IN.lastIndexOf('/'))} && cat >${DROP_IN} && systemctl daemon-reload`,
        { input: `[Service]\nExecStop=/bin/sleep ${seconds}\n` },
      );
      const referee = await Referee.watch();
      await referee.permit('cc2');
      const run = await product.promote('cc2');
      const verdict = await referee.finish('cc2');
      assert.equal(verdict.clean, true, `${verdictText(verdict)}\n${runText(run)}`);
      assert.equal(run.end, 'done', runText(run));
      const stop = run.steps.find(({ id }) => id === 'services-stop');
      assert.ok((stop?.durationMs ?? 0) > seconds * 1000, runText(run));
      const given = run.steps.find(({ id }) => id === 'vip-given');
      assert.match(given?.output ?? '', /given anew/, runText(run));
      const taken = run.steps.find(({ id }) => id === 'vip-taken');
      assert.ok((taken?.durationMs ?? Infinity) < WITHOUT_MS, runText(run));
      await lab.mustConsole('cc1', `rm -f ${DROP_IN} && systemctl daemon-reload`);
      await waitForRoles(lab, 'cc2');
      const back = await product.promote('cc1');
      assert.equal(back.end, 'done', runText(back));
    });
  }
});
