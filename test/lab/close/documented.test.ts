import assert from 'node:assert/strict';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { sql, waitForMysql } from '../documented/mysql';
import { isClosed } from '../hardened/look';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { reasons } from '../rejoin/looks';
import { waitFor } from '../wait';

describe('one host of the documented configuration is closed', function () {
  this.timeout(300_000);
  const lab = Lab.current();
  let product: Product;

  before(async () => {
    product = await Product.on(lab);
    await waitForRoles(lab, 'cc1');
  });
  after(() => product.close());

  async function does(operation: 'close' | 'reopen'): Promise<RunSnapshot> {
    const plan = await product.planOf({ operation, target: 'cc1', mode: 'planned' });
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    return run;
  }

  it('nothing of a primary is left, and nobody has noticed but its users; reopened, it goes on', async () => {
    await does('close');
    assert.equal(await isClosed(lab, 'cc1'), true);
    assert.notEqual((await lab.console('cc1', 'pgrep -x lsyncd')).code, 0, 'lsyncd is stopped');
    // It takes a second to end behind the address: a plan of that second is out of date when it has.
    await waitFor('keepalived to have ended', 10_000, async () => {
      const { stdout } = await lab.console('cc1', 'systemctl is-active keepalived');
      return stdout.trim() === 'inactive';
    });
    await does('reopen');
    await waitForRoles(lab, 'cc1');
    const persisted = await sql(lab, 'cc1', 'SELECT COUNT(*) FROM performance_schema.persisted_variables');
    assert.equal(persisted.trim(), '0', 'nothing stays persisted');
  });

  it('its MySQL stays closed over a boot, as the plan says; and is reopened from there', async () => {
    await does('close');
    await lab.reboot('cc1', 'hard');
    await waitForMysql(lab, 'cc1');
    assert.equal((await sql(lab, 'cc1', 'SELECT @@GLOBAL.super_read_only')).trim(), '1');
    await does('reopen');
    await waitForRoles(lab, 'cc1');
  });

  it('where it hangs it is stopped, and a boot does not start it; closed by hand and reopened, it starts with one again', async () => {
    const enabled = async (): Promise<string> =>
      (await lab.console('cc1', 'systemctl is-enabled mysql')).stdout.trim();
    await lab.mustConsole('cc1', 'pkill -STOP -x mysqld');
    await does('close');
    assert.equal(await enabled(), 'disabled');
    await lab.reboot('cc1', 'hard');
    // Ends with another code where some unit has failed.
    await lab.console('cc1', 'systemctl is-system-running --wait');
    assert.notEqual((await lab.console('cc1', 'pgrep -x mysqld')).code, 0, 'no boot starts it');
    // What the plan of a reopening tells the operator to type.
    await lab.mustConsole('cc1', `systemctl start mysql && mysql -e 'SET PERSIST super_read_only = ON'`);
    await does('reopen');
    await waitForRoles(lab, 'cc1');
    assert.equal(await enabled(), 'enabled');
  });
});
