import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planReadiness } from '../../../src/core/plan/readiness';
import { Promoter } from '../faults/promoter';
import { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { Product, runText } from '../promote/product';
import { Referee } from '../referee/referee';
import { reasons } from '../rejoin/looks';
import { run as runProgram } from '../run';
import { type ControllerName, MYSQL_PASSWORD, peerOf } from '../site';
import { waitFor } from '../wait';
import {
  asBefore,
  off,
  onlyLost,
  planFailover,
  readyFailover,
  rejoins,
  returnsAsStandby,
  saidLostAfter,
} from './stage';

describe('failover: whoever runs it may die', function () {
  this.timeout(900_000);
  const lab = Lab.current();
  let journals: string;
  let product: Product;
  let primary: ControllerName = 'cc1';

  before(async () => {
    journals = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-runs-'));
    product = await Product.on(lab, { journals });
    primary = await asBefore(lab, product);
  });
  after(async () => {
    await product.close();
    await rm(journals, { recursive: true, force: true });
  });
  afterEach(async () => {
    primary = await asBefore(lab, product);
  });

  /** The promoter is killed with this step's intent in the journal; what it left behind is brought to `intent`. */
  async function killedAt(step: string, intent: 'finish' | 'undo'): Promise<void> {
    const target = peerOf(primary);
    const told = off(primary);
    const { attested = {} } = told;
    const plan = await readyFailover(product, target, told);
    // Also after the tries before this one, which were undone: MySQL has forgotten by then when it heard the primary.
    assert.ok(saidLostAfter(plan) > Date.now() - 3_600_000);
    const order = { operation: 'failover', target, mode: 'emergency', journals, attested };
    const promoter = await Promoter.start({ ...order, holdAt: step, acknowledged: reasons(plan) });
    if (!(await promoter.atStep))
      assert.fail(`${step} was never begun: ${JSON.stringify(await promoter.ended)}`);
    promoter.signal('SIGKILL');
    await promoter.ended;
    const [left] = await product.operations.unfinished();
    assert.ok(left, 'its journal tells of it');
    const run = await product.resume(left.runId, intent);
    assert.equal(run.end, intent === 'undo' ? 'undone' : 'done', `${step}: ${runText(run)}`);
  }

  it('killed before the opening: undone by a resume, the standby as it was; then finished by one', async () => {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    await lab.powerOff(primary, 'hard');
    // Every step has its turn in the fault matrix.
    await killedAt('replication-stop', 'undo');
    await referee.permit(target);
    await killedAt('open', 'finish');
    await lab.powerOn(primary);
    await returnsAsStandby(lab, primary);
    onlyLost(await referee.finish(target), primary);
    await rejoins(lab, product, primary);
  });

  it('as a program, with a power hook: exit codes 3 and 0; the old primary really has no power', async () => {
    const target = peerOf(primary);
    const folder = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-cli-'));
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_STATE_HOME: folder,
      XDG_CONFIG_HOME: folder,
      CCHA_SECRET_DC1_REPL: MYSQL_PASSWORD,
    };
    const common = ['--inventory', await lab.inventoryFile(), '--ssh-config', lab.operator.sshConfigFile];
    const cli = (...words: readonly string[]): ReturnType<typeof runProgram> =>
      runProgram(process.execPath, [path.join(REPOSITORY, 'dist', 'cli.js'), ...words, ...common], {
        env,
        timeoutMs: 120_000,
      });
    for (const other of [target, 'prom', 'operator'] as const) await lab.partition(primary, other);
    await waitFor('silence everywhere', 60_000, async () => {
      const { blocking } = planReadiness(await planFailover(product, target), {});
      return blocking.join() === 'fence';
    });
    // The cases before this one have failed over, too.
    const acks = ['--ack', 'loss-bound=it is dead', '--ack', 'recent=a rehearsal'];
    const refused = await cli('run', 'failover', target, '--yes', ...acks);
    assert.equal(refused.code, 3, refused.stdout + refused.stderr);
    assert.match(refused.stdout, /Refused: fence/);

    const hook = path.join(__dirname, 'powerHook.ts');
    const settings = path.join(folder, 'clustercontrol-ha', 'hooks.json');
    await mkdir(path.dirname(settings), { recursive: true });
    const argv = [
      process.execPath,
      '--import',
      path.join(REPOSITORY, 'node_modules/tsx/dist/loader.mjs'),
      hook,
    ];
    const setHook = async (words: readonly string[]): Promise<void> => {
      await writeFile(settings, JSON.stringify({ power: { argv: words, timeoutSeconds: 30 } }));
      await chmod(settings, 0o600);
    };
    await setHook(argv);
    const unexplained = await cli('run', 'failover', target, '--yes');
    assert.equal(unexplained.code, 3, 'the confirmation covers no acknowledgement');
    assert.match(unexplained.stdout, /--ack loss-bound=REASON/);
    assert.notEqual(await lab.initOf(primary), undefined, 'nothing was switched off by then');
    await setHook(['/bin/false']);
    const notOff = await cli('run', 'failover', target, '--yes', ...acks);
    assert.equal(notOff.code, 4, `a hook that fails: undone; ${notOff.stdout}${notOff.stderr}`);
    await setHook(argv);
    const done = await cli('run', 'failover', target, '--yes', ...acks);
    assert.equal(done.code, 0, done.stdout + done.stderr);
    assert.equal(await lab.initOf(primary), undefined, 'it was switched off');
    await rm(folder, { recursive: true, force: true });
    await lab.heal();
    await lab.powerOn(primary);
    await returnsAsStandby(lab, primary);
    await rejoins(lab, product, primary);
  });
});
