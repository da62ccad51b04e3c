import assert from 'node:assert/strict';
import { helperStatus, parts, untilHealthy } from '../hardened/look';
import { epochOf, Operation, settle } from '../hardened/operation';
import { staysTrue } from '../hazards/staysTrue';
import { Lab } from '../lab';
import { UNITS } from '../site';
import { waitFor } from '../wait';

const REFUSED = 64;
/** Six times what the simulated election says of the hardened pair (docs/election.md). */
const AT_REST_MS = 5000;

describe('helper: flag, role, units', () => {
  const lab = Lab.current();
  let operation: Operation;
  let epoch = 0;

  before(async () => {
    await settle(lab, 'cc1');
    epoch = await epochOf(lab);
  });
  beforeEach(async () => {
    await untilHealthy(lab, 'cc1');
    operation = await Operation.take(lab, 60, ['cc2'], 'raise');
  });
  afterEach(() => operation.release(['cc2']));

  const state = async (): Promise<string> =>
    (await lab.read('cc2', '/run/clustercontrol-ha/vrrp_state')).trim();

  it('gives the flag, becomes BACKUP, and takes it back after the window', async () => {
    await operation.run('cc2', 'clustercontrol-ha flag give 99 400');
    const given = performance.now();
    assert.equal(await state(), 'BACKUP');
    assert.equal((await helperStatus(lab, 'cc2')).active, 99);
    await waitFor('the flag to go', 3000, async () => !(await parts(lab, 'cc2')).flag, 5);
    const took = performance.now() - given;
    assert.ok(took > 300 && took < 1500, `after ${took} ms`);
    await waitFor('FAULT', 2000, async () => (await state()) === 'FAULT', 5);
    assert.equal((await parts(lab, 'cc1')).vip, true);
  });

  it('takes the flag back by the guard when its own watcher was killed, though the lease lives', async () => {
    await operation.run(
      'cc2',
      'clustercontrol-ha flag give 99 400; pkill -9 -f "clustercontrol-ha [g]ive-back"',
    );
    assert.equal((await helperStatus(lab, 'cc2')).active, 99);
    await waitFor('the flag to go', 6000, async () => !(await parts(lab, 'cc2')).flag);
    assert.ok((await helperStatus(lab, 'cc2')).lease?.state === 'held');
  });

  it('keeps a given flag once it is set for good; both eligible, it stays BACKUP and the VIP where it is', async () => {
    await operation.run('cc2', 'clustercontrol-ha flag give 99 300 && clustercontrol-ha flag set 99');
    // An advert that cc2 refused would be no advert: MASTER after 0.8 s (docs/election.md).
    await staysTrue('cc2 BACKUP, and the VIP on cc1 alone', AT_REST_MS, async () => {
      const [{ flag, vip }, there] = await Promise.all([parts(lab, 'cc1'), parts(lab, 'cc2')]);
      return flag && vip && there.flag && !there.vip && (await state()) === 'BACKUP';
    });
    assert.equal((await helperStatus(lab, 'cc2')).active, 99);
    await operation.run('cc2', 'clustercontrol-ha flag drop');
  });

  it('refuses an older epoch, another host for the same one, and a primary that is not this host', async () => {
    const write = async (words: string): Promise<number> =>
      (await operation.try('cc2', `clustercontrol-ha role write ${words}`)).code;
    assert.equal(await write(`${epoch - 1} standby cc1`), REFUSED);
    assert.equal(await write(`${epoch} primary cc2`), REFUSED);
    assert.equal(await write(`${epoch + 1} primary cc1`), REFUSED);
    assert.equal(await write(`${epoch + 1} standby cc2`), REFUSED);
    assert.deepEqual((await helperStatus(lab, 'cc2')).role, { epoch, role: 'standby', primary: 'cc1' });
    await operation.run('cc2', `clustercontrol-ha role pending ${epoch + 4} cc2`);
    assert.equal(await write(`${epoch + 3} standby cc1`), REFUSED);
    await operation.run('cc2', 'clustercontrol-ha role pending --clear');
    assert.equal((await helperStatus(lab, 'cc2')).pending, null);
  });

  it('starts no unit on a standby, whoever asks, and kills a cmon that was started by hand', async () => {
    await lab.mustConsole('cc2', `systemctl start ${UNITS.join(' ')}`);
    assert.notEqual((await lab.console('cc2', 'systemctl is-active --quiet cmon')).code, 0);
    const start = await operation.try('cc2', 'clustercontrol-ha units start');
    assert.equal(start.code, 1);
    assert.match(start.stderr, /cmon is inactive/);
    await operation.release(['cc2']);
    await lab.mustConsole('cc2', 'cp /bin/sleep /tmp/cmon && (setsid /tmp/cmon 300 >/dev/null 2>&1 &)');
    await waitFor(
      'the stray cmon to be killed',
      8000,
      async () => (await lab.console('cc2', 'pgrep -x cmon')).code !== 0,
    );
  });

  it('starts cmon where one beside it does not run, which is named', async () => {
    const primary = await Operation.take(lab, 60, ['cc1'], 'raise');
    const folder = '/run/systemd/system/cmon-events.service.d';
    await primary.run('cc1', 'clustercontrol-ha units stop');
    try {
      await lab.mustConsole(
        'cc1',
        `mkdir -p ${folder} && printf '[Unit]\\nConditionPathExists=/nowhere\\n' >${folder}/away.conf && systemctl daemon-reload`,
      );
      const start = await primary.try('cc1', 'clustercontrol-ha units start');
      assert.equal(start.code, 0, start.stderr);
      assert.match(start.stderr, /WARNING: cmon-events is inactive after its start/);
      assert.equal((await parts(lab, 'cc1')).cmon, true);
    } finally {
      await lab.mustConsole('cc1', `rm -f ${folder}/away.conf && systemctl daemon-reload`);
      await primary.run('cc1', 'clustercontrol-ha units start');
      await primary.release(['cc1']);
    }
  });

  it('keeps units down while an operation has them stopped, with cron quiet, and brings both back', async () => {
    const primary = await Operation.take(lab, 60, ['cc1'], 'raise');
    await primary.run('cc1', 'clustercontrol-ha units stop');
    try {
      await lab.mustConsole('cc1', 'systemctl start cmon');
      assert.equal((await parts(lab, 'cc1')).cmon, false);
      assert.notEqual((await lab.console('cc1', 'test -e /etc/cron.d/cmon')).code, 0);
    } finally {
      await primary.run('cc1', 'clustercontrol-ha units start');
      await primary.release(['cc1']);
    }
    assert.equal((await parts(lab, 'cc1')).cmon, true);
    assert.equal((await lab.console('cc1', 'test -e /etc/cron.d/cmon')).code, 0);
  });
});
