import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../build';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';
import { until } from '../../until';

const GENERATE = 'ClusterControl HA: Generate Configuration Files…';

describe('Generate Configuration Files', () => {
  const session = useSession();

  it("writes each host's own tree, and asks before it overwrites", async () => {
    const folder = copyFixture('pair', session.scratch);
    const workbench = await session.open({ folder, extension: ROOT });
    const keepalived = path.join(folder, 'generated/dc1/cc1/etc/keepalived/keepalived.conf');
    await workbench.openView('ClusterControl HA');
    await workbench.command(GENERATE);
    await workbench.quickRow('All files').waitFor();
    await workbench.screenshot('generate-pick');
    await workbench.pick('All files');
    await workbench.notification(/Generated files of dc1: \d+ new, 0 changed, 0 unchanged/).waitFor();
    assert.match(readFileSync(keepalived, 'utf8'), /192\.168\.73\.200/);
    await workbench.notificationButton('Generated files of dc1', 'Show Changes');
    await workbench.page.locator('.tab.active', { hasText: 'dc1: generated files' }).waitFor();
    await workbench.screenshot('generate-changes');

    writeFileSync(keepalived, 'changed by hand\n');
    await workbench.command(GENERATE);
    await workbench.pick('keepalived');
    await workbench.dialog.waitFor();
    await workbench.screenshot('generate-overwrite');
    assert.match(await workbench.dialog.innerText(), /etc\/keepalived\/keepalived\.conf/);
    await workbench.answerDialog('Cancel');
    assert.equal(readFileSync(keepalived, 'utf8'), 'changed by hand\n');

    await workbench.command(GENERATE);
    await workbench.pick('keepalived');
    await workbench.answerDialog('Overwrite');
    await until('the file to be written again', () =>
      readFileSync(keepalived, 'utf8').includes('vrrp_instance'),
    );
    assert.ok(!existsSync(path.join(folder, 'generated/dc1/prom/etc/keepalived')));
  });
});
