import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Lab } from '../lab';
import { Referee } from '../referee/referee';
import { verdictText } from '../referee/judge/text';
import { REPOSITORY } from '../places';
import { run as runProgram } from '../run';
import { CONTROLLERS, type ControllerName, MYSQL_PASSWORD } from '../site';
import { Product, runText } from './product';
import { waitForRoles } from './roles';

const TEN: readonly ControllerName[] = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'cc2' : 'cc1'));

describe('planned promotion on hardened hosts', () => {
  const lab = Lab.current();

  it('goes there and back ten times under the referee: nothing lost, never two of anything', async function () {
    this.timeout(300_000);
    const product = await Product.on(lab);
    const referee = await Referee.watch();
    for (const target of TEN) {
      await referee.permit(target);
      const run = await product.promote(target);
      assert.equal(run.end, 'done', runText(run));
    }
    const verdict = await referee.finish('cc1');
    await product.close();
    assert.equal(verdict.clean, true, verdictText(verdict));
  });

  it('does the same as a program: ten runs of the command line', async function () {
    this.timeout(400_000);
    const folder = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-cli-'));
    const program = path.join(REPOSITORY, 'dist', 'cli.js');
    const common = ['--inventory', await lab.inventoryFile(), '--ssh-config', lab.operator.sshConfigFile];
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_STATE_HOME: folder,
      CCHA_SECRET_DC1_REPL: MYSQL_PASSWORD,
    };
    await waitForRoles(lab, 'cc1');
    const referee = await Referee.watch();
    for (const target of TEN) {
      await referee.permit(target);
      const words = [program, 'run', 'promote', target, '--yes', ...common];
      const { code, stdout, stderr } = await runProgram(process.execPath, words, { env, timeoutMs: 60_000 });
      assert.equal(code, 0, stdout + stderr);
    }
    const verdict = await referee.finish('cc1');
    await rm(folder, { recursive: true, force: true });
    assert.equal(verdict.clean, true, verdictText(verdict));
  });

  it('leaves nothing behind: no mask, no announcement, no lease, no connection', async () => {
    await waitForRoles(lab, 'cc1');
    for (const host of CONTROLLERS) {
      const left = await lab.mustConsole(
        host,
        `systemctl list-unit-files --state=masked-runtime --no-legend | grep -E 'cmon|kuber' || true
         cat /var/lib/clustercontrol-ha/pending 2>/dev/null || true
         clustercontrol-ha status | grep -o '"state":"held"' || true
         pgrep -fa rsync-connection || true`,
      );
      assert.equal(left.trim(), '', host);
    }
  });

  it('keeps every role over a reboot of the standby, of the primary, and of both', async function () {
    this.timeout(240_000);
    await lab.reboot('cc2');
    await waitForRoles(lab, 'cc1');
    await lab.reboot('cc1');
    await waitForRoles(lab, 'cc1');
    await Promise.all([lab.powerOff('cc1', 'hard'), lab.powerOff('cc2', 'hard')]);
    await Promise.all([lab.powerOn('cc1'), lab.powerOn('cc2')]);
    await waitForRoles(lab, 'cc1');
  });
});
