import assert from 'node:assert/strict';
import { Promoter } from '../faults/promoter';
import { HOSTS_OF_THE_LEASE, leaseLeft } from './lease';
import { Lab } from '../lab';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { type ControllerName, HOSTS } from '../site';
import { waitFor } from '../wait';
import { Operator, told } from './operator';

/** Exit codes of the command line (docs/cli.md). */
const [DONE, FAILED, UNDONE] = [0, 1, 4];

describe('another machine takes over what an operator began', () => {
  const lab = Lab.current();
  let ann: Operator;
  let bob: Operator;

  beforeEach(async function () {
    this.timeout(120_000);
    [ann, bob] = await Promise.all([Operator.at(lab, 'ann'), Operator.at(lab, 'bob')]);
    await waitForRoles(lab, 'cc1');
  });
  afterEach(async () => {
    await lab.heal();
    await Promise.all([ann.leave(), bob.leave()]);
  });

  /** Ann's process, stopped right before a step; she promotes cc2. */
  async function annHeldAt(step: string): Promise<Promoter> {
    const promoter = await Promoter.start({
      ...{ operation: 'promote', target: 'cc2', mode: 'planned', journals: ann.journals },
      ...{ holdAt: step, acknowledged: {}, attested: {} },
    });
    if (!(await promoter.atStep)) assert.fail(`it never came to ${step}: ${(await promoter.ended).text}`);
    return promoter;
  }

  async function watched(primary: ControllerName, course: () => Promise<void>): Promise<void> {
    const referee = await Referee.watch();
    await course();
    await waitForRoles(lab, primary, 90_000);
    const verdict = await referee.finish();
    assert.equal(verdict.clean, true, verdictText(verdict));
  }

  async function backToCc1(): Promise<void> {
    const back = await waitFor('a promotion of cc1', 60_000, async () => {
      const outcome = await bob.cli('run', 'promote', 'cc1', '--yes');
      return outcome.code === DONE ? outcome : undefined;
    });
    assert.equal(back.code, DONE);
  }

  it('stopped in the outage: bob undoes, and ann who wakes up can do nothing more and says so', async function () {
    this.timeout(200_000);
    await watched('cc1', async () => {
      const promoter = await annHeldAt('replication-stop');
      promoter.signal('SIGSTOP');
      const undone = await bob.cli('resume', '--from-hosts', '--undo', '--take-over', '--yes', '--json');
      assert.equal(undone.code, UNDONE, told(undone));
      promoter.go();
      promoter.signal('SIGCONT');
      const { end, text } = await promoter.ended;
      assert.equal(end, 'unfinished', text);
      assert.match(text, /another operation has taken over/);
    });
    // Her own journal does not know; the hosts do.
    const [left] = JSON.parse((await ann.cli('runs', '--json')).stdout) as { readonly runId: string }[];
    const again = await ann.cli('resume', left?.runId ?? '', '--undo', '--json');
    assert.equal(again.code, FAILED, told(again));
    assert.match(again.stderr, /ended elsewhere: undone/);
  });

  it('killed in the outage: everybody who looks is told, and bob finishes', async function () {
    this.timeout(200_000);
    await watched('cc2', async () => {
      const promoter = await annHeldAt('files-last-pass');
      promoter.signal('SIGKILL');
      await promoter.ended;
      const seen = await bob.cli('status', '--json');
      assert.match(seen.stdout, /operation-unfinished/, told(seen));
      const finished = await bob.cli('resume', '--from-hosts', '--yes', '--json');
      assert.equal(finished.code, DONE, told(finished));
    });
    await backToCc1();
  });

  it('killed after the opening: an undo is refused by what the host says, and bob finishes', async function () {
    this.timeout(200_000);
    await watched('cc2', async () => {
      const promoter = await annHeldAt('replicate-back');
      promoter.signal('SIGKILL');
      await promoter.ended;
      const undone = await bob.cli('resume', '--from-hosts', '--undo', '--yes', '--json');
      assert.equal(undone.code, 5, told(undone));
      assert.match(undone.stdout, /point of no return is passed/);
      const finished = await bob.cli('resume', '--from-hosts', '--yes', '--json');
      assert.equal(finished.code, DONE, told(finished));
    });
    await backToCc1();
  });

  it('two at once: the second is refused while the first renews its lease', async function () {
    this.timeout(200_000);
    await watched('cc2', async () => {
      const promoter = await annHeldAt('files-first-pass');
      const second = await bob.cli('resume', '--from-hosts', '--undo', '--yes', '--json');
      assert.equal(second.code, FAILED, told(second));
      assert.match(second.stderr, /is running this very operation/);
      const other = await bob.cli('run', 'promote', 'cc2', '--yes', '--json');
      assert.equal(other.code, 3, told(other));
      promoter.go();
      const { end, text } = await promoter.ended;
      assert.equal(end, 'done', text);
    });
    await backToCc1();
  });

  it('the network of the operator is cut in the outage for good: what is owed is undone from elsewhere', async function () {
    this.timeout(200_000);
    await watched('cc1', async () => {
      const promoter = await annHeldAt('replication-stop');
      for (const host of HOSTS) await lab.partition('operator', host);
      promoter.go();
      const { end, text } = await promoter.ended;
      assert.equal(end, 'undo-owed', text);
      await lab.heal();
      // What ann had sent into the dead network arrives now, and renews her lease once more: bob is told to wait.
      const undone = await waitFor('bob to be let in', 90_000, async () => {
        const outcome = await bob.cli('resume', '--from-hosts', '--undo', '--yes', '--json');
        return outcome.code === FAILED && /is being renewed/.test(outcome.stderr) ? undefined : outcome;
      });
      assert.equal(undone.code, UNDONE, told(undone));
    });
  });

  it('the network is cut for five seconds in the outage: the run comes to an end by itself', async function () {
    this.timeout(200_000);
    const promoter = await annHeldAt('replication-stop');
    const referee = await Referee.watch();
    for (const host of HOSTS) await lab.partition('operator', host);
    promoter.go();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    await lab.heal();
    const result = await promoter.ended;
    let { end } = result;
    if (end === 'undo-owed') {
      const undone = await bob.cli('resume', '--from-hosts', '--undo', '--yes', '--json');
      assert.equal(undone.code, UNDONE, told(undone));
      end = 'undone';
    }
    assert.ok(end === 'undone' || end === 'done', result.text);
    await waitForRoles(lab, end === 'done' ? 'cc2' : 'cc1', 90_000);
    const verdict = await referee.finish();
    assert.equal(verdict.clean, true, verdictText(verdict));
    if (end === 'done') await backToCc1();
  });

  it('asleep beyond the lease: nobody took over, and it undoes by itself when it wakes', async function () {
    this.timeout(200_000);
    await watched('cc1', async () => {
      const promoter = await annHeldAt('epoch-pending-cc2');
      promoter.signal('SIGSTOP');
      await waitFor('the lease to end', 60_000, async () => {
        const left = await Promise.all(HOSTS_OF_THE_LEASE.map((host) => leaseLeft(lab, host)));
        return left.every((seconds) => seconds <= 0);
      });
      promoter.go();
      promoter.signal('SIGCONT');
      const { end, text } = await promoter.ended;
      assert.equal(end, 'undone', text);
    });
  });
});
