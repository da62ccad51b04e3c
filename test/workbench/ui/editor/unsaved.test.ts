import { ROOT } from '../../build';
import { EditorHelp } from '../../editorHelp';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';

describe('an inventory that was never saved', () => {
  const session = useSession();

  it('has its problems as it is typed, and no more when they are mended', async () => {
    const workbench = await session.open({ folder: copyFixture('empty', session.scratch), extension: ROOT });
    await workbench.command('ClusterControl HA: New Inventory');
    const help = new EditorHelp(workbench);
    await help.line('scheme: replication'.replaceAll(' ', '\u00a0')).first().waitFor();
    await workbench.page.keyboard.press('Escape');
    await help.typeLine('    selffence: 15');
    const panel = await workbench.openProblems();
    const row = panel.locator('.monaco-list-row', { hasText: 'did you mean selfFence?' }).first();
    await row.waitFor();
    await help.typeLine('    # nothing is wrong with a comment');
    await row.waitFor();
    await help.goTo('selffence');
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.insertText('#');
    await row.waitFor({ state: 'detached' });
    await workbench.close();
  });
});
