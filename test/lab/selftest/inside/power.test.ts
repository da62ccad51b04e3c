import assert from 'node:assert/strict';
import { Lab } from '../../lab';
import { ADDRESS } from '../../site';
import { waitFor } from '../../wait';

describe('power', () => {
  const lab = Lab.current();
  const pings = async (address: string): Promise<boolean> =>
    (await lab.console('cc1', `ping -c1 -W1 ${address}`)).code === 0;

  it('hard off: gone at once, and what was not synced is lost', async () => {
    await lab.mustConsole(
      'prom',
      'echo kept >/root/synced; sync /root/synced; sync; echo lost >/root/unsynced',
    );
    const begin = performance.now();
    await lab.powerOff('prom', 'hard');
    assert.ok(performance.now() - begin < 5000);
    assert.equal(await pings(ADDRESS.prom), false);
    assert.equal(await lab.initOf('prom'), undefined);
    await lab.powerOn('prom');
    assert.equal(await lab.mustConsole('prom', 'cat /root/synced'), 'kept\n');
    assert.equal((await lab.console('prom', 'grep -q lost /root/unsynced')).code === 0, false);
  });

  it('soft off: an orderly shutdown, also with consoles open, that keeps all', async () => {
    await Promise.all([1, 2].map(() => lab.mustConsole('cc2', 'sleep 0.2')));
    await lab.mustConsole('cc2', 'echo kept >/root/unsynced');
    const begin = performance.now();
    await lab.powerOff('cc2', 'soft');
    assert.ok(performance.now() - begin < 40_000, 'the shutdown was forced');
    await lab.powerOn('cc2');
    assert.equal(await lab.mustConsole('cc2', 'cat /root/unsynced'), 'kept\n');
    assert.match(await lab.mustConsole('cc2', 'journalctl -b -1 -u mysql -o cat'), /Stopped .*(mysql|MySQL)/);
  });

  it('a reboot leaves nothing of the network that was set by hand', async () => {
    await lab.mustConsole(
      'cc2',
      `ip address add 192.168.73.77/32 dev eth0; iptables -t nat -A POSTROUTING -j ACCEPT`,
    );
    assert.equal(await pings('192.168.73.77'), true);
    const before = await lab.mustConsole('cc2', 'cat /proc/sys/kernel/random/boot_id; cat /proc/1/stat');
    await lab.reboot('cc2');
    assert.equal(await pings('192.168.73.77'), false);
    assert.doesNotMatch(await lab.mustConsole('cc2', 'iptables -t nat -S'), /-A POSTROUTING -j ACCEPT/);
    assert.notEqual(
      await lab.mustConsole('cc2', 'cat /proc/sys/kernel/random/boot_id; cat /proc/1/stat'),
      before,
    );
  });

  it('the machine-ids and MySQL server uuids differ', async () => {
    const ids = await Promise.all(
      (['cc1', 'cc2', 'prom'] as const).map((host) => lab.read(host, '/etc/machine-id')),
    );
    assert.equal(new Set(ids).size, 3);
    await waitFor('MySQL', 30_000, async () => (await lab.console('cc2', 'mysqladmin ping')).code === 0);
    const uuid = 'mysql -NBe "SELECT @@server_uuid"';
    assert.notEqual(await lab.mustConsole('cc1', uuid), await lab.mustConsole('cc2', uuid));
  });
});
