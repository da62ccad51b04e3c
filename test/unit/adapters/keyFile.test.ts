import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeyFile } from '../../../src/adapters/ssh/keyFile';

describe('key files, as ssh-keygen writes them', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'keys-'))));
  after(() => rmSync(folder, { recursive: true }));
  const make = (name: string, ...args: string[]) => {
    execFileSync('ssh-keygen', ['-q', '-f', join(folder, name), ...args]);
    return readKeyFile(join(folder, name));
  };

  it('plain and encrypted, with their public key', async () => {
    const plain = await make('plain', '-t', 'ed25519', '-N', '');
    const locked = await make('locked', '-t', 'rsa', '-N', 'pass word');
    assert.deepEqual([plain?.type, plain?.encrypted], ['ssh-ed25519', false]);
    assert.deepEqual([locked?.type, locked?.encrypted], ['ssh-rsa', true]);
    const published = readFileSync(join(folder, 'locked.pub'), 'utf8').split(' ')[1];
    assert.equal(locked?.publicKey?.toString('base64'), published);
  });

  it('PEM says only whether it is encrypted', async () => {
    assert.equal((await make('pem', '-t', 'rsa', '-m', 'PEM', '-N', ''))?.encrypted, false);
    assert.equal((await make('pem2', '-t', 'rsa', '-m', 'PEM', '-N', 'pass word'))?.encrypted, true);
  });

  it('a file that is not there is no key', async () => {
    assert.equal(await readKeyFile(join(folder, 'nothing')), undefined);
  });
});
