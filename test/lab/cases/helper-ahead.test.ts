import assert from 'node:assert/strict';
import { untilHealthy } from '../hardened/look';
import { epochOf, Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';

const STATE = '/var/lib/clustercontrol-ha';

/** What an outage writes is on disk before it: the announcement of an epoch lays its record ready. */
describe('helper: records that are laid ready', () => {
  const lab = Lab.current();
  let operation: Operation;
  let before: string;
  let epoch: number;

  beforeEach(async () => {
    await settle(lab, 'cc1');
    operation = await Operation.take(lab, 120, ['cc2'], 'raise');
    before = await record();
    epoch = (await epochOf(lab)) + 1;
    await operation.run('cc2', `clustercontrol-ha role pending ${epoch} cc1`);
  });
  afterEach(async () => {
    // The next epoch would otherwise be this host's alone.
    await lab.mustConsole('cc2', `cat >${STATE}/role && rm -f ${STATE}/pending ${STATE}/role.next`, {
      input: before,
    });
    await operation.release(['cc2']);
    await untilHealthy(lab, 'cc1');
  });

  async function record(): Promise<string> {
    return lab.mustConsole('cc2', `cat ${STATE}/role`);
  }

  async function ready(): Promise<boolean> {
    return (await lab.console('cc2', `[ -e ${STATE}/role.next ]`)).code === 0;
  }

  it('an announcement lays the record of its epoch ready, and is no record', async () => {
    assert.equal(await lab.mustConsole('cc2', `cat ${STATE}/role.next`), `${epoch} standby cc1\n`);
    assert.equal(await record(), before);
  });

  it('the record takes its place', async () => {
    await operation.run('cc2', `clustercontrol-ha role write ${epoch} standby cc1`);
    assert.equal(await record(), `${epoch} standby cc1\n`);
    assert.equal(await ready(), false);
  });

  it('one that says something else is not taken', async () => {
    await lab.mustConsole('cc2', `echo '${epoch} primary cc2' >${STATE}/role.next`);
    await operation.run('cc2', `clustercontrol-ha role write ${epoch} standby cc1`);
    assert.equal(await record(), `${epoch} standby cc1\n`);
  });

  it('a half written one is not taken', async () => {
    await lab.mustConsole('cc2', `printf '${epoch} standby cc1' >${STATE}/role.next`);
    await operation.run('cc2', `clustercontrol-ha role write ${epoch} standby cc1`);
    assert.equal(await record(), `${epoch} standby cc1\n`);
  });

  it('goes with the announcement', async () => {
    await operation.run('cc2', 'clustercontrol-ha role pending --clear');
    assert.equal(await ready(), false);
    assert.equal(await record(), before);
  });
});
