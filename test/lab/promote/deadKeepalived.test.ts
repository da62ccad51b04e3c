import assert from 'node:assert/strict';
import type { HostCommand } from '../../../src/core/ports';
import { Lab } from '../lab';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { Product, runText } from './product';
import { waitForRoles } from './roles';
import { whileSending } from './sending';

/** What the step sends that makes the old primary give the address up: of one profile, of the other. */
const GIVES_UP = /flag drop|systemctl stop --no-block keepalived/;

/** Either profile (decision 31). Struck right before that command is sent. */
describe("planned promotion, and the old primary's keepalived does not let the VIP go", function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let stop: () => void = () => undefined;
  afterEach(() => stop());

  /** Returns whether it has struck. */
  function strikeBefore(strike: string): () => boolean {
    let struck = false;
    const before = async ({ script }: HostCommand): Promise<undefined> => {
      if (struck || !GIVES_UP.test(script)) return;
      struck = true;
      await lab.mustConsole('cc1', strike);
    };
    stop = whileSending({ before });
    return () => struck;
  }

  // Stopped first: one of its two processes would clean up behind the other.
  for (const [what, strike] of [
    ['was killed', 'pkill -STOP -x keepalived; pkill -KILL -x keepalived'],
    ['hangs', 'pkill -STOP -x keepalived'],
  ] as const) {
    it(`it ${what} just before: never two holders, and it ends as any other`, async () => {
      const product = await Product.on(lab);
      try {
        await waitForRoles(lab, 'cc1');
        const referee = await Referee.watch();
        await referee.permit('cc2');
        const struck = strikeBefore(strike);
        const run = await product.promote('cc2');
        const verdict = await referee.finish('cc2');
        assert.ok(struck());
        assert.equal(verdict.clean, true, `${verdictText(verdict)}\n${runText(run)}`);
        assert.equal(run.end, 'done', runText(run));
        await lab.console('cc1', 'pkill -CONT -x keepalived; systemctl start keepalived');
        await waitForRoles(lab, 'cc2');
        const back = await product.promote('cc1');
        assert.equal(back.end, 'done', runText(back));
      } finally {
        await lab.console('cc1', 'pkill -CONT -x keepalived; systemctl start keepalived');
        await product.close();
      }
    });
  }
});
