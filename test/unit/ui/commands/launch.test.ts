import { editor } from '../vscodeDouble';
import assert from 'node:assert/strict';
import { launch } from '../../../../src/ui/commands/operation/launch';
import type { RunbookLauncher } from '../../../../src/ui/services';
import { site } from '../../compose/window';

/** A window whose plans are made when the test says so. */
function planning() {
  const asked: unknown[][] = [];
  const waiting: { made(): void; fails(error: Error): void }[] = [];
  const launcher: Partial<RunbookLauncher> = {
    launch: (one, ...rest) => {
      asked.push([one.name, ...rest]);
      return new Promise((made, fails) => waiting.push({ made, fails }));
    },
  };
  return { ui: { launcher: () => Promise.resolve(launcher as RunbookLauncher) }, asked, waiting };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('while an operation is being planned', () => {
  const shown: { title: string; over: boolean }[] = [];
  const told: string[] = [];
  beforeEach(() => {
    shown.length = 0;
    told.length = 0;
    editor.window['withProgress'] = (
      { title, location }: { title: string; location: string },
      work: () => Promise<void>,
    ) => {
      assert.equal(location, 'notification');
      const progress = { title, over: false };
      shown.push(progress);
      return work().finally(() => (progress.over = true));
    };
    editor.window['showInformationMessage'] = (text: string) => Promise.resolve(void told.push(text));
  });
  afterEach(() => editor.reset());

  const promote = { site, operation: 'promote', target: 'cc2' };

  it('the window says so until its page is there', async () => {
    const { ui, asked, waiting } = planning();
    const first = launch(ui, promote);
    await settled();
    assert.deepEqual(shown, [{ title: 'Planning: Promote Standby, cc2 of dc1…', over: false }]);
    assert.deepEqual(asked, [['dc1', 'promote', 'cc2', undefined, undefined]]);
    waiting[0]?.made();
    await first;
    assert.equal(shown[0]?.over, true);
  });

  it('a second press makes no second plan; that of another host or operation waits for nothing', async () => {
    const { ui, asked, waiting } = planning();
    const first = launch(ui, promote);
    await settled();
    await launch(ui, promote);
    assert.equal(asked.length, 1);
    assert.match(told.join(), /^Promote Standby, cc2 of dc1 is being planned already/);
    const others = [
      launch(ui, { ...promote, target: 'cc1' }),
      launch(ui, { site, operation: 'deploy', choices: { files: ['cc1:/etc/my.cnf'] } }),
    ];
    await settled();
    assert.deepEqual(asked.slice(1), [
      ['dc1', 'promote', 'cc1', undefined, undefined],
      ['dc1', 'deploy', 'all', { files: ['cc1:/etc/my.cnf'] }, undefined],
    ]);
    assert.equal(shown[2]?.title, 'Planning: Deploy Files, dc1…');
    for (const { made } of waiting) made();
    await Promise.all([first, ...others]);
  });

  it('goes on after one that could not be made: that is thrown, and the next press plans', async () => {
    const { ui, asked, waiting } = planning();
    const first = launch(ui, promote);
    await settled();
    waiting[0]?.fails(new Error('cc1 is away'));
    await assert.rejects(first, /cc1 is away/);
    const second = launch(ui, promote);
    await settled();
    waiting[1]?.made();
    await second;
    assert.deepEqual([asked.length, told], [2, []]);
  });
});
