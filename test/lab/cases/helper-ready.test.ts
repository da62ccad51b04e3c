import assert from 'node:assert/strict';
import { sql } from '../documented/mysql';
import { parts, untilHealthy } from '../hardened/look';
import { Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { waitFor } from '../wait';

/** Two clients' time limits, one after the other. */
const BOUND_MS = 9_000;
const CLIENT = "pgrep -x mysql -a | grep -v 'user=cmon'";

describe('helper: MySQL clients that wait for their question', () => {
  const lab = Lab.current();
  let operation: Operation;

  before(() => settle(lab, 'cc1'));
  beforeEach(async () => {
    operation = await Operation.take(lab, 120, ['cc2'], 'raise');
    await sql(lab, 'cc2', 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF');
    await operation.run('cc2', 'clustercontrol-ha mysql ready 1');
    await waitFor('the client', 5000, async () => (await clients()) === 1);
  });
  afterEach(async () => {
    await operation.release(['cc2']);
    await untilHealthy(lab, 'cc1');
  });

  async function clients(): Promise<number> {
    return (await lab.console('cc2', CLIENT)).stdout.split('\n').filter(Boolean).length;
  }

  async function closes(): Promise<void> {
    const begin = performance.now();
    const out = await operation.run('cc2', 'clustercontrol-ha mysql close', '--timeout 40');
    assert.ok(performance.now() - begin < BOUND_MS, 'closing is bounded');
    assert.match(out, /^@final_gtid=[0-9a-f-]{36}:[0-9-]+(,[0-9a-f-]{36}:[0-9-]+)*\n$/);
    assert.equal((await parts(lab, 'cc2')).writable, false);
    await waitFor('the client’s end', 5000, async () => (await clients()) === 0);
  }

  it('is asked once, and ends', async () => {
    await closes();
    assert.equal((await lab.console('cc2', '[ -e /run/clustercontrol-ha/mysql-ready/1/used ]')).code, 0);
    await closes();
  });

  it('each of several takes one question, and what is asked behind the last one is answered all the same', async () => {
    await closes();
    await operation.run('cc2', 'clustercontrol-ha mysql ready 2');
    await waitFor('two clients', 5000, async () => (await clients()) === 2);
    for (const left of [1, 0, 0]) {
      const out = await operation.run('cc2', `clustercontrol-ha mysql ask 5 'SELECT 6 * 7, "a word"'`);
      assert.equal(out, '42\ta word\n');
      await waitFor('the end of one', 5000, async () => (await clients()) === left);
    }
  });

  it('an error comes as that of a new client: with its code, and its words on standard error', async () => {
    const { code, stdout, stderr } = await operation.try(
      'cc2',
      `clustercontrol-ha mysql ask 5 'SELECT 1; SELECT nothing; SELECT 2'`,
    );
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /MySQL refused.*ERROR 1054/s);
  });

  it('what a client says of its own options is no answer', async () => {
    const file = '/etc/mysql/conf.d/all-may-write.cnf';
    await lab.mustConsole('cc2', `echo '[client]' >${file} && chmod 666 ${file}`);
    try {
      assert.match((await lab.mustConsole('cc2', `mysql -e 'SELECT 1' 2>&1`)).trim(), /[Ww]arning/);
      await operation.run('cc2', 'clustercontrol-ha mysql ready 1');
      for (const client of ['one that waits', 'a new one']) {
        const out = await operation.run('cc2', `clustercontrol-ha mysql ask 5 'SELECT 42'`);
        assert.equal(out, '42\n', client);
      }
    } finally {
      await lab.mustConsole('cc2', `rm -f ${file}`);
    }
  });

  it('is replaced when it was killed', async () => {
    await lab.mustConsole('cc2', 'pkill -KILL -x mysql');
    await closes();
  });

  it('is replaced when it does not answer, and never asks later', async () => {
    await lab.mustConsole('cc2', 'pkill -STOP -x mysql');
    await closes();
    assert.equal((await lab.console('cc2', 'systemctl is-active --quiet mysql')).code, 0);
  });

  it('is replaced when its connection was lost', async () => {
    const ids =
      "SELECT CONCAT('KILL ', id, ';') FROM performance_schema.processlist WHERE command = 'Sleep' AND user = 'root'";
    await sql(lab, 'cc2', await sql(lab, 'cc2', ids));
    await closes();
  });

  it('dies when the token is raised', async () => {
    operation = await Operation.take(lab, 120, ['cc2'], 'raise');
    await waitFor('the client’s end', 5000, async () => (await clients()) === 0);
    await closes();
  });
});
