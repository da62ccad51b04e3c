import assert from 'node:assert/strict';
import { sql } from '../documented/mysql';
import { parts, untilHealthy } from '../hardened/look';
import { epochOf, Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { VIP } from '../site';
import { waitFor } from '../wait';

const REFUSED = 64;
const OPTIONS = '/root/.my.cnf';
const LOOKS = 3;

/** An operator's own ~/.my.cnf is read by the client: its account counts, the server that it names must not. */
describe('helper: root has a ~/.my.cnf that names another server', function () {
  this.timeout(180_000);
  const lab = Lab.current();
  const primary = 'cc1';
  const standby = 'cc2';

  before(async () => {
    await settle(lab, primary);
    await sql(
      lab,
      primary,
      `CREATE USER IF NOT EXISTS 'dba'@'%' IDENTIFIED BY 'lab'; GRANT ALL ON *.* TO 'dba'@'%' WITH GRANT OPTION`,
    );
    await waitFor('the account', 10_000, async () => {
      return (await sql(lab, standby, "SELECT COUNT(*) FROM mysql.user WHERE user = 'dba'")).trim() === '1';
    });
  });
  afterEach(async () => {
    for (const host of [primary, standby] as const) await lab.mustConsole(host, `rm -f ${OPTIONS}`);
    await untilHealthy(lab, primary, 90_000);
  });
  after(() => sql(lab, primary, "DROP USER 'dba'@'%'"));

  const client = (host: string): string => `[client]\nhost=${host}\nuser=dba\npassword=lab\n`;

  it('the guard of the standby closes its own server, and never that of the primary', async () => {
    await lab.mustConsole(standby, `cat >${OPTIONS}`, { input: client(VIP) });
    const away = await lab.mustConsole(standby, "mysql -N -e 'SELECT @@hostname'");
    assert.equal(away.trim(), primary, 'a bare client does follow it');
    await lab.mustConsole(
      standby,
      `mysql --defaults-extra-file=${OPTIONS} --protocol=socket --host=localhost -e 'SET GLOBAL super_read_only=OFF'`,
    );
    const asked = (): Promise<string> =>
      lab.mustConsole(primary, `cat /run/clustercontrol-ha/asked-${standby}`);
    for (let look = 0; look < LOOKS; look++) {
      const last = await asked();
      await waitFor(`the guard of ${standby} to look`, 20_000, async () => {
        assert.equal((await parts(lab, primary)).writable, true, `${primary} is never closed`);
        return (await asked()) !== last;
      });
    }
    const own = `mysql --no-defaults -N -e 'SELECT @@GLOBAL.super_read_only'`;
    await waitFor('its own server to be closed', 20_000, async () => {
      return (await lab.mustConsole(standby, own)).trim() === '1';
    });
  });

  it('it is promoted there and back', async () => {
    await lab.mustConsole(standby, `cat >${OPTIONS}`, { input: client(VIP) });
    await lab.mustConsole(primary, `cat >${OPTIONS}`, { input: client('192.168.73.202') });
    const product = await Product.on(lab);
    try {
      const there = await product.promote(standby);
      assert.equal(there.end, 'done', runText(there));
      for (const host of [primary, standby] as const) await lab.mustConsole(host, `rm -f ${OPTIONS}`);
      await untilHealthy(lab, standby, 90_000);
      await lab.mustConsole(primary, `cat >${OPTIONS}`, { input: client(VIP) });
      const back = await product.promote(primary);
      assert.equal(back.end, 'done', runText(back));
    } finally {
      await product.close();
    }
  });

  it('a client that is told to go on after errors still refuses to open a replica', async () => {
    await lab.mustConsole(primary, `cat >${OPTIONS}`, { input: '[mysql]\nforce\n' });
    const operation = await Operation.take(lab, 120, [primary], 'raise');
    await sql(lab, primary, "CHANGE REPLICATION SOURCE TO SOURCE_HOST='192.0.2.1' FOR CHANNEL ''");
    try {
      await operation.run(primary, 'clustercontrol-ha mysql ready 1');
      const open = await operation.try(primary, `clustercontrol-ha mysql open ${await epochOf(lab)}`);
      assert.equal(open.code, REFUSED, open.stdout + open.stderr);
      assert.match(open.stderr, /a replication channel exists here/);
    } finally {
      await sql(lab, primary, 'RESET REPLICA ALL');
      await operation.release([primary]);
    }
  });
});
