import assert from 'node:assert/strict';
import { HELPER } from '../hardened/assets';
import { Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';

/** What the check `recent` goes by. */
describe('helper: the last failover', () => {
  const lab = Lab.current();
  let lease: Operation;

  before(async () => {
    await settle(lab, 'cc1');
    lease = await Operation.take(lab, 60, ['cc2']);
  });
  after(async () => {
    await lab.mustConsole('cc2', 'rm -f /var/lib/clustercontrol-ha/failover');
    await lease.release(['cc2']);
  });

  const begin = (plan: string, operation: string, since: number): Promise<string> =>
    lease.run(
      'cc2',
      `echo '{}' | clustercontrol-ha operation begin ${plan} ${operation} cc2 tester ${since} prepare`,
    );
  const place = (plan: string, at: string): Promise<string> =>
    lease.run('cc2', `clustercontrol-ha operation place ${plan} ${at}`);

  async function last(): Promise<unknown> {
    const status = JSON.parse(await lab.mustConsole('cc2', `${HELPER} status`)) as { failover: unknown };
    return status.failover;
  }

  it('is none before its outage begins, and none once it was undone', async () => {
    await begin('over-1', 'failover', 1000);
    assert.equal(await last(), null);
    await place('over-1', 'outage');
    assert.deepEqual(await last(), { plan: 'over-1', sinceMs: 1000 });
    await place('over-1', 'undone');
    assert.equal(await last(), null);
  });

  it('outlives the operations that follow it', async () => {
    await begin('over-2', 'failover', 2000);
    await place('over-2', 'outage');
    await place('over-2', 'done');
    await begin('back-3', 'rejoin', 3000);
    await place('back-3', 'undone');
    assert.deepEqual(await last(), { plan: 'over-2', sinceMs: 2000 });
  });
});
