import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { sql, waitForMysql } from '../documented/mysql';
import { asBefore, checkOf, fails, hasAll, rejoins } from '../failover/stage';
import { Promoter } from '../faults/promoter';
import { FENCE_SECONDS } from '../hardened/files';
import { guardLog, isClosed, isOpen, untilClosed } from '../hardened/look';
import { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { reasons, whyNot } from '../rejoin/looks';
import { CONTROLLERS, type ControllerName, peerOf } from '../site';
import { run as runProgram } from '../run';
import { waitFor } from '../wait';

const HOLD = '/var/lib/clustercontrol-ha/hold';

describe('one host is closed', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';

  before(async () => {
    product = await Product.on(lab);
    primary = await asBefore(lab, product);
  });
  after(() => product.close());
  // Whatever a case that failed has left: the next one is not to fall over it.
  afterEach(async () => {
    await lab.heal();
    for (const host of CONTROLLERS) {
      await lab.mustConsole(host, `rm -f ${HOLD}; systemctl start clustercontrol-ha-guard`);
    }
    primary = await asBefore(lab, product);
  });

  const planOf = (operation: 'close' | 'reopen', target: ControllerName, by = product): Promise<Plan> =>
    by.planOf({ operation, target, mode: 'planned' });
  const needed = (plan: Plan): readonly string[] => planReadiness(plan, {}).unacknowledged;

  async function done(plan: Plan, by = product): Promise<RunSnapshot> {
    assert.ok(planReadiness(plan, reasons(plan)).ready, whyNot(plan));
    const run = await by.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    return run;
  }

  /** The guard's own word, after some moment of this boot: it has looked, and left the host closed. */
  async function guardHolds(host: ControllerName): Promise<void> {
    await waitFor(`the guard of ${host} to keep it closed by hand`, 60_000, async () =>
      (await guardLog(lab, host)).includes('it was closed by hand'),
    );
    assert.equal(await isClosed(lab, host), true, `${host} is closed`);
  }

  async function isHeld(host: ControllerName): Promise<boolean> {
    return (await lab.console(host, `[ -e ${HOLD} ]`)).code === 0;
  }

  it('the primary: demands a reason that names it, then no writer, no address, no cmon; reopened, it goes on', async () => {
    const referee = await Referee.watch();
    const plan = await planOf('close', primary);
    assert.deepEqual(needed(plan), ['outage'], whyNot(plan));
    assert.match(plan.summary.join('\n'), /THIS IS AN OUTAGE/);
    const refused = await product.start(plan, { outage: 'because' });
    assert.equal(refused.end, 'refused', 'the reason must name the host');
    assert.equal(await isOpen(lab, primary), true);

    await done(await planOf('close', primary));
    assert.equal(await isClosed(lab, primary), true);
    assert.equal(await isClosed(lab, peerOf(primary)), true, 'nobody takes over by himself');
    await guardHolds(primary);
    const findings = (await product.sites.observation(product.site)).hosts[primary]?.role;
    assert.equal(findings?.known === true && findings.value.held, true, 'it is told of');

    await done(await planOf('reopen', primary));
    await waitForRoles(lab, primary);
    assert.equal(await isHeld(primary), false);
    const verdict = await referee.finish(primary);
    assert.equal(verdict.clean, true, verdictText(verdict));
  });

  it('the primary stays closed over a boot; failed over to the other, everything that it had is there', async () => {
    const target = peerOf(primary);
    const old = primary;
    const referee = await Referee.watch();
    await done(await planOf('close', old));
    const had = (await sql(lab, old, "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')")).trim();
    await lab.reboot(old, 'hard');
    await waitForMysql(lab, old);
    await guardHolds(old);

    await referee.permit(target);
    await fails(product, target, { mode: 'half-way' });
    await hasAll(lab, target, had);
    assert.equal(await isHeld(old), false, 'its record keeps it closed from here on');
    primary = target;
    const verdict = await referee.finish(target);
    assert.deepEqual(verdict.violations, [], verdictText(verdict));
    await rejoins(lab, product, old);
  });

  it('one of two writers: exactly one is left, and no reason is wanted', async () => {
    const standby = peerOf(primary);
    // A guard closes a standby that takes writes within two seconds: this one is out of order.
    await lab.mustConsole(standby, 'systemctl stop clustercontrol-ha-guard');
    await sql(lab, standby, 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF');
    const observation = await product.sites.observation(product.site);
    const open = [primary, standby].filter((host) => {
      const mysql = observation.hosts[host]?.mysql;
      return mysql?.known === true && !mysql.value.superReadOnly;
    });
    assert.deepEqual(open, [primary, standby]);

    const plan = await planOf('close', standby);
    assert.deepEqual(needed(plan), [], whyNot(plan));
    await done(plan);
    assert.equal(await isClosed(lab, standby), true);
    assert.equal(await isOpen(lab, primary), true, 'the other one goes on');
    await lab.mustConsole(standby, 'systemctl start clustercontrol-ha-guard');
    await done(await planOf('reopen', standby));
    assert.equal(await isHeld(standby), false);
    assert.equal(await isClosed(lab, standby), true, 'a standby stays closed');
    await waitForRoles(lab, primary);
  });

  it('with the other controller and the witness cut off; reopened only when somebody confirms it', async () => {
    const peer = peerOf(primary);
    const cuts = [
      ['operator', peer],
      ['operator', 'prom'],
      [primary, peer],
      [primary, 'prom'],
    ] as const;
    for (const [a, b] of cuts) await lab.partition(a, b);
    const plan = await planOf('close', primary);
    assert.deepEqual(needed(plan), ['outage'], whyNot(plan));
    assert.match(
      checkOf(plan, 'outage').evidence.join(),
      new RegExp(`whether ${peer} takes writes is not known`),
    );
    await done(plan);
    assert.equal(await isClosed(lab, primary), true);

    // Its guard fences it all the same, and ends whatever is under way then: what is refused here is refused by the others.
    await waitFor(`the guard of ${primary} to fence it`, FENCE_SECONDS * 1000 + 10_000, async () => {
      const lease = await lab.mustConsole(primary, 'cut -d" " -f2 /var/lib/clustercontrol-ha/lease');
      return lease.trim() === 'guard';
    });
    const alone = await planOf('reopen', primary);
    const run = await product.start(alone, reasons(alone));
    assert.equal(run.end, 'undone', runText(run));
    assert.equal(await isHeld(primary), true, 'the hold came back');
    assert.equal(await isClosed(lab, primary), true);

    await lab.heal();
    await done(await planOf('reopen', primary));
    await waitForRoles(lab, primary);
  });

  /** A promotion that has come to this step, in a process of its own with journals of its own. */
  async function promotion(
    holdAt: string,
    course: (promoter: Promoter, journals: string) => Promise<void>,
  ): Promise<void> {
    const journals = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-runs-'));
    const promoter = await Promoter.start({
      ...{ operation: 'promote', target: peerOf(primary), mode: 'planned', journals },
      ...{ acknowledged: {}, acknowledgesAll: true, attested: {}, holdAt },
    });
    try {
      if (!(await promoter.atStep)) assert.fail(JSON.stringify(await promoter.ended));
      await course(promoter, journals);
    } finally {
      promoter.signal('SIGKILL');
      await promoter.ended;
      await rm(journals, { recursive: true, force: true });
    }
  }

  /** Its lease on the other one runs out by itself. */
  async function reopens(): Promise<void> {
    await waitFor('a reopening that nothing blocks', 60_000, async () => {
      const back = await planOf('reopen', primary);
      return planReadiness(back, reasons(back)).ready;
    });
    await done(await planOf('reopen', primary));
    await waitForRoles(lab, primary);
  }

  it('in the midst of a promotion that lives: its lease is taken over knowingly, and it can do nothing more', async () => {
    await promotion('files-first-pass', async (promoter, journals) => {
      // Asleep: its leases live on for a while.
      promoter.signal('SIGSTOP');
      const plan = await planOf('close', primary);
      assert.deepEqual([...needed(plan)].sort(), ['lease-taken-over', 'outage'], whyNot(plan));
      assert.match(checkOf(plan, 'lease-taken-over').evidence.join(), /holds the lease for \S+promote/);
      assert.equal(checkOf(plan, 'operation-left-behind').outcome, 'fired');
      await done(plan);
      promoter.go();
      promoter.signal('SIGCONT');
      const { end, text } = await promoter.ended;
      assert.equal(end, 'unfinished', text);
      assert.equal(await isClosed(lab, primary), true);
      await untilClosed(lab, peerOf(primary), 1_000);
      // What the plan said of it.
      const first = await Product.on(lab, { journals });
      const [left] = await first.operations.unfinished();
      assert.ok(left);
      await assert.rejects(first.resume(left.runId, 'undo', true), /on this site since/);
      await first.close();
    });
    await reopens();
  });

  it('over a promotion that died: its lease has run out, and nothing but the outage wants a reason', async () => {
    await promotion('services-stop', async (promoter) => {
      promoter.signal('SIGKILL');
      await promoter.ended;
      await waitFor('its lease to run out', 60_000, async () => {
        const plan = await planOf('close', primary);
        return !needed(plan).includes('lease-taken-over');
      });
      const plan = await planOf('close', primary);
      assert.deepEqual(needed(plan), ['outage'], whyNot(plan));
      await done(plan);
      assert.equal(await isClosed(lab, primary), true);
    });
    await reopens();
    // Nothing of all that stands in the way of the next one.
    await waitFor('a promotion that nothing blocks', 60_000, async () => {
      const next = await product.plan(peerOf(primary));
      return planReadiness(next, reasons(next)).ready;
    });
    await done(await product.plan(peerOf(primary)));
    primary = peerOf(primary);
    await waitForRoles(lab, primary);
  });

  it('as a program: exit codes 3 without the reason, 0 with it, and 0 for the way back', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-cli-'));
    const env = { PATH: process.env.PATH, HOME: folder, XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder };
    const common = [
      '--yes',
      '--inventory',
      await lab.inventoryFile(),
      '--ssh-config',
      lab.operator.sshConfigFile,
    ];
    const cli = (...words: readonly string[]): ReturnType<typeof runProgram> =>
      runProgram(process.execPath, [path.join(REPOSITORY, 'dist', 'cli.js'), ...words, ...common], {
        env,
        timeoutMs: 120_000,
      });
    try {
      const refused = await cli('run', 'close', primary);
      assert.equal(refused.code, 3, refused.stdout + refused.stderr);
      assert.match(refused.stdout, /A reason is needed: --ack outage=/);
      assert.equal(await isOpen(lab, primary), true);
      const closed = await cli(
        'run',
        'close',
        primary,
        '--ack',
        `outage=${primary} repairs what is not broken`,
      );
      assert.equal(closed.code, 0, closed.stdout + closed.stderr);
      assert.equal(await isClosed(lab, primary), true);
      const back = await cli('run', 'reopen', primary);
      assert.equal(back.code, 0, back.stdout + back.stderr);
      await waitForRoles(lab, primary);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
