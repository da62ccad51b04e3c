import assert from 'node:assert/strict';
import {
  guardLog,
  helperStatus,
  isClosed,
  parts,
  untilHealthy,
  untilOpen,
  watchForTwoWriters,
} from '../hardened/look';
import { Operation, epochOf, failOver, promote, settle } from '../hardened/operation';
import { cloneFrom, replicateFrom, sql, waitForMysql } from '../documented/mysql';
import { staysTrue } from '../hazards/staysTrue';
import { Lab } from '../lab';
import { untilCaughtUp } from '../rejoin/situations';
import { CONTROLLERS, peerOf, UNITS, type ControllerName } from '../site';
import { waitFor } from '../wait';

describe('guard: boots', () => {
  const lab = Lab.current();
  /** Who is the primary by now: roles move in this suite. */
  let primary: ControllerName = 'cc1';

  before(() => settle(lab, primary));
  afterEach(async () => {
    await lab.heal();
    await untilHealthy(lab, primary);
  });

  it('a reboot of the primary changes no role', async () => {
    const epoch = await epochOf(lab);
    await lab.reboot(primary, 'hard');
    const ms = await untilOpen(lab, primary, 60_000);
    console.log(`        open ${Math.round(ms)} ms after ssh answered`);
    assert.equal(await epochOf(lab), epoch);
    assert.equal(await isClosed(lab, peerOf(primary)), true);
  });

  it('a keepalived that does not follow the flag is started anew', async () => {
    await lab.mustConsole(
      primary,
      'systemctl stop clustercontrol-ha-guard; rm /run/clustercontrol-ha/active',
    );
    await waitFor('the VIP to go', 10_000, async () => !(await parts(lab, primary)).vip);
    await lab.mustConsole(
      primary,
      'pkill -STOP -x keepalived; systemctl start --no-block clustercontrol-ha-guard',
    );
    await untilOpen(lab, primary, 60_000);
    assert.match(await guardLog(lab, primary), /keepalived does not follow the flag/);
  });

  it('a reboot of the standby changes no role', async () => {
    await lab.reboot(peerOf(primary), 'soft');
    await waitForMysql(lab, peerOf(primary));
    assert.equal(await isClosed(lab, peerOf(primary)), true);
  });

  it('a reboot of both, the standby first, changes no role', async () => {
    await Promise.all(CONTROLLERS.map((host) => lab.powerOff(host, 'hard')));
    await lab.powerOn(peerOf(primary));
    await waitForMysql(lab, peerOf(primary));
    assert.equal(await isClosed(lab, peerOf(primary)), true);
    await lab.powerOn(primary);
    await untilOpen(lab, primary, 60_000);
  });

  it('a planned promotion survives a reboot of both hosts', async () => {
    const watch = watchForTwoWriters(lab);
    primary = peerOf(primary);
    await promote(lab, primary);
    await untilHealthy(lab, primary);
    await Promise.all(CONTROLLERS.map((host) => lab.reboot(host, 'hard')));
    await untilHealthy(lab, primary);
    assert.equal(await watch.stop(), false, 'both hosts took writes');
  });

  it('a primary boots closed while peer and witness are away, and opens when one is back', async () => {
    await lab.partition(primary, 'prom');
    await lab.partition(primary, peerOf(primary));
    await lab.reboot(primary, 'hard');
    await waitFor('the guard to say why', 30_000, async () =>
      (await guardLog(lab, primary)).includes('nobody confirms it'),
    );
    assert.equal(await isClosed(lab, primary), true);
    await lab.heal(primary, 'prom');
    const ms = await untilOpen(lab, primary, 20_000);
    console.log(`        open ${Math.round(ms)} ms after the witness was back`);
  });

  it('a primary opens with the peer as its only witness', async () => {
    await lab.partition(primary, 'prom');
    await lab.reboot(primary, 'hard');
    await untilOpen(lab, primary, 60_000);
  });

  it('a primary boots closed while an operation holds a lease on its peer, and opens when that is over', async () => {
    const peer = peerOf(primary);
    const operation = await Operation.take(lab, 120, [peer]);
    await lab.reboot(primary, 'hard');
    await waitFor('the guard to say why', 40_000, async () =>
      (await guardLog(lab, primary)).includes(`not opening: an operation holds a lease on ${peer}`),
    );
    // It would open within two looks: twice a second, and the time that an opening takes.
    await staysTrue(`${primary} closed`, 5000, () => isClosed(lab, primary));
    await operation.release([peer]);
    await untilOpen(lab, primary, 20_000);
  });

  it('a primary boots closed behind a lease of its own: whoever holds it may still be there', async () => {
    const operation = await Operation.take(lab, 60, [primary]);
    await lab.reboot(primary, 'hard');
    await waitFor('the guard to say why', 40_000, async () =>
      (await guardLog(lab, primary)).includes('not opening: a lease has just ended here'),
    );
    assert.equal(await isClosed(lab, primary), true);
    // The reboot ended the lease there, whatever its time to live.
    assert.equal((await operation.try(primary, 'true')).code, 77);
    const both = await Operation.take(lab, 60, CONTROLLERS, 'raise');
    await both.release();
  });

  it('an old primary that returns after a failover stays closed, and becomes a standby', async () => {
    const old = primary;
    // A last row of cmon that was never sent would collide when it follows without a CLONE.
    await lab.mustConsole(old, `systemctl stop ${UNITS.join(' ')}`);
    await untilCaughtUp(lab, peerOf(old));
    await lab.powerOff(old, 'hard');
    primary = peerOf(old);
    const epoch = await failOver(lab, primary);
    await untilOpen(lab, primary, 20_000);
    const watch = watchForTwoWriters(lab);
    await lab.powerOn(old);
    await waitFor(
      `${old} to follow`,
      40_000,
      async () => (await helperStatus(lab, old)).role?.role === 'standby',
    );
    assert.deepEqual((await helperStatus(lab, old)).role, { epoch, role: 'standby', primary });
    assert.equal(await isClosed(lab, old), true);
    assert.equal(await watch.stop(), false, 'both hosts took writes');
    // It may have files that nobody else has: lsyncd waits for a rejoin.
    assert.notEqual((await lab.console(primary, 'systemctl is-active --quiet lsyncd')).code, 0);
    await waitForMysql(lab, old);
    const rejoin = await Operation.take(lab, 30);
    await sql(lab, old, 'SET GLOBAL super_read_only = ON');
    await replicateFrom(lab, primary);
    await rejoin.run(old, `clustercontrol-ha role write ${epoch} standby ${primary}`);
    await rejoin.release();
  });

  it('a primary that missed an epoch behind a partition closes when it is healed', async () => {
    const old = primary;
    await lab.partition(old, peerOf(old));
    await lab.partition(old, 'prom');
    await waitFor(`${old} to fence itself`, 40_000, () => isClosed(lab, old));
    primary = peerOf(old);
    const epoch = await failOver(lab, primary);
    const watch = watchForTwoWriters(lab);
    await lab.heal();
    await waitFor(
      `${old} to follow`,
      20_000,
      async () => (await helperStatus(lab, old)).role?.epoch === epoch,
    );
    assert.equal(await isClosed(lab, old), true);
    assert.equal(await watch.stop(), false, 'both hosts took writes');
    // What it wrote while it was cut off exists nowhere else: only a CLONE makes it a replica again.
    const rejoin = await Operation.take(lab, 120);
    await sql(lab, old, 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = ON');
    await cloneFrom(lab, primary);
    assert.equal((await parts(lab, old)).writable, false, 'a CLONE leaves it closed, by my.cnf');
    await replicateFrom(lab, primary);
    await rejoin.run(old, `clustercontrol-ha role write ${epoch} standby ${primary}`);
    await rejoin.release();
  });
});
