import assert from 'node:assert/strict';
import { replicateFrom, sql } from '../documented/mysql';
import {
  guardLog,
  helperStatus,
  isClosed,
  isOpen,
  parts,
  untilHealthy,
  untilOpen,
  watchForTwoWriters,
} from '../hardened/look';
import { epochOf, Operation, promoteUntilRecords, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { peerOf, type ControllerName } from '../site';
import { waitFor } from '../wait';

const STALE = 76;
const TTL_SECONDS = 4;
/** The guard's margin after a lease's end. */
const MARGIN_MS = 10_000;

describe('guard: promoters that die, and records that disagree', () => {
  const lab = Lab.current();
  let primary: ControllerName = 'cc1';

  before(() => settle(lab, primary));
  beforeEach(() => untilHealthy(lab, primary));

  it('leaves a running operation alone', async () => {
    const operation = await Operation.take(lab, 60);
    await operation.run(primary, 'clustercontrol-ha units stop && clustercontrol-ha mysql close');
    await operation.run(peerOf(primary), 'mysql -e "SET GLOBAL super_read_only = OFF"');
    const looks = async (host: ControllerName): Promise<number> =>
      (await guardLog(lab, host)).split('\n').length;
    const before = await looks(primary);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    assert.equal((await parts(lab, primary)).writable, false);
    assert.equal((await parts(lab, peerOf(primary))).writable, true);
    assert.ok((await looks(primary)) - before <= 1, 'says it once');
    await operation.run(peerOf(primary), 'mysql -e "SET GLOBAL super_read_only = ON"');
    await operation.run(
      primary,
      `clustercontrol-ha mysql open ${await epochOf(lab)} && clustercontrol-ha units start`,
    );
    await operation.release();
  });

  it('opens again after a promoter that died behind `mysql close`, and refuses it from then on', async () => {
    const operation = await Operation.take(lab, TTL_SECONDS);
    await operation.run(
      primary,
      'clustercontrol-ha units stop && clustercontrol-ha flag drop && clustercontrol-ha mysql close',
    );
    const died = performance.now();
    await untilOpen(lab, primary, TTL_SECONDS * 1000 + MARGIN_MS + 20_000);
    const ms = performance.now() - died;
    console.log(`        open ${Math.round(ms)} ms after the promoter's last act (lease ${TTL_SECONDS} s)`);
    assert.ok(ms > TTL_SECONDS * 1000 + MARGIN_MS - 1000, `before lease and margin were over: ${ms} ms`);
    assert.equal((await operation.try(primary, 'true')).code, STALE);
    assert.equal((await lab.console(primary, 'test -e /etc/cron.d/cmon')).code, 0);
  });

  it('starts what a promoter stopped, without closing the database in between', async () => {
    const operation = await Operation.take(lab, TTL_SECONDS);
    await operation.run(primary, 'systemctl stop lsyncd; clustercontrol-ha units stop');
    let closed = false;
    await waitFor('everything to run', 40_000, async () => {
      closed ||= (await parts(lab, primary)).writable !== true;
      return isOpen(lab, primary);
    });
    assert.equal(closed, false);
  });

  it('opens forward after a promoter that died behind the records', async () => {
    const watch = watchForTwoWriters(lab);
    const operation = await Operation.take(lab, 20);
    const old = primary;
    primary = peerOf(old);
    const epoch = await promoteUntilRecords(lab, operation, primary);
    assert.equal((await parts(lab, primary)).writable, false);
    const ms = await untilOpen(lab, primary, 60_000);
    console.log(`        open ${Math.round(ms)} ms after the promoter's last act`);
    assert.equal((await helperStatus(lab, primary)).active, epoch);
    assert.equal(await isClosed(lab, old), true);
    assert.equal(await watch.stop(), false, 'both hosts took writes');
    const rest = await Operation.take(lab, 30);
    await sql(lab, old, 'SET GLOBAL super_read_only = ON');
    await replicateFrom(lab, primary);
    await rest.release();
  });

  it('an emergency stop by hand stays, over a reboot, until it is cleared', async () => {
    const operation = await Operation.take(lab, 30, [primary]);
    await operation.run(primary, 'clustercontrol-ha close --hold');
    await operation.release([primary]);
    assert.equal(await isClosed(lab, primary), true);
    await lab.reboot(primary, 'hard');
    await waitFor('the guard to say why', 30_000, async () =>
      (await guardLog(lab, primary)).includes('closed by hand'),
    );
    assert.equal(await isClosed(lab, primary), true);
    const clear = await Operation.take(lab, 30, [primary]);
    await clear.run(primary, 'clustercontrol-ha hold --clear');
    await clear.release([primary]);
    await untilOpen(lab, primary, 40_000);
  });

  it('the witness commits no epoch that was withdrawn, however late its promoter wakes up; a guard is still heard', async () => {
    const epoch = await epochOf(lab);
    const at = (call: string) => lab.console('prom', `clustercontrol-ha witness ${call}`);
    assert.equal((await at(`withdraw ${epoch + 1}`)).code, 0);
    const late = await at(`commit ${epoch + 1} ${peerOf(primary)}`);
    assert.deepEqual([late.code, /withdrawn/.test(late.stderr)], [64, true]);
    assert.equal((await at(`commit ${epoch} ${primary}`)).code, 0, 'what it has already is no news');
    assert.equal((await at(`withdraw ${epoch - 1}`)).code, 0);
    assert.equal(
      (await at(`commit ${epoch + 1} ${peerOf(primary)}`)).code,
      64,
      'an older word takes nothing back',
    );
    await lab.mustConsole('prom', `echo '${epoch - 1} ${primary}' >/var/lib/clustercontrol-ha/witness`);
    await waitFor('the guard to tell it', 10_000, async () => (await epochOf(lab)) === epoch);
    await lab.mustConsole('prom', 'rm /var/lib/clustercontrol-ha/withdrawn');
  });

  it('brings a witness that was away up to date', async () => {
    const epoch = await epochOf(lab);
    await lab.mustConsole(
      'prom',
      `echo '${epoch - 1} ${peerOf(primary)}' >/var/lib/clustercontrol-ha/witness`,
    );
    await waitFor(
      'the witness',
      10_000,
      async () => (await helperStatus(lab, 'prom')).witness?.epoch === epoch,
    );
  });

  it('takes the epoch of an undo of which only its standby was told: it neither stays closed nor tries again and again', async () => {
    const epoch = await epochOf(lab);
    const other = peerOf(primary);
    await lab.powerOff(primary, 'hard');
    await lab.mustConsole(
      other,
      `echo '${epoch + 2} standby ${primary}' >/var/lib/clustercontrol-ha/role && sync`,
    );
    await lab.powerOn(primary);
    await untilOpen(lab, primary, 60_000);
    await waitFor('all three records to say the same', 20_000, async () => {
      const [here, witness] = await Promise.all([helperStatus(lab, primary), helperStatus(lab, 'prom')]);
      return here.role?.epoch === epoch + 2 && witness.witness?.epoch === epoch + 2;
    });
    assert.doesNotMatch(await guardLog(lab, primary), /no longer confirmed/);
  });

  it('closes both when both claim the same epoch, and keeps the records for the operator', async () => {
    const epoch = await epochOf(lab);
    const other = peerOf(primary);
    const role = '/var/lib/clustercontrol-ha/role';
    await lab.mustConsole(other, `echo '${epoch} primary ${other}' >${role}`);
    await waitFor(
      'both to be closed',
      30_000,
      async () => (await isClosed(lab, primary)) && (await isClosed(lab, other)),
    );
    assert.equal((await helperStatus(lab, primary)).role?.role, 'primary');
    assert.match(await guardLog(lab, primary), /SPLIT/);
    await lab.mustConsole(other, `echo '${epoch} standby ${primary}' >${role}`);
    await untilOpen(lab, primary, 30_000);
  });

  it('keeps a host with a damaged record closed', async () => {
    const role = '/var/lib/clustercontrol-ha/role';
    const record = await lab.read(primary, role);
    await lab.mustConsole(primary, `printf 'garb' >${role}`);
    await waitFor('it to be closed', 30_000, () => isClosed(lab, primary));
    assert.equal((await helperStatus(lab, primary)).role, null);
    await lab.mustConsole(primary, `cat >${role}`, { input: record });
    await untilOpen(lab, primary, 30_000);
  });

  it('undoes a persisted OFF, and a standby that was made writable', async () => {
    const other = peerOf(primary);
    await sql(lab, other, 'SET PERSIST super_read_only = OFF; SET PERSIST read_only = OFF');
    const persisted =
      "SELECT COUNT(*) FROM performance_schema.persisted_variables WHERE variable_name LIKE '%read\\_only'";
    await waitFor('the standby to be closed', 10_000, async () => {
      return (
        (await parts(lab, other)).writable === false && (await sql(lab, other, persisted)).trim() === '0'
      );
    });
  });

  it('a standby that was away gets again what it lost meanwhile, and nothing else is touched there', async () => {
    const other = peerOf(primary);
    const folder = '/etc/cmon.d';
    await lab.mustConsole(primary, `echo 1 >${folder}/kept.cnf; echo 1 >${folder}/lost.cnf`);
    const has = async (file: string): Promise<boolean> =>
      (await lab.console(other, `test -e ${folder}/${file}`)).code === 0;
    await waitFor('both files', 30_000, async () => (await has('kept.cnf')) && (await has('lost.cnf')));
    // An operation is under way meanwhile, as when a promotion is undone because its target lost its power.
    const operation = await Operation.take(lab, TTL_SECONDS, [primary]);
    await lab.partition(primary, other);
    await waitFor('its guard to miss the standby', 20_000, async () => {
      return (await lab.console(primary, 'test -e /run/clustercontrol-ha/sync-again')).code === 0;
    });
    await lab.mustConsole(other, `rm ${folder}/lost.cnf; echo 1 >${folder}/own.cnf`);
    await lab.heal();
    await lab.console(primary, `clustercontrol-ha lease release --token ${operation.token}`);
    await waitFor('the lost file', 40_000, () => has('lost.cnf'));
    assert.deepEqual([await has('kept.cnf'), await has('own.cnf')], [true, true]);
    for (const host of [primary, other]) await lab.mustConsole(host, `rm -f ${folder}/{kept,lost,own}.cnf`);
    await sql(lab, other, 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD');
  });

  it('is there again at once after kill -9', async () => {
    const pid = (): Promise<string> =>
      lab.mustConsole(primary, 'systemctl show --value -p MainPID clustercontrol-ha-guard');
    const before = await pid();
    await lab.mustConsole(primary, `kill -9 ${before}`);
    await waitFor('a new guard', 5000, async () => !['0', before.trim()].includes((await pid()).trim()));
    assert.equal(await isOpen(lab, primary), true);
  });

  it('opens writable MySQL again after mysqld crashed on the primary', async () => {
    await lab.mustConsole(primary, 'pkill -KILL -x mysqld');
    await waitFor(
      'MySQL to be writable again',
      40_000,
      async () => (await parts(lab, primary)).writable === true,
    );
    assert.equal((await parts(lab, primary)).vip, true);
    // The replica tries again once a minute.
    await sql(lab, peerOf(primary), 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD');
  });
});
