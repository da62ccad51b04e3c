import { editor } from '../vscodeDouble';
import assert from 'node:assert/strict';
import { parseInventories } from '../../../../src/core/inventory/parse';
import { pickSite } from '../../../../src/ui/commands/pick';
import { siteText } from '../siteText';

/** A workspace with these files, as the store tells of it. */
function workspace(...texts: readonly string[]) {
  const documents = texts.map((text, index) => ({ file: `file:///${index}.yaml`, text }));
  const { sites, named, findings } = parseInventories(documents);
  return { store: { state: { health: 'valid' as const, documents, sites, named, findings } } };
}

const inventory = (...sites: readonly string[]): string => `version: 1\nsites:\n${sites.join('')}`;

describe('the site of a command', () => {
  const offered: string[][] = [];
  beforeEach(() => {
    offered.length = 0;
    editor.window['showQuickPick'] = (items: readonly { label: string }[]) => {
      offered.push(items.map(({ label }) => label));
      return Promise.resolve(items[0]);
    };
  });
  afterEach(() => editor.reset());

  const row = (name: string) => ({ drawn: { node: { id: name, site: name } } });

  it('is the one of the row or of the lens, else the only one: nobody is asked', async () => {
    const ui = workspace(inventory(siteText('dc1')));
    for (const argument of [row('dc1'), 'dc1', undefined]) {
      assert.equal((await pickSite(ui, argument, ''))?.name, 'dc1');
    }
    assert.deepEqual(offered, []);
  });

  it('is never another one than was named', async () => {
    for (const ui of [
      workspace(inventory(siteText('dc1'))),
      workspace(inventory(siteText('dc1'), siteText('dc2', 'schem'))),
      workspace(),
    ]) {
      for (const argument of [row('dc2'), 'dc2']) {
        await assert.rejects(pickSite(ui, argument, ''), {
          message: 'Site dc2 is not in the saved inventory, or has errors there. Save it; see Problems.',
        });
      }
    }
    assert.deepEqual(offered, []);
  });

  it('is picked where another one has errors, or stands in a text that can not be read', async () => {
    for (const ui of [
      workspace(inventory(siteText('dc1'), siteText('dc2', 'schem'))),
      workspace(inventory(siteText('dc1')), inventory(siteText('dc2', 'schem'))),
      workspace(inventory(siteText('dc1')), 'version: 1\nsites: [dc2'),
    ]) {
      assert.deepEqual(
        ui.store.state.sites.map(({ name }) => name),
        ['dc1'],
      );
      assert.equal((await pickSite(ui, undefined, ''))?.name, 'dc1');
    }
    assert.deepEqual(offered, [['dc1'], ['dc1'], ['dc1']]);
  });

  it('is picked of several, and none where the operator turns away', async () => {
    const ui = workspace(inventory(siteText('dc1'), siteText('dc2')));
    assert.equal((await pickSite(ui, undefined, ''))?.name, 'dc1');
    assert.deepEqual(offered, [['dc1', 'dc2']]);
    editor.window['showQuickPick'] = () => Promise.resolve(undefined);
    assert.equal(await pickSite(ui, undefined, ''), undefined);
  });
});
