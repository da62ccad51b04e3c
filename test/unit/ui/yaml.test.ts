import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const manifest = JSON.parse(readFileSync(path.join(__dirname, '../../../package.json'), 'utf8')) as {
  readonly contributes: Readonly<Record<string, unknown>> & {
    readonly languages: readonly { readonly id: string }[];
  };
  readonly extensionDependencies?: unknown;
  readonly extensionPack?: unknown;
};

describe('the inventory beside other extensions for YAML', () => {
  it('gives them no schema: each of our messages would stand there twice', () => {
    assert.equal(manifest.contributes['yamlValidation'], undefined);
    assert.equal(manifest.contributes['jsonValidation'], undefined);
  });

  it('leaves the language of its files YAML, and needs none of them', () => {
    assert.ok(manifest.contributes.languages.every(({ id }) => !/yaml/i.test(id)));
    assert.equal(manifest.extensionDependencies, undefined);
    assert.equal(manifest.extensionPack, undefined);
  });
});
