import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { sql, waitForMysql } from '../documented/mysql';
import { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { run as runProgram } from '../run';
import { MYSQL_PASSWORD } from '../site';
import { waitFor } from '../wait';
import { isHealthyStandby, planRejoin, reasons, whyNot } from './looks';
import { breakApplier } from './situations';

/** MiB a second: some 70 MiB then take long enough to break something in the midst of them. */
const SLOW = 4;

describe('prepare as secondary: a CLONE that is broken off', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let journals: string;

  before(async () => {
    journals = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-runs-'));
    await waitForRoles(lab, 'cc1');
  });
  after(() => rm(journals, { recursive: true, force: true }));

  async function slowClone(): Promise<void> {
    await breakApplier(lab, 'cc2');
    await sql(lab, 'cc2', `SET GLOBAL clone_max_data_bandwidth = ${SLOW}`);
  }

  /** Runs a rejoin of cc2, with `fault` while the copy is under way. */
  async function broken(fault: () => Promise<unknown>): Promise<RunSnapshot> {
    let done = false;
    const product = await Product.on(lab, {
      journals,
      policy: { attempts: 2 },
      onJournal: async (type, step) => {
        if (type !== 'step-done' || step !== 'clone' || done) return;
        done = true;
        await fault();
      },
    });
    const plan = await planRejoin(product, 'cc2');
    assert.ok(planReadiness(plan, reasons(plan)).ready, whyNot(plan));
    const run = await product.start(plan, reasons(plan));
    await product.close();
    assert.ok(done, `the CLONE never began: ${runText(run)}`);
    return run;
  }

  async function isClosed(): Promise<void> {
    await waitForMysql(lab, 'cc2');
    assert.equal((await sql(lab, 'cc2', 'SELECT @@GLOBAL.super_read_only')).trim(), '1');
  }

  /** What a half copied host must be whatever happened: closed, and refused to be opened. */
  async function staysClosed(): Promise<void> {
    await isClosed();
    assert.equal(
      (await lab.console('cc2', 'test -e /var/lib/clustercontrol-ha/clone')).code,
      0,
      'it is marked',
    );
  }

  async function finished(run: RunSnapshot): Promise<void> {
    const product = await Product.on(lab, { journals });
    const last = run.end === 'done' ? run : await product.resume(run.runId, 'finish');
    assert.equal(last.end, 'done', runText(last));
    await isHealthyStandby(lab, product, 'cc2');
    await product.close();
  }

  it('its disk fills up: unfinished, closed; with room again it is resumed', async () => {
    await slowClone();
    const run = await broken(() => lab.fillDisk('cc2', 2_000));
    assert.equal(run.end, 'unfinished', runText(run));
    await lab.freeDisk('cc2');
    await staysClosed();
    const product = await Product.on(lab);
    const plan = await planRejoin(product, 'cc2');
    assert.equal(plan.mode, 'clone', 'half a copy is never followed from');
    assert.ok(planReadiness(plan, {}).blocking.includes('operation-unfinished'), whyNot(plan));
    await product.close();
    await finished(run);
  });

  it('the host loses power: unfinished; it comes back closed, and is resumed', async () => {
    await slowClone();
    const run = await broken(() => lab.powerOff('cc2', 'hard'));
    assert.equal(run.end, 'unfinished', runText(run));
    await lab.powerOn('cc2');
    await staysClosed();
    await finished(run);
  });

  it("the donor's mysqld dies: the guard opens the primary again, and it is resumed", async () => {
    await slowClone();
    const run = await broken(() => lab.mustConsole('cc1', 'pkill -KILL -x mysqld'));
    // It was back at once, closed: the copy may have been made a second time by then.
    await isClosed();
    await waitFor('cc1 to be open again', 120_000, async () => {
      const outcome = await lab.console('cc1', "mysql -N -e 'SELECT @@GLOBAL.super_read_only'");
      return outcome.stdout.trim() === '0' && (await lab.console('cc1', 'pgrep -x cmon')).code === 0;
    });
    await finished(run);
  });

  it('the promoter is killed: the copy goes on by itself, and the run is resumed', async () => {
    await slowClone();
    const folder = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-cli-'));
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_STATE_HOME: folder,
      CCHA_SECRET_DC1_REPL: MYSQL_PASSWORD,
      CCHA_SECRET_DC1_CLONE: MYSQL_PASSWORD,
    };
    const program = path.join(REPOSITORY, 'dist', 'cli.js');
    const common = ['--inventory', await lab.inventoryFile(), '--ssh-config', lab.operator.sshConfigFile];
    const child = spawn(process.execPath, [program, 'run', 'rejoin', 'cc2', '--yes', ...common], {
      env,
      stdio: 'ignore',
    });
    await waitFor('the copy to be under way', 60_000, async () => {
      const state = await lab.console(
        'cc2',
        'mysql -N -e \'SELECT STATE FROM performance_schema.clone_progress WHERE STAGE="FILE COPY"\'',
      );
      return state.stdout.trim() === 'In Progress';
    });
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await waitFor('cc2 to be closed while the copy goes on', 1_000, async () => {
      return (await sql(lab, 'cc2', 'SELECT @@GLOBAL.super_read_only')).trim() === '1';
    });
    const listed = await runProgram(process.execPath, [program, 'runs', '--json', ...common], { env });
    const [{ runId } = { runId: '' }] = JSON.parse(listed.stdout) as { runId: string }[];
    const resumed = await runProgram(process.execPath, [program, 'resume', runId, ...common], {
      env,
      timeoutMs: 200_000,
    });
    assert.equal(resumed.code, 0, resumed.stdout + resumed.stderr);
    const product = await Product.on(lab, { journals });
    await isHealthyStandby(lab, product, 'cc2');
    await product.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('a disk that is too small is seen before anything is done', async () => {
    await breakApplier(lab, 'cc2');
    await lab.fillDisk('cc2', 30_000);
    const product = await Product.on(lab, { journals });
    const plan = await planRejoin(product, 'cc2');
    await lab.freeDisk('cc2');
    assert.ok(planReadiness(plan, {}).blocking.includes('disk-for-clone'), whyNot(plan));
    const again = await planRejoin(product, 'cc2');
    const run = await product.start(again, reasons(again));
    assert.equal(run.end, 'done', runText(run));
    await isHealthyStandby(lab, product, 'cc2');
    await product.close();
  });
});
