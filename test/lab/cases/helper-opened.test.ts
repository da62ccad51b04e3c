import assert from 'node:assert/strict';
import { replicateFrom, sql, waitForMysql } from '../documented/mysql';
import { helperStatus, parts, untilHealthy } from '../hardened/look';
import { epochOf, Operation, promote, promoteUntilRecords, settle } from '../hardened/operation';
import { Lab } from '../lab';

const [WAS, WAS_NOT, UNKNOWN, REFUSED] = [0, 1, 2, 64];
const LEASE_SECONDS = 60;
const EXECUTED = "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')";

describe('helper: an opening that a fault has closed again', () => {
  const lab = Lab.current();
  let epoch: number;

  before(() => settle(lab, 'cc1'));
  beforeEach(async () => {
    await untilHealthy(lab, 'cc1');
    epoch = await epochOf(lab);
  });

  const opened = async (operation: Operation, before: string): Promise<number> =>
    (await operation.try('cc1', `clustercontrol-ha mysql opened ${epoch} ${before}`)).code;
  const executed = async (): Promise<string> => (await sql(lab, 'cc1', EXECUTED)).trim();

  it('is told by what was written, where it is known what was there before', async () => {
    const before = await executed();
    await sql(lab, 'cc1', 'CREATE DATABASE opened; DROP DATABASE opened');
    const operation = await Operation.take(lab, LEASE_SECONDS);
    assert.equal(await opened(operation, before), WAS, 'open');
    await operation.run('cc1', 'clustercontrol-ha mysql close');
    assert.equal(await opened(operation, before), WAS, 'closed since, with writes');
    assert.equal(await opened(operation, await executed()), WAS_NOT, 'closed, nothing was written');
    await operation.run('cc1', `clustercontrol-ha mysql open ${epoch}`);
    await operation.release();
  });

  it('is told by the mark of its epoch, where it is not', async () => {
    const operation = await Operation.take(lab, LEASE_SECONDS);
    await operation.run('cc1', 'clustercontrol-ha mysql close');
    assert.equal(await opened(operation, ''), WAS);
    epoch += 1;
    assert.equal(await opened(operation, ''), WAS_NOT, 'never in a later one');
    await lab.mustConsole('cc1', 'systemctl stop mysql');
    assert.equal(await opened(operation, ''), WAS_NOT);
    epoch -= 1;
    assert.equal(await opened(operation, ''), UNKNOWN, 'its MySQL is down');
    await lab.mustConsole('cc1', 'systemctl start mysql');
    await operation.run('cc1', `clustercontrol-ha mysql open ${epoch}`);
    await operation.release();
  });

  it('a refused opening leaves no mark', async () => {
    const operation = await Operation.take(lab, LEASE_SECONDS);
    const next = await promoteUntilRecords(lab, operation, 'cc2');
    await sql(lab, 'cc2', 'SET PERSIST_ONLY super_read_only = OFF');
    assert.equal((await operation.try('cc2', `clustercontrol-ha mysql open ${next}`)).code, REFUSED);
    assert.equal((await operation.try('cc2', `clustercontrol-ha mysql opened ${next}`)).code, WAS_NOT);
    await sql(lab, 'cc2', 'RESET PERSIST super_read_only');
    await operation.run('cc2', `clustercontrol-ha mysql open ${next} && clustercontrol-ha units start`);
    await operation.run('cc1', 'clustercontrol-ha units unmask');
    await replicateFrom(lab, 'cc2');
    await operation.release();
    await settle(lab, 'cc1');
  });

  it('without epochs, as on documented hosts, a replica is refused in words', async () => {
    const brought =
      'export CLUSTERCONTROL_HA_STATE=/run/clustercontrol-ha/brought CLUSTERCONTROL_HA_SETTINGS=/etc/default/clustercontrol-ha';
    await lab.mustConsole(
      'cc2',
      `${brought}; clustercontrol-ha lease take --plan brought --operator tester --token 1 --ttl 60`,
    );
    const { code, stderr } = await lab.console(
      'cc2',
      `${brought}; clustercontrol-ha run --token 1 -- 'clustercontrol-ha mysql open 0'`,
    );
    assert.deepEqual([code, /replication channel/.test(stderr)], [REFUSED, true], stderr);
    await lab.mustConsole('cc2', 'rm -rf /run/clustercontrol-ha/brought');
  });

  it('the run that holds the lease opens again what a crash has closed, with flag, VIP and services', async () => {
    const operation = await Operation.take(lab, LEASE_SECONDS);
    await lab.mustConsole('cc1', 'pkill -KILL -x mysqld');
    await waitForMysql(lab, 'cc1');
    assert.equal((await parts(lab, 'cc1')).writable, false);
    await operation.run('cc1', 'clustercontrol-ha reopen', '--timeout 40');
    assert.equal((await parts(lab, 'cc1')).writable, true);
    await operation.run('cc1', 'clustercontrol-ha close', '--timeout 40');
    assert.equal((await helperStatus(lab, 'cc1')).active, null);
    await operation.run('cc1', 'clustercontrol-ha reopen', '--timeout 40');
    const { writable, vip } = await parts(lab, 'cc1');
    assert.deepEqual({ writable, vip }, { writable: true, vip: true });
    assert.equal((await helperStatus(lab, 'cc1')).active, epoch);
    assert.equal((await lab.console('cc1', 'pgrep -x cmon')).code, 0);
    await operation.release();
    await sql(lab, 'cc2', 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD');
  });

  it('it opens nothing that is not primary of that epoch, nor one of which a newer epoch is known', async () => {
    const operation = await Operation.take(lab, LEASE_SECONDS);
    assert.equal((await operation.try('cc2', 'clustercontrol-ha reopen')).code, REFUSED);
    await operation.run('cc1', 'clustercontrol-ha mysql close');
    const record = '/var/lib/clustercontrol-ha/role';
    const was = await lab.read('cc2', record);
    await lab.partition('cc1', 'prom');
    await lab.mustConsole('cc2', `cat >${record}`, { input: `${epoch + 1} standby cc1\n` });
    assert.notEqual((await operation.try('cc1', 'clustercontrol-ha reopen', '--timeout 40')).code, 0);
    assert.equal((await parts(lab, 'cc1')).writable, false);
    await lab.mustConsole('cc2', `cat >${record}`, { input: was });
    await lab.heal();
    await operation.run('cc1', 'clustercontrol-ha reopen', '--timeout 40');
    await operation.release();
  });

  it('a hold that an operation left does not close a host that is made primary later', async () => {
    const hold = '/var/lib/clustercontrol-ha/hold';
    await lab.mustConsole('cc2', `echo cc2 >${hold}`);
    await promote(lab, 'cc2');
    assert.equal((await lab.console('cc2', `test -e ${hold}`)).code, 1);
    await settle(lab, 'cc1');
  });
});
