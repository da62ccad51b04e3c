import assert from 'node:assert/strict';
import { ShellStage } from '../shellStage';

/** What peer and witness say, as a guard has it; defaults: all name cc1, the witness alone in the epoch of an undo. */
interface Said {
  readonly role?: string;
  readonly peer?: string;
  readonly active?: string;
  readonly lease?: number;
  readonly witness?: string;
  readonly own?: number;
}

describe('guard: takes the epoch in which the others name it', () => {
  let stage: ShellStage;
  beforeEach(() => (stage = new ShellStage()));
  afterEach(() => stage.remove());

  /** The role record behind one look. */
  function adopted({ role, peer, active = '-', lease = 0, witness = '6 cc1', own = 0 }: Said = {}): string {
    stage.put('role', `${role ?? '4 primary cc1'}\n`);
    const [peerEpoch, peerRole, peerPrimary] = (peer ?? '4 standby cc1').split(' ');
    const [witnessEpoch, witnessHost] = witness.split(' ');
    const call = `SELF=cc1 PEER=cc2 WITNESS=prom LEFT=${own}; read_role
PEER_EPOCH=${peerEpoch} PEER_ROLE=${peerRole} PEER_PRIMARY=${peerPrimary} PEER_ACTIVE=${active} PEER_LEASE=${lease}
WITNESS_EPOCH=${witnessEpoch} WITNESS_HOST=${witnessHost}
newest; adopt; cat "$STATE/role"`;
    const { stdout, stderr } = stage.helper(call, ['head', 'records', 'ask', 'guard']);
    assert.match(stdout, /^\d/, stderr);
    return stdout.trim();
  }

  it('a primary whose standby never had the epoch of the undo', () => {
    assert.equal(adopted(), '6 primary cc1');
    assert.equal(adopted({ peer: '2 standby cc1' }), '6 primary cc1', 'nor that of an undo before it');
  });

  it('not where the other one may be about to become something else, or is not closed', () => {
    for (const said of [
      { lease: 1 },
      { active: '4' },
      { own: 1 },
      { peer: '5 primary cc2' },
      { peer: '4 primary cc1' },
      { peer: '4 returned cc1' },
      { peer: '5 standby cc1' },
      { peer: '- none -' },
      { peer: '4 standby cc2' },
    ])
      assert.equal(adopted(said), '4 primary cc1', JSON.stringify(said));
    assert.equal(adopted({ witness: '6 cc2' }), '4 primary cc1');
    assert.equal(adopted({ witness: '- -' }), '4 primary cc1');
  });

  it('as before: the other one has it too, or this host gave way to an epoch that nobody took', () => {
    assert.equal(adopted({ peer: '6 standby cc1' }), '6 primary cc1');
    assert.equal(adopted({ peer: '6 returned cc1' }), '6 primary cc1', 'its failover was undone, too');
    assert.equal(adopted({ role: '5 standby cc2' }), '5 standby cc2', 'no mark: its promotion died half way');
    stage.put('returned');
    assert.equal(adopted({ role: '5 standby cc2' }), '6 primary cc1');
  });
});
