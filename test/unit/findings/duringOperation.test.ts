import assert from 'node:assert/strict';
import { quietDuringOperation } from '../../../src/core/schemes/replication/state/duringOperation';
import type { SiteView } from '../../../src/core/schemes/replication/state/view';
import type { Finding } from '../../../src/core/findings/finding';

const finding = (code: string): Finding => ({
  code,
  severity: 'error',
  where: { kind: 'site', site: 'dc1' },
  message: code,
  why: '',
  remedy: '',
  related: [],
});
const lease = { token: 3, plan: 'dc1-promote-cc2', operator: 'ada@console', remainingSeconds: 20 };

function viewWith(held: typeof lease | undefined, operation?: string): SiteView {
  const begun = operation === undefined ? {} : { operation: { plan: lease.plan, operation } };
  const role = { known: true, value: { lease: held, ...begun } };
  return { controllers: [{ seen: { role } }, { seen: { role: { known: false } } }] } as unknown as SiteView;
}

describe('findings while an operation runs', () => {
  const all = ['no-writer', 'dual-writer', 'standby-unreachable'].map(finding);

  it('what the operation causes is no alarm; two of anything and absent hosts are', () => {
    const [noWriter, dual, away] = quietDuringOperation(viewWith(lease), all);
    assert.equal(noWriter?.severity, 'information');
    assert.match(noWriter?.message ?? '', /while dc1-promote-cc2 runs/);
    assert.deepEqual([dual?.severity, away?.severity], ['error', 'error']);
  });

  it('without a lease, or with one that has run out, everything stays', () => {
    assert.deepEqual(quietDuringOperation(viewWith(undefined), all), all);
    assert.deepEqual(quietDuringOperation(viewWith({ ...lease, remainingSeconds: 0 }), all), all);
  });

  it('what works on the standby is no reason for a primary without its service', () => {
    const both = ['cmon-down-on-primary', 'standby-not-replicating'].map(finding);
    for (const operation of ['rejoin', 'rotate']) {
      const [cmon, standby] = quietDuringOperation(viewWith(lease, operation), both);
      assert.deepEqual([cmon?.severity, standby?.severity], ['error', 'information'], operation);
    }
    const [cmon] = quietDuringOperation(viewWith(lease, 'promote'), both);
    assert.equal(cmon?.severity, 'information');
  });
});
