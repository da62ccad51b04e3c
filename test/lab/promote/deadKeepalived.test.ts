import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { Product, runText } from './product';
import { waitForRoles } from './roles';

/** Either profile; both leave the address to keepalived (decision 31). */
describe("planned promotion, and the old primary's keepalived does not let the VIP go", function () {
  this.timeout(180_000);
  const lab = Lab.current();

  /** What the step needs that makes the old primary give up: it is begun once this one is in the journal. */
  const stepBefore = lab.facts.profile === 'hardened' ? 'vip-give' : 'services-stop';

  // Stopped first: one of its two processes would clean up behind the other.
  for (const [what, strike] of [
    ['was killed', 'pkill -STOP -x keepalived; pkill -KILL -x keepalived'],
    ['hangs', 'pkill -STOP -x keepalived'],
  ] as const) {
    it(`it ${what} just before: never two holders, and it ends as any other`, async () => {
      let struck = false;
      const product = await Product.on(lab, {
        onJournal: async (type, step) => {
          if (type !== 'step-done' || step !== stepBefore || struck) return;
          struck = true;
          await lab.mustConsole('cc1', strike);
        },
      });
      try {
        await waitForRoles(lab, 'cc1');
        const referee = await Referee.watch();
        await referee.permit('cc2');
        const run = await product.promote('cc2');
        const verdict = await referee.finish('cc2');
        assert.equal(run.end, 'done', runText(run));
        assert.equal(verdict.clean, true, verdictText(verdict));
        assert.ok(struck);
        await lab.console('cc1', 'pkill -CONT -x keepalived; systemctl start keepalived');
        await waitForRoles(lab, 'cc2');
        const back = await product.promote('cc1');
        assert.equal(back.end, 'done', runText(back));
      } finally {
        await lab.console('cc1', 'pkill -CONT -x keepalived');
        await product.close();
      }
    });
  }
});
