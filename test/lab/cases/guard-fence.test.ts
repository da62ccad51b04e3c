import assert from 'node:assert/strict';
import { FENCE_SECONDS } from '../hardened/files';
import { isOpen, parts, untilClosed, untilHealthy, untilOpen } from '../hardened/look';
import { Operation, settle } from '../hardened/operation';
import { staysTrue } from '../hazards/staysTrue';
import { Lab } from '../lab';
import { peerOf, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** Closing begins when the time is over; what closing itself may take is stated in docs/host-helper.md. */
const CLOSING_MS = 5000;

describe('guard: self-fencing', () => {
  const lab = Lab.current();
  const primary: ControllerName = 'cc1';

  before(() => settle(lab, primary));
  afterEach(async () => {
    await lab.heal();
    await untilHealthy(lab, primary);
  });

  async function isolate(): Promise<void> {
    await lab.partition(primary, peerOf(primary));
    await lab.partition(primary, 'prom');
  }

  it('an isolated primary closes within the stated time, not before, and opens again after healing', async () => {
    await isolate();
    const begin = performance.now();
    await waitFor(
      'the flag to go',
      FENCE_SECONDS * 1000 + CLOSING_MS,
      async () => !(await parts(lab, primary)).flag,
      10,
    );
    const dropped = performance.now() - begin;
    await untilClosed(lab, primary, CLOSING_MS);
    const closed = performance.now() - begin;
    console.log(
      `        flag dropped after ${Math.round(dropped)} ms, closed after ${Math.round(closed)} ms`,
    );
    // The last answer may be one look (2 s) and one question old when the cable goes.
    assert.ok(dropped > (FENCE_SECONDS - 4) * 1000, `too early: ${dropped} ms`);
    assert.ok(closed < FENCE_SECONDS * 1000 + CLOSING_MS, `too late: ${closed} ms`);
    await lab.heal();
    const ms = await untilOpen(lab, primary, 30_000);
    console.log(`        open ${Math.round(ms)} ms after healing`);
  });

  /** As after a stop for longer than the fencing time: what it met last is long ago. */
  async function guardWasAway(): Promise<void> {
    await lab.mustConsole(
      primary,
      `systemctl stop clustercontrol-ha-guard
       read -r epoch at </run/clustercontrol-ha/contact && echo "$epoch 1" >/run/clustercontrol-ha/contact`,
    );
  }

  it('a guard that was stopped for long asks before it closes: nobody has left this primary alone', async () => {
    await guardWasAway();
    await lab.mustConsole(primary, 'systemctl start clustercontrol-ha-guard');
    await waitFor('the guard to have met somebody', 10_000, async () => {
      const { flag } = await parts(lab, primary);
      assert.equal(flag, true, 'it is never closed meanwhile');
      const met = await lab.mustConsole(primary, 'cut -d" " -f2 /run/clustercontrol-ha/contact');
      return Number(met) > 1;
    });
    assert.equal(await isOpen(lab, primary), true);
  });

  it('and closes at once where nobody answers', async () => {
    await isolate();
    await guardWasAway();
    await lab.mustConsole(primary, 'systemctl start clustercontrol-ha-guard');
    await untilClosed(lab, primary, CLOSING_MS);
  });

  it('a cable that is pulled is an isolation', async () => {
    await lab.unplug(primary);
    try {
      await untilClosed(lab, primary, FENCE_SECONDS * 1000 + CLOSING_MS);
    } finally {
      await lab.plug(primary);
    }
  });

  it('one of the two is enough', async () => {
    for (const away of [peerOf(primary), 'prom'] as const) {
      await lab.partition(primary, away);
      // Longer than a guard takes that fences: its last look may begin when the time is over.
      await staysTrue(`${primary} open while ${away} is away`, FENCE_SECONDS * 1000 + CLOSING_MS, () =>
        isOpen(lab, primary),
      );
      await lab.heal();
    }
  });

  it('the count survives the guard: killed half way, it closes at the same time', async () => {
    await isolate();
    const begin = performance.now();
    await waitFor('half of it', 20_000, () => performance.now() - begin > FENCE_SECONDS * 500);
    await lab.mustConsole(primary, 'systemctl kill -s KILL --kill-whom=main clustercontrol-ha-guard');
    await untilClosed(lab, primary, FENCE_SECONDS * 1000 + CLOSING_MS);
    assert.ok(performance.now() - begin < FENCE_SECONDS * 1000 + CLOSING_MS);
  });

  it('opens again by answers that take half a second', async () => {
    const keys = '/root/.ssh/authorized_keys';
    const others = [peerOf(primary), 'prom'] as const;
    for (const host of others) {
      await lab.mustConsole(
        host,
        `cp -p ${keys} ${keys}.kept && sed -i 's,command="/usr,command="sleep 0.5; /usr,' ${keys} && grep -q 'sleep 0.5' ${keys}`,
      );
    }
    try {
      await isolate();
      await untilClosed(lab, primary, FENCE_SECONDS * 1000 + CLOSING_MS);
      await lab.heal();
      await untilOpen(lab, primary, 30_000);
    } finally {
      for (const host of others) await lab.mustConsole(host, `mv ${keys}.kept ${keys}`);
    }
  });

  it('closes though an operation holds the lease, the lock, and a script hangs in it', async () => {
    const operation = await Operation.take(lab, 120, [primary]);
    const hung = operation.try(primary, 'sleep 45.5', '--timeout 100');
    await waitFor(
      'the script',
      5000,
      async () => (await lab.console(primary, 'pgrep -f "sleep 45.5"')).code === 0,
    );
    await isolate();
    await untilClosed(lab, primary, FENCE_SECONDS * 1000 + CLOSING_MS + 3000);
    assert.notEqual((await hung).code, 0);
    const epoch = await lab.mustConsole(
      primary,
      'read -r epoch _ </var/lib/clustercontrol-ha/role; echo $epoch',
    );
    assert.equal((await operation.try(primary, `clustercontrol-ha mysql open ${epoch.trim()}`)).code, 76);
    await lab.heal();
  });

  it('closes though a transaction blocks it', async () => {
    const session = lab.console(
      primary,
      `mysql --execute 'LOCK TABLES mysql.time_zone_name WRITE; SELECT SLEEP(40)'`,
    );
    await isolate();
    await untilClosed(lab, primary, FENCE_SECONDS * 1000 + CLOSING_MS + 5000);
    await session;
  });
});
