import assert from 'node:assert/strict';
import { HELPER } from '../hardened/assets';
import { FENCE_SECONDS } from '../hardened/files';
import { parts, untilClosed, untilHealthy } from '../hardened/look';
import { epochOf, Operation, settle } from '../hardened/operation';
import { Lab } from '../lab';
import { peerOf, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** As in guard-fence: what closing itself may take once the time is over. */
const CLOSING_MS = 5000;
/** A guard sees what an operation has done at its next look: a pause of 2 s, and a question of 3 s that nobody answers. */
const LOOK_MS = 5000;

/** The operator still reaches the primary: who undoes an operation, or fails over without a witness, acts on such a host. */
describe('guard: an operation on a primary that is cut off from peer and witness', () => {
  const lab = Lab.current();
  const primary: ControllerName = 'cc1';
  let epoch = 0;

  beforeEach(async () => {
    await settle(lab, primary);
    epoch = await epochOf(lab);
  });
  afterEach(async () => {
    // Told to the witness, as the operation's own end would: one other has to confirm an epoch.
    await lab.mustConsole('prom', `${HELPER} witness commit ${epoch} ${primary}`);
    await lab.heal();
    await untilHealthy(lab, primary);
  });

  async function isolate(): Promise<void> {
    await lab.partition(primary, peerOf(primary));
    await lab.partition(primary, 'prom');
  }

  /** It is open, and becomes the primary of an epoch of which neither of the others has told it. */
  async function newEpoch(first: string): Promise<void> {
    const operation = await Operation.take(lab, 60, [primary]);
    epoch += 2;
    await operation.run(
      primary,
      `${first} clustercontrol-ha role write ${epoch} primary ${primary} && clustercontrol-ha flag set ${epoch}`,
    );
    await operation.release([primary]);
  }

  it('its undo made a new epoch of it: self-fencing counts from there', async () => {
    await isolate();
    await newEpoch('');
    const begin = performance.now();
    await untilClosed(lab, primary, FENCE_SECONDS * 1000 + LOOK_MS + CLOSING_MS);
    const closed = performance.now() - begin;
    assert.ok(closed > (FENCE_SECONDS - 1) * 1000, `too early: ${closed} ms`);
  });

  it('self-fencing has closed it, and its undo opens it again: it is closed again, and the undo is overtaken', async () => {
    await isolate();
    await untilClosed(lab, primary, FENCE_SECONDS * 1000 + CLOSING_MS);
    const operation = await Operation.take(lab, 60, [primary]);
    await operation.try(
      primary,
      `clustercontrol-ha flag set ${epoch} && clustercontrol-ha mysql open ${epoch}`,
    );
    await untilClosed(lab, primary, LOOK_MS + CLOSING_MS);
    await waitFor('its token to be overtaken', LOOK_MS, async () => {
      return (await operation.try(primary, 'true')).code === 76;
    });
  });

  it('a failover has opened it alone: it is not fenced before it has met one of them, and then as ever', async () => {
    await isolate();
    await newEpoch('touch /run/clustercontrol-ha/alone;');
    const end = performance.now() + FENCE_SECONDS * 1000 + LOOK_MS + CLOSING_MS;
    while (performance.now() < end) {
      assert.equal((await parts(lab, primary)).flag, true);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await lab.mustConsole('prom', `${HELPER} witness commit ${epoch} ${primary}`);
    await lab.heal();
    await waitFor('the mark to go', 10_000, async () => {
      return (await lab.console(primary, 'test -e /run/clustercontrol-ha/alone')).code !== 0;
    });
    await isolate();
    await untilClosed(lab, primary, FENCE_SECONDS * 1000 + CLOSING_MS);
  });
});
