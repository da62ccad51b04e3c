import assert from 'node:assert/strict';
import { waitForMysql } from '../documented/mysql';
import { asBefore, off, onlyLost, readyFailover, returnsAsStandby } from '../failover/stage';
import { Promoter } from '../faults/promoter';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { Referee } from '../referee/referee';
import { planRejoin, reasons } from '../rejoin/looks';
import { waitFor } from '../wait';
import { Operator, told } from './operator';

/** Exit codes of the command line (docs/cli.md). */
const [DONE, UNDONE, OWED] = [0, 4, 5];

describe('another machine takes over a failover, and a rejoin', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let ann: Operator;
  let bob: Operator;

  before(async () => {
    product = await Product.on(lab);
  });
  after(() => product.close());
  beforeEach(async () => {
    [ann, bob] = await Promise.all([Operator.at(lab, 'ann'), Operator.at(lab, 'bob')]);
    await waitForRoles(lab, 'cc1', 90_000);
  });
  afterEach(async () => {
    await Promise.all([ann.leave(), bob.leave()]);
    await restore();
  });

  /** Also after a case that failed: nothing under way, and cc1 the primary. */
  async function restore(): Promise<void> {
    await lab.heal();
    for (const { host, on } of await lab.status()) if (!on) await lab.powerOn(host);
    await Promise.all((['cc1', 'cc2'] as const).map((host) => waitForMysql(lab, host)));
    const left = await product.operations.underWay(product.site);
    if (left !== undefined)
      await product.resume(await product.operations.adopt(product.site, left), 'finish', true);
    if ((await asBefore(lab, product)) === 'cc1') return;
    await waitFor('a promotion of cc1', 60_000, async () => (await product.promote('cc1')).end === 'done');
  }

  /** Ann's machine dies with this step begun. */
  async function annDiesAt(
    holdAt: string,
    order: {
      readonly operation: string;
      readonly target: string;
      readonly mode: string;
      readonly acknowledged: Readonly<Record<string, string>>;
      readonly attested: Readonly<Record<string, string>>;
    },
  ): Promise<void> {
    const promoter = await Promoter.start({ ...order, holdAt, journals: ann.journals });
    if (!(await promoter.atStep)) assert.fail(`it never came to ${holdAt}: ${(await promoter.ended).text}`);
    promoter.signal('SIGKILL');
    await promoter.ended;
  }

  async function annFailsOverUntil(step: string): Promise<void> {
    const told = off('cc1');
    const plan = await readyFailover(product, 'cc2', told);
    const { attested = {} } = told;
    const order = { operation: 'failover', target: 'cc2', mode: 'emergency', attested };
    await annDiesAt(step, { ...order, acknowledged: reasons(plan) });
  }

  it('a failover: undone from elsewhere before the opening, finished after it; then its rejoin', async () => {
    const referee = await Referee.watch();
    await lab.powerOff('cc1', 'hard');

    await annFailsOverUntil('role-new');
    const seen = await bob.cli('status', '--json');
    assert.match(seen.stdout, /operation-unfinished/, told(seen));
    const undone = await bob.cli('resume', '--from-hosts', '--undo', '--yes', '--json');
    assert.equal(undone.code, UNDONE, told(undone));

    await referee.permit('cc2');
    await annFailsOverUntil('services-start');
    const tooLate = await bob.cli('resume', '--from-hosts', '--undo', '--yes', '--json');
    assert.equal(tooLate.code, OWED, told(tooLate));
    assert.match(tooLate.stdout, /point of no return is passed/);
    const finished = await bob.cli('resume', '--from-hosts', '--yes', '--json');
    assert.equal(finished.code, DONE, told(finished));
    await lab.powerOn('cc1');
    await returnsAsStandby(lab, 'cc1');
    onlyLost(await referee.finish('cc2'), 'cc1');

    const plan = await waitFor('a plan of its rejoin', 60_000, async () => {
      const made = await planRejoin(product, 'cc1');
      return made.steps.some(({ id }) => id === 'role-record') ? made : undefined;
    });
    const rejoin = { operation: 'rejoin', target: 'cc1', mode: 'planned', attested: {} };
    await annDiesAt('role-record', { ...rejoin, acknowledged: reasons(plan) });
    const rejoined = await bob.cli('resume', '--from-hosts', '--yes', '--json');
    assert.equal(rejoined.code, DONE, told(rejoined));
    await waitForRoles(lab, 'cc2', 90_000);
  });
});
