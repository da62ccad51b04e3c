import assert from 'node:assert/strict';
import { parts, untilHealthy } from '../hardened/look';
import { Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';

describe('helper: the virtual IP of a host that gives its flag up', () => {
  const lab = Lab.current();
  let operation: Operation;

  before(() => settle(lab, 'cc1'));
  beforeEach(async () => {
    await untilHealthy(lab, 'cc1');
    operation = await Operation.take(lab, 60, ['cc1'], 'raise');
  });
  afterEach(async () => {
    await lab.console('cc1', 'pkill -CONT -x keepalived');
    await operation.release(['cc1']);
    await untilHealthy(lab, 'cc1');
  });

  const vipAfter = async (script: string): Promise<boolean> => {
    assert.equal((await parts(lab, 'cc1')).vip, true);
    await operation.run('cc1', script);
    return (await parts(lab, 'cc1')).vip;
  };

  it('goes also where keepalived was killed: the next one removes only what it added itself', async () => {
    assert.equal(await vipAfter('pkill -KILL -x keepalived; clustercontrol-ha flag drop'), false);
  });

  it('goes also where keepalived hangs', async () => {
    assert.equal(await vipAfter('pkill -STOP -x keepalived; clustercontrol-ha flag drop'), false);
  });
});
