import { editor } from './vscodeDouble';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Uri } from 'vscode';
import { generateFiles } from '../../../src/ui/commands/files/generate';
import type { Ui } from '../../../src/ui/commands/ui';
import { GENERATED_FOLDER } from '../../../src/ui/generatedFolder';
import { Settings } from '../../../src/ui/settings';

const inventory = { path: '/site/b/clustercontrol.yaml' } as Uri;

/** The folder that the settings of this file's own workspace folder give. */
function folderOf(value: unknown): string {
  editor.workspace['getConfiguration'] = (section: string, scope: unknown) => {
    assert.deepEqual([section, scope], ['clustercontrolHa', inventory]);
    return { get: () => value };
  };
  return new Settings().generatedFolder(inventory);
}

describe('the folder of generated files', () => {
  afterEach(() => editor.reset());

  it('is as the settings of the folder that holds the inventory say', () => {
    for (const value of ['generated', 'out/files', '.', '.hidden/x_1', 'a..b']) {
      assert.equal(folderOf(value), value);
    }
  });

  const outside = [
    '..',
    '../../..',
    'a/../../b',
    'a/..',
    '/etc',
    '',
    '~/x',
    'C:x',
    'C:\\x',
    '\\\\host\\share',
  ];
  for (const value of [...outside, 'a\\..\\..', 'a\n/../..', 'a b', 7, null, ['generated']]) {
    it(`is never ${JSON.stringify(value)}, whatever an untrusted folder brings along`, () => {
      assert.throws(
        () => folderOf(value),
        /clustercontrolHa\.generatedFolder is .*Allowed is a folder below/s,
      );
    });
  }

  it('is asked for before anything is rendered or written', async () => {
    editor.workspace['getConfiguration'] = (_: string, { path: file }: Uri) => {
      assert.equal(file, 'file:///b/clustercontrol.yaml');
      return { get: () => '../../..' };
    };
    const sites = [{ name: 'dc1', file: 'file:///b/clustercontrol.yaml' }];
    const state = { sites, named: sites, documents: [] };
    const ui = { store: { state }, settings: new Settings(), service: {} } as unknown as Ui;
    await assert.rejects(generateFiles(ui, 'dc1'), /clustercontrolHa\.generatedFolder is "\.\.\/\.\.\/\.\."/);
  });

  it('has the same rule where it is written and where it is read', () => {
    const text = readFileSync(path.resolve(__dirname, '../../../package.json'), 'utf8');
    const { contributes } = JSON.parse(text) as {
      contributes: { configuration: { properties: Record<string, { pattern?: string }> } };
    };
    const { pattern } = contributes.configuration.properties['clustercontrolHa.generatedFolder'] ?? {};
    assert.equal(new RegExp(pattern ?? '').source, GENERATED_FOLDER.source);
  });
});
