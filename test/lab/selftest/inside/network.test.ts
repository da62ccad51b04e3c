import assert from 'node:assert/strict';
import { Lab } from '../../lab';
import { run } from '../../run';
import { ADDRESS, HOSTS, OPERATOR, type HostName } from '../../site';
import { waitFor } from '../../wait';

// On a bare lab: a documented pair that is partitioned has two VIP holders, and its SNAT rule eats the answers.
describe('network', () => {
  const lab = Lab.current();
  const reaches = async (from: HostName, to: HostName | 'operator'): Promise<boolean> => {
    const address = to === 'operator' ? OPERATOR : ADDRESS[to];
    return (await lab.console(from, `ping -c1 -W1 ${address}`)).code === 0;
  };
  /** With patience: an answer is a proof, a late one too. */
  const mustReach = (from: HostName, to: HostName | 'operator'): Promise<boolean> =>
    waitFor(`${from} to reach ${to}`, 5000, () => reaches(from, to));
  const carrier = async (host: HostName): Promise<string> =>
    (await lab.mustConsole(host, 'cat /sys/class/net/eth0/carrier')).trim();

  before(function () {
    if (lab.facts.profile !== 'bare') this.skip();
  });
  afterEach(() => lab.heal());

  it('everyone reaches everyone', async () => {
    for (const from of HOSTS) {
      for (const to of [...HOSTS, 'operator'] as const) await mustReach(from, to);
    }
  });

  it('a partition cuts two hosts and nothing else, with links up', async () => {
    await lab.partition('cc1', 'cc2');
    assert.equal(await reaches('cc1', 'cc2'), false);
    assert.equal(await reaches('cc2', 'cc1'), false);
    await mustReach('cc1', 'prom');
    await mustReach('cc2', 'operator');
    assert.equal(await carrier('cc1'), '1');
  });

  it('partitions add up, and heal one by one', async () => {
    await lab.partition('cc1', 'cc2');
    await lab.partition('cc1', 'prom');
    assert.equal(await reaches('cc1', 'prom'), false);
    await mustReach('cc2', 'prom');
    await lab.heal('prom', 'cc1');
    await mustReach('cc1', 'prom');
    assert.equal(await reaches('cc1', 'cc2'), false);
    await lab.heal();
    await mustReach('cc1', 'cc2');
  });

  it('the operator can be cut off too', async () => {
    await lab.partition('operator', 'cc2');
    assert.equal(await reaches('cc2', 'operator'), false);
    const ssh = await run('ssh', ['-F', lab.operator.sshConfigFile, '-o', 'ConnectTimeout=1', 'cc2', 'true']);
    assert.match(ssh.stderr, /timed out/);
    await mustReach('cc1', 'cc2');
  });

  it('a pulled cable is seen by the host; put back, it works', async () => {
    await lab.unplug('cc2');
    assert.equal(await carrier('cc2'), '0');
    assert.equal(await reaches('cc1', 'cc2'), false);
    await lab.plug('cc2');
    await mustReach('cc1', 'cc2');
  });

  it('a partition outlives a reboot of its host', async () => {
    await lab.partition('cc1', 'prom');
    await lab.reboot('prom', 'hard');
    assert.equal(await reaches('cc1', 'prom'), false);
    await mustReach('cc2', 'prom');
  });

  it('every host has a network of its own, and none has the world', async () => {
    const names = await Promise.all(HOSTS.map((host) => lab.mustConsole(host, 'readlink /proc/self/ns/net')));
    assert.equal(new Set(names).size, HOSTS.length);
    for (const host of HOSTS) assert.equal(await lab.mustConsole(host, 'ip route show default'), '');
  });
});
