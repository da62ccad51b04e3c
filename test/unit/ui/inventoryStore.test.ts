import { editor } from './vscodeDouble';
import assert from 'node:assert/strict';
import { parseInventories } from '../../../src/core/inventory/parse';
import { InventoryStore } from '../../../src/ui/inventory/store';
import type { InventoryReader } from '../../../src/ui/services';
import { siteText } from './siteText';

const FILE = 'file:///site/clustercontrol.yaml';
const uri = (file: string) => ({ scheme: file.split(':')[0], path: file, toString: () => file });
const inventory = (...sites: readonly string[]): string => `version: 1\nsites:\n${sites.join('')}`;

describe('the sites that a workspace names', () => {
  afterEach(() => editor.reset());

  /** As read with this on disk, and this in the editors. */
  async function namedIn(saved: string, open: Readonly<Record<string, string>>) {
    const nothing = () => ({ dispose: () => undefined });
    const watcher = { onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing };
    for (const event of ['onDidOpenTextDocument', 'onDidChangeTextDocument', 'onDidCloseTextDocument']) {
      editor.workspace[event] = nothing;
    }
    Object.assign(editor.workspace, {
      onDidChangeWorkspaceFolders: nothing,
      createFileSystemWatcher: () => ({ ...watcher, dispose: () => undefined }),
      findFiles: () => Promise.resolve([uri(FILE)]),
      fs: { readFile: () => Promise.resolve(new TextEncoder().encode(saved)) },
      textDocuments: Object.entries(open).map(([file, text]) => ({ uri: uri(file), getText: () => text })),
    });
    const reader: InventoryReader = { read: (texts) => Promise.resolve(parseInventories(texts)) };
    const log = { debug: fail, info: fail, warn: fail, error: fail };
    const store = new InventoryStore(() => Promise.resolve(reader), log);
    const { sites, named } = await store.read();
    return { usable: sites.map(({ name }) => name), named: named.map(({ name }) => name) };
  }

  it('are those on disk, usable or not', async () => {
    const both = inventory(siteText('dc1'), siteText('dc2', 'schem'));
    assert.deepEqual(await namedIn(both, {}), { usable: ['dc1'], named: ['dc1', 'dc2'] });
  });

  it('are those that nobody saved yet, too, each once', async () => {
    const saved = inventory(siteText('dc1'));
    const open = { [FILE]: inventory(siteText('dc1'), siteText('dc2')) };
    assert.deepEqual(await namedIn(saved, open), { usable: ['dc1'], named: ['dc1', 'dc2'] });
  });
});

function fail(message: string): void {
  assert.fail(message);
}
