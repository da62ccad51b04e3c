import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../build';
import { copyFixture, runHostSuite } from '../../hosts';
import { useSession } from '../../session';

describe('the harness', () => {
  describe('with a server that listens on a unix socket', () => {
    const session = useSession((scratch) => ({ socketPath: path.join(scratch, 'vscode.sock') }));

    it('shows the workbench with the extension through the forwarder', async () => {
      const workbench = await session.open({ folder: copyFixture('pair', session.scratch), extension: ROOT });
      await workbench.openView('ClusterControl HA');
    });
  });

  it('takes a dead extension host for a failure, though the workbench reports success', async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-dead-'));
    try {
      const dead = path.join(scratch, 'dead.js');
      writeFileSync(dead, 'exports.run = () => process.exit(0);\n');
      const run = runHostSuite({ kind: 'web', executable: undefined }, 'pair', dead);
      await assert.rejects(run, /the extension host ended .* before the suite did/);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});
