import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../build';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

describe('Configuration files', () => {
  const session = useSession(() => ({ settings: { 'editor.hover.delay': 100 } }));
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    folder = copyFixture('config-files', session.scratch);
    workbench = await session.open({ folder, extension: ROOT });
    await workbench.openFile('keepalived.conf');
  });

  const language = (name: RegExp): Promise<unknown> =>
    until(`the language ${name.source}`, async () =>
      name.test(await workbench.page.locator('.statusbar-item[id="status.editor.mode"]').innerText()),
    );
  /** A row of Problems, by its filter: what is below the panel's edge is not drawn. */
  async function problem(text: string): Promise<void> {
    const panel = await workbench.openProblems();
    const filter = workbench.page.getByPlaceholder(/^Filter \(e\.g\./);
    const row = panel.locator('.monaco-list-row', { hasText: text }).first();
    await until(`a problem of "${text}"`, async () => {
      // The box forgets what was written while its last clearing was still on its way.
      if ((await filter.inputValue()) !== text) await filter.fill(text);
      return row.isVisible();
    });
    await filter.fill('');
    await workbench.page.getByText(/^Showing \d+ of/).waitFor({ state: 'hidden' });
  }
  const saved = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

  it('keepalived.conf has its colours', async () => {
    await language(/keepalived/i);
    const spans = workbench.page.locator('.view-line span span[class^="mtk"]');
    await until('colours', async () => {
      const classes = await spans.evaluateAll((all) =>
        all.map((span) => String(span.className).split(' ')[0]),
      );
      return classes.length > 50 && new Set(classes).size >= 5;
    });
  });

  it('Problems show the daemon and the traps, with no inventory in the folder', async () => {
    for (const text of [
      'prioriti',
      'cannot send every 0.5 seconds',
      'nopreempt has no effect',
      'script security',
      'is published',
    ]) {
      await problem(text);
    }
    await workbench.screenshot('config-files-keepalived');
  });

  it('a trap tells why in its hover', async () => {
    const hover = await workbench.editorHover('nopreempt');
    assert.match(await hover.innerText(), /keepalived drops nopreempt[\s\S]*keepalived-nopreempt-master/);
    await workbench.screenshot('config-files-hover', { keepPointer: true });
  });

  it('is fixed by keyboard, and comments stay', async () => {
    await workbench.page.locator('.view-line span', { hasText: 'nopreempt' }).last().click();
    await workbench.page.keyboard.press('Control+.');
    const fix = workbench.page.locator('.action-widget .monaco-list-row', { hasText: 'BACKUP' }).first();
    await fix.waitFor();
    await workbench.screenshot('config-files-quick-fix');
    await fix.click();
    await workbench.page.locator('.view-line', { hasText: 'BACKUP' }).waitFor();
    await workbench.page.keyboard.press('Control+S');
    await until('the saved fix', () =>
      saved('keepalived.conf').includes(
        '    state BACKUP\n    nopreempt            # keep the VIP where it is\n',
      ),
    );
    const panel = await workbench.openProblems();
    await panel
      .locator('.monaco-list-row', { hasText: 'nopreempt has no effect' })
      .waitFor({ state: 'detached' });
    // What that fix brought to light: nothing takes the VIP from its holder now.
    await problem('cannot move the VIP');
  });

  it('my.cnf and lsyncd.conf have theirs', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.openFile('my.cnf');
    await language(/ini/i);
    for (const text of [
      'expire_logs_days',
      'log_replica_updates',
      'may replace bind-address',
      'a power cut loses commits',
      'writable after each start',
    ]) {
      await problem(text);
    }
    await workbench.screenshot('config-files-mysql');
    await workbench.command('View: Close All Editors');
    await workbench.openFile('lsyncd.conf');
    await language(/lua/i);
    for (const text of ['compres', 'deletes at start', 'gives up when a target']) await problem(text);
    await workbench.screenshot('config-files-lsyncd');
  });
});
