import assert from 'node:assert/strict';
import { shellQuote } from '../../../src/core/quote';
import { sql } from '../documented/mysql';
import { parts, untilHealthy } from '../hardened/look';
import { epochOf, Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { waitFor } from '../wait';

const REFUSED = 64;
/** Lock timeout, killing clients, lock timeout: the worst case in which mysqld stays up. */
const BOUND_MS = 12_000;
/** Each server that was ever a primary has its part in it. */
const GTID_LINE = /^@final_gtid=[0-9a-f-]{36}:[0-9-]+(,[0-9a-f-]{36}:[0-9-]+)*\n$/;
const SHIM = '/usr/local/sbin/mysql';
const KILLED = /Lost connection|killed|interrupted/i;

/** Sessions that a test has left sleeping with what they hold. */
const HOLDING = "FROM performance_schema.threads WHERE processlist_info = 'SELECT SLEEP(20)'";

describe('helper: MySQL', () => {
  const lab = Lab.current();
  let operation: Operation;

  // All on the standby: what closes there closes on a primary.
  before(() => settle(lab, 'cc1'));
  beforeEach(async () => {
    operation = await Operation.take(lab, 120, ['cc2'], 'raise');
    await sql(lab, 'cc2', 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF');
  });
  afterEach(async () => {
    const sessions = `SELECT CONCAT('KILL ', processlist_id, ';') ${HOLDING}`;
    await lab.console('cc2', `mysql -N -e ${shellQuote(sessions)} | mysql`);
    await operation.release(['cc2']);
    await untilHealthy(lab, 'cc1');
  });

  async function closes(): Promise<string> {
    const begin = performance.now();
    const out = await operation.run('cc2', 'clustercontrol-ha mysql close', '--timeout 40');
    assert.ok(performance.now() - begin < BOUND_MS, 'closing is bounded');
    assert.equal((await parts(lab, 'cc2')).writable, false);
    return out;
  }

  /** A session that holds something until it is killed; `said` resolves with what mysql told it. */
  async function holding(statement: string): Promise<{ readonly said: Promise<string> }> {
    const said = lab
      .console('cc2', `mysql --execute ${shellQuote(`${statement}; SELECT SLEEP(20)`)} 2>&1`)
      .then((outcome) => outcome.stdout);
    await waitFor(
      'the session',
      5000,
      async () => (await sql(lab, 'cc2', `SELECT COUNT(*) ${HOLDING}`)).trim() === '1',
    );
    return { said };
  }

  it('closes at once, and prints the whole GTID set on one line', async () => {
    const begin = performance.now();
    const out = await closes();
    assert.ok(performance.now() - begin < 1000);
    assert.match(out, GTID_LINE);
  });

  it('closes against FLUSH TABLES WITH READ LOCK', async () => {
    await holding('FLUSH TABLES WITH READ LOCK');
    assert.match(await closes(), /@final_gtid=/);
  });

  it('closes against LOCK TABLES, by killing its client', async () => {
    const { said } = await holding('LOCK TABLES cmon.heartbeat WRITE');
    assert.match(await closes(), /@final_gtid=/);
    assert.match(await said, KILLED);
  });

  it('kills the blocker also where another client has left since the list was made', async () => {
    const { said } = await holding('LOCK TABLES cmon.heartbeat WRITE');
    const other = lab.console('cc2', `mysql --execute 'SELECT SLEEP(30)' 2>&1`);
    const FIRST = "FROM performance_schema.threads WHERE processlist_info = 'SELECT SLEEP(30)'";
    await waitFor(
      'the other client',
      5000,
      async () => (await sql(lab, 'cc2', `SELECT COUNT(*) ${FIRST}`)).trim() === '1',
    );
    // Stands before the real one in the helper's path. The list comes with the other client first, and that one has left.
    await lab.mustConsole('cc2', `cat >${SHIM} && chmod 755 ${SHIM}`, {
      input: `#!/bin/sh
case "$*" in
*"CONCAT('KILL '"*) ;;
*) exec /usr/bin/mysql "$@" ;;
esac
first=$(/usr/bin/mysql -N -e "SELECT CONCAT('KILL ', processlist_id, ';') ${FIRST}")
list=$(/usr/bin/mysql "$@") || exit
/usr/bin/mysql -e "$first"
until [ "$(/usr/bin/mysql -N -e "SELECT COUNT(*) ${FIRST}")" = 0 ]; do sleep 0.01; done
printf '%s\\n' "$first"
printf '%s\\n' "$list" | grep -vxF "$first"
`,
    });
    try {
      assert.match(await closes(), /@final_gtid=/);
    } finally {
      await lab.mustConsole('cc2', `rm -f ${SHIM}`);
    }
    assert.match((await other).stdout, KILLED, 'it had left before the list was used');
    assert.match(await said, KILLED);
  });

  it('closes against a transaction that is idle, which then cannot commit', async () => {
    const idle = lab.console(
      'cc2',
      `(echo "START TRANSACTION; INSERT INTO cmon.heartbeat (id, host, kind, at) VALUES (900000001, 'x', 'beat', NOW(6));
         SELECT 'in transaction';"; sleep 4; echo 'COMMIT;') | mysql --unbuffered 2>&1`,
    );
    await waitFor('the transaction', 3000, async () => {
      return (await sql(lab, 'cc2', 'SELECT COUNT(*) FROM information_schema.innodb_trx')).trim() !== '0';
    });
    await closes();
    assert.match((await idle).stdout, /super-read-only|Lost connection/);
  });

  it('stops a mysqld that does not answer, and says that the GTID set is unknown', async () => {
    await lab.mustConsole('cc2', 'kill -STOP $(pgrep -x mysqld)');
    const begin = performance.now();
    const outcome = await operation.try('cc2', 'clustercontrol-ha mysql close', '--timeout 40');
    assert.ok(performance.now() - begin < 20_000);
    assert.equal(outcome.code, 1);
    assert.doesNotMatch(outcome.stdout, /@final_gtid/);
    assert.notEqual((await lab.console('cc2', 'pgrep -x mysqld')).code, 0);
    // The guard brings it back afterwards, closed: afterEach waits for that.
  });

  it('brings back a mysqld that a close has stopped, before it opens', async () => {
    const onPrimary = await Operation.take(lab, 120, ['cc1'], 'raise');
    const epoch = await epochOf(lab);
    const stopped = 'systemctl stop mysql && : >/run/clustercontrol-ha/mysqld-stopped';
    await onPrimary.run('cc1', stopped, '--timeout 40');
    assert.notEqual((await lab.console('cc1', 'pgrep -x mysqld')).code, 0);
    await onPrimary.run('cc1', `clustercontrol-ha mysql open ${epoch}`, '--timeout 40');
    assert.equal((await parts(lab, 'cc1')).writable, true);
    await onPrimary.release(['cc1']);
  });

  it('does not open a standby', async () => {
    await sql(lab, 'cc2', 'SET GLOBAL super_read_only = ON');
    const outcome = await operation.try('cc2', `clustercontrol-ha mysql open ${await epochOf(lab)}`);
    assert.equal(outcome.code, REFUSED);
    assert.match(outcome.stderr, /standby cc1/);
    assert.equal((await parts(lab, 'cc2')).writable, false);
  });

  it('opens nothing outside of run', async () => {
    const outcome = await lab.console('cc2', 'clustercontrol-ha mysql open 1');
    assert.equal(outcome.code, REFUSED);
  });
});
