import assert from 'node:assert/strict';
import { parseRoleState } from '../../../src/core/observe/roleState';
import { parseSyncedFiles, staleSinceMs } from '../../../src/core/observe/syncedFiles';

describe('copied files', () => {
  it('are a count and two times, and anything else is no answer', () => {
    assert.deepEqual(parseSyncedFiles('12 1700000000.250 1699999000.000\n'), {
      count: 12,
      newestAtMs: 1_700_000_000_250,
      settledAtMs: 1_699_999_000_000,
    });
    for (const text of ['', '12', 'find: no such file', '1 2 x'])
      assert.throws(() => parseSyncedFiles(text), /could not be counted/);
  });

  it('are stale where the copy lacks a file that rests, not where it lacks one that was just written', () => {
    const at = (newestAtMs: number, settledAtMs: number) => ({ count: 1, newestAtMs, settledAtMs });
    assert.equal(staleSinceMs(at(500_000, 100_000), at(100_000, 100_000)), undefined, 'just written');
    assert.equal(staleSinceMs(at(500_000, 100_500), at(100_000, 100_000)), undefined, 'rounded by rsync');
    assert.equal(staleSinceMs(at(500_000, 400_000), at(100_000, 100_000)), 400_000);
    assert.equal(staleSinceMs(at(500_000, 400_000), at(0, 0)), 400_000, 'never copied');
  });
});

describe('marks of the helper', () => {
  const status = (more: object) =>
    parseRoleState(
      {
        exit: 0,
        text: JSON.stringify({
          ...{ version: 1, role: null, pending: null, witness: null, active: null, lease: null },
          ...more,
        }),
      },
      undefined,
    );

  it('a return, a CLONE that is not whole and the last failover are read', () => {
    const { returned, cloneBroken, failover } = status({
      ...{ returned: true, clone: true },
      failover: { plan: 'p', sinceMs: 5 },
    });
    assert.deepEqual(
      { returned, cloneBroken, failover },
      {
        ...{ returned: true, cloneBroken: true },
        failover: { plan: 'p', sinceMs: 5 },
      },
    );
  });

  it('a hold is read, and an older helper says nothing of one', () => {
    assert.equal(status({ held: true }).held, true);
    assert.equal(status({}).held, undefined);
  });

  it('an older helper says nothing of them', () => {
    const { returned, cloneBroken, failover } = status({});
    assert.deepEqual([returned, cloneBroken, failover], [undefined, undefined, undefined]);
  });
});
