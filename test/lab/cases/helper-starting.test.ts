import assert from 'node:assert/strict';
import { parts, untilHealthy } from '../hardened/look';
import { Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';

const STOPPED = '/run/clustercontrol-ha/mysqld-stopped';
/** Ends with 3 when mysqld was quicker than the question. */
const WHILE_STARTING = `systemctl start --no-block mysql
until pgrep -x mysqld >/dev/null; do sleep 0.005; done
systemctl is-active mysql | grep -qx activating || exit 3
mysql -e 'SELECT 1' 2>&1 | grep -q 'ERROR 2002' || exit 3`;
const TRIES = 10;

/** A host that has just got its power back: mysqld is there, and answers nobody for a second. */
describe('helper: a mysqld that is starting', () => {
  const lab = Lab.current();
  let operation: Operation;

  before(() => settle(lab, 'cc1'));
  beforeEach(async () => {
    operation = await Operation.take(lab, 120, ['cc2'], 'raise');
  });
  afterEach(async () => {
    await operation.release(['cc2']);
    await untilHealthy(lab, 'cc1');
  });

  async function whileStarting(call: string): Promise<string> {
    for (let tries = 0; tries < TRIES; tries++) {
      // Of an earlier stop the mark may be there still.
      await lab.mustConsole('cc2', `systemctl stop mysql; systemctl reset-failed mysql; rm -f ${STOPPED}`);
      const outcome = await operation.try('cc2', `${WHILE_STARTING}\n${call}`, '--timeout 40');
      if (outcome.code === 3) continue;
      assert.equal(outcome.code, 0, outcome.stderr);
      return outcome.stdout;
    }
    throw new Error('mysqld was never met while it was starting');
  }

  it('is waited for and closed, not stopped as one that hangs', async () => {
    assert.match(await whileStarting('clustercontrol-ha mysql close'), /^@final_gtid=[0-9a-f-]{36}:/);
    assert.equal((await lab.console('cc2', `[ ! -e ${STOPPED} ] && pgrep -x mysqld`)).code, 0);
    assert.equal((await parts(lab, 'cc2')).writable, false);
  });

  it('is waited for before an undo asks it', async () => {
    const asked = await whileStarting(`clustercontrol-ha mysql back && mysql -N -e 'SELECT 42'`);
    assert.equal(asked.trim(), '42');
  });

  it('one that a close has stopped is started before an undo asks it, and comes up closed', async () => {
    await lab.mustConsole('cc2', `systemctl stop mysql && : >${STOPPED}`);
    await operation.run('cc2', 'clustercontrol-ha mysql back', '--timeout 40');
    assert.equal((await parts(lab, 'cc2')).writable, false);
    assert.equal((await lab.console('cc2', `mysql -e 'SELECT 1' && [ ! -e ${STOPPED} ]`)).code, 0);
  });

  it('one that somebody else has stopped is left alone, and the reason says so', async () => {
    await lab.mustConsole('cc2', 'systemctl stop mysql');
    const outcome = await operation.try('cc2', 'clustercontrol-ha mysql back', '--timeout 40');
    assert.equal(outcome.code, 1);
    assert.match(outcome.stderr, /MySQL does not answer here: start it/);
    assert.notEqual((await lab.console('cc2', 'pgrep -x mysqld')).code, 0);
    await lab.mustConsole('cc2', 'systemctl start mysql');
  });
});
