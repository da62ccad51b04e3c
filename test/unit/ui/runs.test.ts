import './vscodeDouble';
import assert from 'node:assert/strict';
import type { ThemeIcon } from 'vscode';
import { RunsProvider } from '../../../src/ui/runs/provider';
import type { PastRun } from '../../../src/ui/services';

const AT_MS = 1_700_000_000_000;

const run = (more: Partial<PastRun> = {}): PastRun => ({
  runId: 'promote-1',
  title: 'Promote cc2 in dc1',
  end: undefined,
  running: false,
  summary: '',
  next: '',
  startedAtMs: AT_MS,
  ...more,
});

/** The view's rows over journals that a test changes. */
function view() {
  const journals = { runs: [run()] as readonly PastRun[], nowMs: AT_MS + 5_000, fails: false };
  const warnings: string[] = [];
  const count = { read: 0, drawn: 0 };
  const runs = (): Promise<readonly PastRun[]> => {
    count.read += 1;
    return journals.fails ? Promise.reject(new Error('no disk')) : Promise.resolve(journals.runs);
  };
  const quiet = { debug: () => undefined, info: () => undefined, error: () => undefined };
  const log = { ...quiet, warn: (text: string) => void warnings.push(text) };
  const rows = new RunsProvider(
    () => Promise.resolve({ runs }),
    () => journals.nowMs,
    log,
  );
  rows.onDidChangeTreeData(() => (count.drawn += 1));
  return { rows, journals, count, warnings };
}

describe('rows of the Runs view', () => {
  const { rows } = view();

  it('say of a run of this window that it runs, whatever its journal says so far', () => {
    for (const end of [undefined, 'unfinished'] as const) {
      const item = rows.getTreeItem(run({ running: true, end }));
      assert.equal(item.description, 'running for 5 s');
      assert.equal((item.iconPath as ThemeIcon).id, 'sync~spin');
      assert.equal(item.contextValue, 'run running');
      assert.equal(item.accessibilityInformation?.label, 'Promote cc2 in dc1, running for 5 s');
    }
  });

  it('warn of a run without an end that nobody here runs', () => {
    const item = rows.getTreeItem(run());
    assert.equal(item.description, 'without an end · 5 s ago');
    assert.equal((item.iconPath as ThemeIcon).id, 'warning');
    assert.equal(item.contextValue, 'run unfinished');
  });
});

describe('a look at the journals while the Runs view is open', () => {
  it('draws what another window or the command line began, and its end, and nothing while nothing changes', async () => {
    const { rows, journals, count } = view();
    await rows.getChildren();
    await rows.look();
    assert.equal(count.drawn, 0);
    const changes: readonly (readonly PastRun[])[] = [
      [run({ runId: 'promote-2', startedAtMs: AT_MS + 4_000 }), run()],
      [run({ runId: 'promote-2', startedAtMs: AT_MS + 4_000, end: 'done' }), run()],
      [run({ runId: 'promote-2', startedAtMs: AT_MS + 4_000, end: 'done' }), run({ running: true })],
    ];
    for (const [index, runs] of changes.entries()) {
      journals.runs = runs;
      await rows.look();
      assert.equal(count.drawn, index + 1);
      await rows.getChildren();
      await rows.look();
      assert.equal(count.drawn, index + 1);
    }
  });

  it('draws an age that is another one now', async () => {
    const { rows, journals, count } = view();
    await rows.getChildren();
    journals.nowMs += 3_600_000;
    await rows.look();
    assert.equal(count.drawn, 1);
  });

  it('reads nothing before the view was seen, and says in the log where they can not be read', async () => {
    const { rows, journals, count, warnings } = view();
    await rows.look();
    assert.equal(count.read, 0);
    await rows.getChildren();
    journals.fails = true;
    await rows.look();
    assert.deepEqual([count.drawn, warnings.length], [0, 1]);
  });
});
