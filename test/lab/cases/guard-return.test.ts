import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { replicateFrom, sql, waitForMysql } from '../documented/mysql';
import { guardLog, helperStatus, parts, untilHealthy, untilOpen } from '../hardened/look';
import { epochOf, failOver, Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { untilCaughtUp } from '../rejoin/situations';
import { UNITS } from '../site';
import { waitFor } from '../wait';

const OLD = 'cc1';
const NEW = 'cc2';
const ROLE = '/var/lib/clustercontrol-ha/role';
/** The guard looks twice a second while it is closed, and every two seconds as a standby. */
const GUARD_LOOKS_MS = 5000;
/** Between two looks of this test; each takes about as long again. */
const PAUSE_MS = 40;

/** cc1 lost its power, cc2 took over in the next epoch. Each case gives cc1 power again, with the record that it had. */
describe('guard: an old primary comes back', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  let epoch = 0;

  before(async () => {
    await settle(lab, OLD);
    // A last row of cmon that was never sent would collide when it follows without a CLONE.
    await lab.mustConsole(OLD, `systemctl stop ${UNITS.join(' ')}`);
    await untilCaughtUp(lab, NEW);
    await lab.powerOff(OLD, 'hard');
    epoch = await failOver(lab, NEW);
    await untilOpen(lab, NEW, 20_000);
  });
  afterEach(async () => {
    await lab.heal();
    for (const { host, on } of await lab.status()) if (!on) await lab.powerOn(host);
    await lab.plug('prom');
    await lab.mustConsole('prom', `echo '${epoch} ${NEW}' >/var/lib/clustercontrol-ha/witness`);
    await untilOpen(lab, NEW, 90_000);
    await waitFor(`${OLD} to be a standby`, 60_000, isStandby);
    // Off again, with the record that it had when it lost its power.
    await lab.mustConsole(
      OLD,
      `systemctl stop clustercontrol-ha-guard
       echo '${epoch - 1} primary ${OLD}' >${ROLE} && rm -f /var/lib/clustercontrol-ha/returned && sync`,
    );
    await lab.powerOff(OLD, 'hard');
  });
  after(async () => {
    await lab.powerOn(OLD);
    await waitForMysql(lab, OLD);
    await waitFor(`${OLD} to be a standby`, 60_000, isStandby);
    const rejoin = await Operation.take(lab, 30);
    await sql(lab, OLD, 'SET GLOBAL super_read_only = ON');
    await replicateFrom(lab, NEW);
    await rejoin.run(OLD, `clustercontrol-ha role write ${epoch} standby ${NEW}`);
    await rejoin.release();
    await untilHealthy(lab, NEW);
  });

  async function isStandby(): Promise<boolean> {
    const { role } = await helperStatus(lab, OLD).catch(() => ({ role: null }));
    return role?.epoch === epoch && role.role === 'standby' && role.primary === NEW;
  }

  /** Its power is back, and it has done nothing yet. A console that comes before systemd may stand in another network. */
  async function power(): Promise<void> {
    await lab.powerOn(OLD, { wait: 'nothing' });
    await waitFor(
      `systemd on ${OLD}`,
      5000,
      async () => (await readFile(`/proc/${await lab.initOf(OLD)}/comm`, 'utf8')).trim() === 'systemd',
      1,
    );
  }

  /** From its first moment on: no flag, no VIP, no SNAT, no write, no cmon. Ends when its guard has looked for a while. */
  async function comesBackClosed(): Promise<void> {
    await power();
    const begin = performance.now();
    let [looks, early] = [0, 0];
    let guardFrom: number | undefined;
    await waitFor(
      `the guard of ${OLD} to look for a while`,
      90_000,
      async () => {
        const seen = await parts(lab, OLD);
        looks += 1;
        const open = Object.entries(seen).filter(([, value]) => value === true);
        assert.deepEqual(open, [], `${OLD} has what only a primary has, at look ${looks}`);
        if (seen.writable === undefined) early += 1;
        if (guardFrom !== undefined)
          return seen.writable === false && performance.now() - guardFrom > GUARD_LOOKS_MS;
        // Not asked again: each look should be quick.
        if (seen.writable === false && /standby of|not opening|closing/.test(await guardLog(lab, OLD)))
          guardFrom = performance.now();
        return false;
      },
      PAUSE_MS,
    );
    const seconds = (performance.now() - begin) / 1000;
    console.log(
      `        ${looks} looks in ${seconds.toFixed(1)} s, ${early} of them before its MySQL answered`,
    );
    assert.ok(early > 0, 'looked at from its first moment on');
  }

  it('together with the new one, both from power off', async () => {
    await lab.powerOff(NEW, 'hard');
    await Promise.all([lab.powerOn(NEW, { wait: 'nothing' }), comesBackClosed()]);
    await untilOpen(lab, NEW, 60_000);
    assert.equal(await isStandby(), true);
  });

  it('beside the new one, which runs', async () => {
    await comesBackClosed();
    assert.equal(await isStandby(), true);
    assert.equal((await parts(lab, NEW)).writable, true, 'the new one goes on');
  });

  it('alone: the witness tells it the epoch', async () => {
    await lab.powerOff(NEW, 'hard');
    await comesBackClosed();
    assert.equal(await isStandby(), true);
  });

  it('alone, with the witness away: nobody confirms its record', async () => {
    await lab.powerOff(NEW, 'hard');
    await lab.unplug('prom');
    await comesBackClosed();
    assert.match(await guardLog(lab, OLD), /nobody confirms it/);
    assert.equal(await isStandby(), false, 'nothing was there to learn it from');
  });

  it('in a partition from the new one', async () => {
    await lab.partition(OLD, NEW);
    await comesBackClosed();
    assert.equal(await isStandby(), true);
    assert.equal((await parts(lab, NEW)).writable, true, 'the new one goes on: the witness is enough');
  });

  it('in a partition from both', async () => {
    await lab.partition(OLD, NEW);
    await lab.partition(OLD, 'prom');
    await comesBackClosed();
    assert.match(await guardLog(lab, OLD), /nobody confirms it/);
  });

  it('with a witness that is stale and names it: the new one says otherwise', async () => {
    // The new one can't correct the witness.
    await lab.partition(NEW, 'prom');
    await lab.mustConsole('prom', `echo '${epoch - 1} ${OLD}' >/var/lib/clustercontrol-ha/witness`);
    await comesBackClosed();
    assert.equal(await isStandby(), true);
    assert.equal(await epochOf(lab), epoch - 1, 'the witness is stale still');
  });
});
