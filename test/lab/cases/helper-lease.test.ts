import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { HELPER } from '../hardened/assets';
import { helperStatus } from '../hardened/look';
import { epochOf, Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { waitFor } from '../wait';

const STALE = 76;
const EXPIRED = 77;
const HELD = 75;
const TIMED_OUT = 124;

describe('helper: lease and lock', () => {
  const lab = Lab.current();

  before(() => settle(lab, 'cc1'));
  // Each test leaves a lease behind; a new one with a higher token ends it.
  afterEach(async () => (await Operation.take(lab, 1, ['cc2'], 'raise')).release(['cc2']));

  it('refuses a stale token before anything happens', async () => {
    const { token } = await Operation.take(lab, 30, ['cc2']);
    const outcome = await lab.console('cc2', `${HELPER} run --token ${token - 1} -- 'touch /tmp/happened'`);
    assert.equal(outcome.code, STALE);
    assert.match(outcome.stderr, /token/);
    assert.notEqual((await lab.console('cc2', 'test -e /tmp/happened')).code, 0);
  });

  it('refuses another plan while a lease is alive, and a token that does not grow', async () => {
    const { token } = await Operation.take(lab, 30, ['cc2']);
    const take = (plan: string, n: number): string =>
      `${HELPER} lease take --plan ${plan} --operator other --token ${n} --ttl 5`;
    assert.equal((await lab.console('cc2', take('another', token + 1))).code, HELD);
    assert.equal((await lab.console('cc2', take('another', token))).code, STALE);
    assert.equal((await helperStatus(lab, 'cc2')).lease?.operator, 'tester');
  });

  it('is given back by its own plan only: two plans may have one token', async () => {
    const { token } = await Operation.take(lab, 30, ['cc2']);
    const release = `${HELPER} lease release --token ${token} --plan`;
    const refused = await lab.console('cc2', `${release} another`);
    assert.equal(refused.code, STALE);
    assert.match(refused.stderr, new RegExp(`that is ${token} of test-${token} by tester`));
    assert.notEqual((await helperStatus(lab, 'cc2')).lease?.remainingSeconds, 0);
    await lab.mustConsole('cc2', `${release} test-${token}`);
    assert.equal((await helperStatus(lab, 'cc2')).lease?.remainingSeconds, 0);
  });

  it('refuses everything once the lease is over', async () => {
    const operation = await Operation.take(lab, 1, ['cc2']);
    await waitFor('the end of the lease', 5000, async () => {
      return (await helperStatus(lab, 'cc2')).lease?.remainingSeconds === 0;
    });
    assert.equal((await operation.try('cc2', 'touch /tmp/happened')).code, EXPIRED);
    assert.equal(
      (await lab.console('cc2', `${HELPER} lease renew --token ${operation.token}`)).code,
      EXPIRED,
    );
    assert.notEqual((await lab.console('cc2', 'test -e /tmp/happened')).code, 0);
  });

  it('makes an old token useless, and ends what it still runs without the lock', async () => {
    const old = await Operation.take(lab, 30, ['cc2']);
    const running = old.try('cc2', 'touch /tmp/began; exec sleep 40.5', '--unlocked --timeout 60');
    await waitFor(
      'the script',
      5000,
      async () => (await lab.console('cc2', 'test -e /tmp/began')).code === 0,
    );
    await Operation.take(lab, 30, ['cc2'], 'raise');
    assert.notEqual((await running).code, 0);
    assert.notEqual((await lab.console('cc2', 'pgrep -f "sleep 40.5"')).code, 0);
    assert.equal((await old.try('cc2', 'true')).code, STALE);
    await lab.console('cc2', 'rm -f /tmp/began');
  });

  it('renews while a script runs', async () => {
    const operation = await Operation.take(lab, 3, ['cc2']);
    const script = operation.try(
      'cc2',
      'for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 0.5; done; clustercontrol-ha flag drop',
    );
    let ended = false;
    void script.finally(() => (ended = true));
    while (!ended) {
      const begin = performance.now();
      await lab.mustConsole('cc2', `${HELPER} lease renew --token ${operation.token}`);
      assert.ok(performance.now() - begin < 1500, 'a renewal waits for nobody');
    }
    assert.equal((await script).code, 0);
  });

  it('kills a script at its time limit, with what left its process group', async () => {
    const operation = await Operation.take(lab, 30, ['cc2']);
    const outcome = await operation.try('cc2', 'setsid sleep 41.5 & sleep 42.5', '--timeout 1');
    assert.equal(outcome.code, TIMED_OUT);
    assert.notEqual((await lab.console('cc2', 'pgrep -f "sleep 4[12].5"')).code, 0);
    assert.equal((await operation.try('cc2', 'true', '--timeout 2')).code, 0);
  });

  it('gets past a caller that was stopped by a signal', async () => {
    const old = await Operation.take(lab, 60, ['cc2']);
    const stuck = old.try('cc2', 'sleep 43.5', '--timeout 2');
    const pids = `pgrep -f "clustercontrol-ha run --token ${old.token}|timeout -k 1 2 sh"`;
    await waitFor(
      'the script',
      5000,
      async () => (await lab.console('cc2', 'pgrep -f "sleep 43.5"')).code === 0,
    );
    await lab.mustConsole('cc2', `kill -STOP $(${pids} | grep -v "^$$\\$")`);
    const begin = performance.now();
    const next = await Operation.take(lab, 30, ['cc2'], 'raise');
    assert.ok(performance.now() - begin < 15_000);
    assert.equal((await next.try('cc2', 'true')).code, 0);
    assert.notEqual((await stuck).code, 0);
  });

  it('gets past a caller that was stopped between getting the lock and writing its deadline', async () => {
    const old = await Operation.take(lab, 60, ['cc2']);
    // The helper finds it before the real one, which gets the lock for the descriptor that both share.
    const flock = '/usr/local/sbin/flock';
    await lab.mustConsole(
      'cc2',
      `printf '%s\n' '#!/bin/sh' '/usr/bin/flock "$@" || exit' 'rm ${flock} && : >/tmp/stops && kill -STOP $PPID' >${flock} && chmod 755 ${flock}`,
    );
    const stuck = old.try('cc2', 'touch /tmp/happened', '--timeout 5');
    await waitFor(
      'its stop',
      10_000,
      async () => (await lab.console('cc2', 'test -e /tmp/stops')).code === 0,
    );
    const begin = performance.now();
    const next = await Operation.take(lab, 30, ['cc2'], 'raise');
    assert.equal((await next.try('cc2', 'true')).code, 0);
    assert.ok(performance.now() - begin < 20_000);
    assert.notEqual((await stuck).code, 0);
    assert.notEqual((await lab.console('cc2', 'test -e /tmp/happened')).code, 0);
    await lab.console('cc2', 'rm -f /tmp/stops');
  });

  it('gets past a script whose caller and time limit were killed, after its deadline', async () => {
    const old = await Operation.take(lab, 60, ['cc2']);
    const left = old.try('cc2', 'sleep 46.5', '--timeout 2');
    const runs = async (): Promise<boolean> =>
      (await lab.console('cc2', 'pgrep -x sleep -a | grep -F 46.5')).code === 0;
    await waitFor('the script', 5000, runs);
    await lab.mustConsole(
      'cc2',
      `pkill -KILL -f '^(/bin/sh ${HELPER} run --token ${old.token}|timeout -k 1 2 sh) '`,
    );
    assert.notEqual((await left).code, 0);
    assert.ok(await runs());
    // By the guard's next pass behind the deadline.
    await waitFor('the lock', 15_000, async () => {
      return (await lab.console('cc2', 'flock -n -x /run/clustercontrol-ha/lock true')).code === 0;
    });
    assert.equal(await runs(), false);
  });

  it('lets a call within an unlocked script end what it began, while the guard waits for the lock', async () => {
    const operation = await Operation.take(lab, 60, ['cc1']);
    // The helper finds it before the real one. What it holds of the lock it has from its caller, and no record of its own.
    const systemctl = '/usr/local/sbin/systemctl';
    const slow = 'case "$CLUSTERCONTROL_HA_CALLER $1" in *":0 start") sleep 8.5 ;; esac';
    await lab.mustConsole(
      'cc1',
      `printf '%s\n' '#!/bin/sh' '${slow}' 'exec /usr/bin/systemctl "$@"' >${systemctl} && chmod 755 ${systemctl}`,
    );
    try {
      // The guard's next pass removes the record of the script: its deadline protects nobody any more.
      const outcome = await operation.try(
        'cc1',
        `pid=\${CLUSTERCONTROL_HA_CALLER#*:}
         while [ -e "/run/clustercontrol-ha/holder.\${pid%:*}" ]; do sleep 0.1; done
         clustercontrol-ha units start`,
        '--unlocked --timeout 40',
      );
      assert.deepEqual({ code: outcome.code, stderr: outcome.stderr }, { code: 0, stderr: '' });
    } finally {
      await lab.mustConsole('cc1', `rm -f ${systemctl}`);
      await operation.release(['cc1']);
    }
  });

  it('frees the lock when the ssh session of a caller dies', async () => {
    const operation = await Operation.take(lab, 60, ['cc2']);
    const call = `${HELPER} run --token ${operation.token} --timeout 3 -- 'sleep 44.5'`;
    const ssh = spawn('ssh', ['-F', lab.operator.sshConfigFile, 'cc2', call], { stdio: 'ignore' });
    await waitFor(
      'the script',
      5000,
      async () => (await lab.console('cc2', 'pgrep -f "sleep 44.5"')).code === 0,
    );
    ssh.kill('SIGKILL');
    assert.equal((await lab.console('cc2', 'flock -n -x /run/clustercontrol-ha/lock true')).code, 1);
    // Alone: a shared hold would not show that the lock is free.
    await waitFor('the lock', 6000, async () => {
      return (await lab.console('cc2', 'flock -n -x /run/clustercontrol-ha/lock true')).code === 0;
    });
  });

  it('refuses to act when it cannot write, and leaves the records whole', async () => {
    const operation = await Operation.take(lab, 60, ['cc2']);
    const before = await helperStatus(lab, 'cc2');
    const epoch = await epochOf(lab);
    await lab.fillDisk('cc2');
    try {
      // What the file system had set aside for delayed writes comes free once they are on disk: that, too.
      await lab.mustConsole(
        'cc2',
        `f=/var/tmp/lab-fills-disk-3; for size in 64k 4k 512; do
           while dd if=/dev/zero of=$f bs=$size count=16 oflag=append conv=notrunc,fsync 2>/dev/null; do :; done; done`,
      );
      const role = await operation.try('cc2', `clustercontrol-ha role write ${epoch + 8} standby cc1`);
      assert.equal(role.code, 1);
      assert.match(role.stderr, /cannot write/);
      assert.deepEqual((await helperStatus(lab, 'cc2')).role, before.role);
      assert.equal((await helperStatus(lab, 'cc2')).lease?.token, operation.token);
    } finally {
      await lab.freeDisk('cc2');
    }
    assert.equal((await operation.try('cc2', 'true')).code, 0);
  });

  it('does not start a script when /run is full', async () => {
    const operation = await Operation.take(lab, 60, ['cc2']);
    await lab.console('cc2', 'dd if=/dev/zero of=/run/fills-run bs=64k 2>/dev/null; true');
    try {
      const outcome = await operation.try('cc2', 'touch /var/tmp/happened');
      assert.equal(outcome.code, 1);
      assert.match(outcome.stderr, /run full/);
    } finally {
      await lab.mustConsole('cc2', 'rm -f /run/fills-run');
    }
    assert.notEqual((await lab.console('cc2', 'test -e /var/tmp/happened')).code, 0);
  });
});
