import assert from 'node:assert/strict';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { waitForMysql } from '../documented/mysql';
import { asBefore, onlyLost, returnsAsStandby } from '../failover/stage';
import { Promoter } from '../faults/promoter';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { Referee } from '../referee/referee';
import { checkOf, reasons, whyNot } from '../rejoin/looks';
import { waitFor } from '../wait';
import { Operator, told } from './operator';

/** Exit codes of the command line (docs/cli.md). */
const [DONE, FAILED, UNDONE, OWED] = [0, 1, 4, 5];

const CC1_IS_OFF = ['--attest', 'powered-off=cc1 is off: I pulled its plug and looked'];

interface RunLine {
  readonly runId: string;
  readonly end: string | null;
  readonly summary: string;
  readonly next: string;
}

describe('what a run of this very machine has left half-way does not close the way', function () {
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
    for (const { host, on } of await lab.status()) if (!on) await lab.powerOn(host);
    await Promise.all((['cc1', 'cc2'] as const).map((host) => waitForMysql(lab, host)));
    if ((await asBefore(lab, product)) === 'cc1') return;
    await waitFor('a promotion of cc1', 60_000, async () => (await product.promote('cc1')).end === 'done');
  });

  async function annHeldAt(step: string): Promise<Promoter> {
    const promoter = await Promoter.start({
      ...{ operation: 'promote', target: 'cc2', mode: 'planned', journals: ann.journals },
      ...{ holdAt: step, acknowledged: {}, attested: {} },
    });
    if (!(await promoter.atStep)) assert.fail(`it never came to ${step}: ${(await promoter.ended).text}`);
    return promoter;
  }

  const runsOf = async (operator: Operator): Promise<readonly RunLine[]> =>
    JSON.parse((await operator.cli('runs', '--json')).stdout) as readonly RunLine[];

  /** Once nothing but reasons is missing; the lease of what went before has to run out first. */
  async function annPlans(...words: readonly string[]): Promise<Plan> {
    let plan: Plan | undefined;
    const ready = waitFor(`a plan of ${words.join(' ')}`, 90_000, async () => {
      const { stdout } = await ann.cli('plan', ...words, '--json');
      ({ plan } = JSON.parse(stdout) as { readonly plan: Plan });
      return planReadiness(plan, reasons(plan)).ready ? plan : undefined;
    });
    return ready.catch((error: unknown) => {
      throw new Error(`${String(error)}\n${plan === undefined ? '' : whyNot(plan)}`);
    });
  }

  /** The reason for what she has left herself is among those that she gives. */
  async function annRuns(...words: readonly string[]): Promise<void> {
    const plan = await annPlans(...words);
    const { level, outcome, evidence } = checkOf(plan, 'operation-unfinished');
    assert.deepEqual({ level, fired: outcome !== 'passed' }, { level: 'acknowledge', fired: true });
    assert.match(evidence.join(), /of this machine came to rest/);
    const acks = Object.entries(reasons(plan)).flatMap(([id, reason]) => ['--ack', `${id}=${reason}`]);
    const outcomeOfRun = await ann.cli('run', ...words, ...acks, '--yes', '--json');
    assert.equal(outcomeOfRun.code, DONE, told(outcomeOfRun));
  }

  it('the primary dies in the outage and stays away: its machine fails over, and rejoins it later', async () => {
    const referee = await Referee.watch();
    const promoter = await annHeldAt('database-close');
    await lab.powerOff('cc1', 'hard');
    promoter.go();
    const { end, text } = await promoter.ended;
    assert.equal(end, 'undo-owed', text);
    const [owed] = await runsOf(ann);
    assert.match(owed?.next ?? '', /Where cc1 does not come back: "Fail Over" to cc2/);
    const again = await ann.cli('resume', owed?.runId ?? '', '--undo', '--yes', '--json');
    assert.equal(again.code, OWED, told(again));

    await referee.permit('cc2');
    await annRuns('failover', 'cc2', ...CC1_IS_OFF);
    await lab.powerOn('cc1');
    await returnsAsStandby(lab, 'cc1');
    onlyLost(await referee.finish('cc2'), 'cc1');

    const rejoin = await annPlans('rejoin', 'cc1');
    // cc1 itself still tells of it, as it was away; this machine's journal does not.
    assert.doesNotMatch(checkOf(rejoin, 'operation-unfinished').evidence.join(), /of this machine/);
    const closed = (await runsOf(ann)).find(({ runId }) => runId === owed?.runId);
    assert.match(closed?.summary ?? '', /has begun .*-failover-cc2-.* on this site since/);
    const acks = Object.entries(reasons(rejoin)).flatMap(([id, reason]) => ['--ack', `${id}=${reason}`]);
    const rejoined = await ann.cli('run', 'rejoin', 'cc1', ...acks, '--yes', '--json');
    assert.equal(rejoined.code, DONE, told(rejoined));
    await waitForRoles(lab, 'cc2', 90_000);
  });

  it('it dies behind the opening: once it is there again, it is prepared as a secondary instead', async () => {
    const promoter = await annHeldAt('replicate-back');
    await lab.powerOff('cc1', 'hard');
    promoter.go();
    const { end, text } = await promoter.ended;
    assert.equal(end, 'unfinished', text);
    await lab.powerOn('cc1');
    await waitForMysql(lab, 'cc1');
    await annRuns('rejoin', 'cc1');
    await waitForRoles(lab, 'cc2', 90_000);
  });

  it('others have ended it and gone on since: the journal here is closed by what the hosts tell', async () => {
    const promoter = await annHeldAt('replication-stop');
    promoter.signal('SIGKILL');
    await promoter.ended;
    const undone = await bob.cli('resume', '--from-hosts', '--undo', '--take-over', '--yes', '--json');
    assert.equal(undone.code, UNDONE, told(undone));
    await waitForRoles(lab, 'cc1', 90_000);
    // Within an hour of the failover above a promotion wants a reason.
    await waitFor("bob's promotion", 90_000, async () => {
      const recent = ['--ack', 'recent=a rehearsal'];
      return (await bob.cli('run', 'promote', 'cc2', ...recent, '--yes', '--json')).code === DONE;
    });
    const plan = await annPlans('promote', 'cc1');
    assert.equal(checkOf(plan, 'operation-unfinished').outcome, 'passed');
    const [hers] = await runsOf(ann);
    assert.match(hers?.summary ?? '', /has begun .*-promote-cc2-.* on this site since/);
    const resumed = await ann.cli('resume', hers?.runId ?? '', '--undo', '--json');
    assert.equal(resumed.code, FAILED, told(resumed));
  });
});
