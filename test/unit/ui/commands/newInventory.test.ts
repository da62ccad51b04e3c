import { editor } from '../vscodeDouble';
import assert from 'node:assert/strict';
import { newInventory } from '../../../../src/ui/commands/inventory/create';
import { newInventoryFromHosts } from '../../../../src/ui/commands/inventory/createFromHosts';
import { pickFolder } from '../../../../src/ui/commands/inventory/folder';
import type { Ui } from '../../../../src/ui/commands/ui';

describe('the folder of a new inventory', () => {
  const folders = [{ name: 'a' }, { name: 'b' }];
  afterEach(() => editor.reset());

  /** In a workspace of these folders the operator picks this one. */
  function open(there: readonly object[], picked?: object): { asked: number } {
    const count = { asked: 0 };
    editor.workspace['workspaceFolders'] = there;
    editor.workspace['isTrusted'] = true;
    editor.window['showWorkspaceFolderPick'] = () => {
      count.asked += 1;
      return Promise.resolve(picked);
    };
    return count;
  }

  it('is the only one, without a question, and asks for one where there is none', async () => {
    const count = open(folders.slice(0, 1));
    assert.equal(await pickFolder(), folders[0]);
    assert.equal(count.asked, 0);
    open([]);
    await assert.rejects(pickFolder(), /Open a folder first/);
  });

  it('is the one that the operator picks of several', async () => {
    open(folders, folders[1]);
    assert.equal(await pickFolder(), folders[1]);
  });

  it('is none where he turns away: neither command goes on', async () => {
    const count = open(folders);
    await newInventory({} as Ui);
    await newInventoryFromHosts({} as Ui);
    assert.equal(count.asked, 2);
  });
});
