import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostKeyCheck, type HostKeyQuestion } from '../../../src/adapters/ssh/hostKey';
import { hostFieldMatches, knownHostName, parseKnownHosts } from '../../../src/adapters/ssh/knownHosts';
import { parseSshConfigOutput, type SshTarget } from '../../../src/adapters/ssh/sshConfigOutput';
import { isOperatorError } from '../../../src/core/errors';
import type { Log } from '../../../src/core/ports';

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Keys and files are made by OpenSSH's own ssh-keygen, so that it, not we, says what a known_hosts file is. */
describe('host keys', () => {
  let folder: string;
  let file: string;
  const key = (name: string) =>
    readFileSync(join(folder, `${name}.pub`), 'utf8')
      .split(' ')
      .slice(0, 2);
  const blob = (name: string) => Buffer.from(key(name)[1] ?? '', 'base64');
  const line = (hosts: string, name: string, mark = '') => `${mark}${hosts} ${key(name).join(' ')}\n`;
  const target = (more: Partial<SshTarget> = {}): SshTarget => ({
    ...parseSshConfigOutput('cc1', 'hostname 192.0.2.1\nport 22\nuser root\n', {}),
    userKnownHostsFiles: [file],
    globalKnownHostsFiles: [],
    ...more,
  });
  const verify = async (offered: string, more: Partial<SshTarget> = {}, answer?: boolean) => {
    const asked: HostKeyQuestion[] = [];
    const ask = (question: HostKeyQuestion) => {
      asked.push(question);
      return Promise.resolve(answer ?? false);
    };
    const check = await hostKeyCheck(target(more), answer === undefined ? undefined : ask, silent);
    try {
      await check.verify(blob(offered));
      return { code: 'accepted', what: '', asked, algorithms: check.algorithms };
    } catch (error) {
      assert.ok(isOperatorError(error), String(error));
      return { code: error.code, what: error.message, asked, algorithms: check.algorithms };
    }
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'known-hosts-'));
    file = join(folder, 'known_hosts');
    for (const [name, type] of [
      ['a', 'ed25519'],
      ['b', 'ed25519'],
      ['e', 'ecdsa'],
      ['r', 'rsa'],
    ] as const) {
      execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', join(folder, name)]);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it('plain, by address', async () => {
    writeFileSync(file, line('192.0.2.1,cc1', 'a'));
    assert.equal((await verify('a')).code, 'accepted');
  });

  it('hashed by ssh-keygen -H', async () => {
    writeFileSync(file, line('192.0.2.1', 'a') + line('[192.0.2.1]:2222', 'b'));
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' });
    assert.match(readFileSync(file, 'utf8'), /^\|1\|/);
    assert.equal((await verify('a')).code, 'accepted');
    assert.equal((await verify('b', { port: 2222 })).code, 'accepted');
    assert.equal((await verify('b')).code, 'host-key-changed');
  });

  it('changed: refused, with file and line, and nobody is asked', async () => {
    writeFileSync(file, `# comment\n\n${line('192.0.2.1', 'a')}`);
    const result = await verify('b', {}, true);
    assert.equal(result.code, 'host-key-changed');
    assert.deepEqual(result.asked, []);
    assert.ok(result.what.includes(`${file}:3`), result.what);
  });

  it('changed: accept-new does not accept it', async () => {
    writeFileSync(file, line('192.0.2.1', 'a'));
    assert.equal((await verify('b', { unknownKey: 'accept-new' })).code, 'host-key-changed');
  });

  it('revoked wins over a plain line with the same key', async () => {
    writeFileSync(file, line('192.0.2.1', 'a') + line('*', 'a', '@revoked '));
    const result = await verify('a', {}, true);
    assert.equal(result.code, 'host-key-changed');
    assert.match(result.what, /revoked/);
  });

  it('a file of revoked keys; one that can not be read lets no key through', async () => {
    writeFileSync(file, line('192.0.2.1', 'a'));
    writeFileSync(join(folder, 'revoked'), `${key('a').join(' ')}\n`);
    assert.equal(
      (await verify('a', { revokedHostKeysFile: join(folder, 'revoked') })).code,
      'host-key-changed',
    );
    await assert.rejects(verify('a', { revokedHostKeysFile: join(folder, 'missing') }), {
      code: 'ssh-unsupported',
    });
  });

  it('unknown: asked with the fingerprint that ssh-keygen prints; refused without anybody to ask', async () => {
    writeFileSync(file, line('192.0.2.9', 'a'));
    const printed = execFileSync('ssh-keygen', ['-lf', join(folder, 'b.pub')], { encoding: 'utf8' }).split(
      ' ',
    )[1];
    const refused = await verify('b', {}, false);
    assert.equal(refused.code, 'host-key-unknown');
    assert.deepEqual([refused.asked[0]?.fingerprint, refused.asked[0]?.keyType], [printed, 'ssh-ed25519']);
    assert.equal((await verify('b')).code, 'host-key-unknown');
    assert.equal((await verify('b', { unknownKey: 'refuse' }, true)).code, 'host-key-unknown');
  });

  it('accepted: written as ssh-keygen -F finds it, plain or hashed, after a file without a last newline', async () => {
    for (const hashKnownHosts of [false, true]) {
      writeFileSync(file, line('192.0.2.9', 'a').trimEnd());
      const more = { hashKnownHosts, port: 2222 };
      assert.equal((await verify('b', more, true)).code, 'accepted');
      const found = execFileSync('ssh-keygen', ['-F', '[192.0.2.1]:2222', '-f', file], { encoding: 'utf8' });
      assert.ok(found.includes(key('b')[1] ?? '-'));
      assert.equal(readFileSync(file, 'utf8').includes('[192.0.2.1]:2222'), !hashKnownHosts);
      assert.equal((await verify('b', more)).code, 'accepted');
    }
  });

  it('only the recorded kinds of key are asked for', async () => {
    writeFileSync(file, line('192.0.2.1', 'e') + line('192.0.2.1', 'r'));
    assert.deepEqual((await verify('e')).algorithms, ['ecdsa-sha2-nistp256', 'rsa-sha2-512', 'rsa-sha2-256']);
    writeFileSync(file, '');
    assert.equal((await verify('e')).algorithms, undefined);
  });

  it('a certificate authority alone is refused clearly; with a plain line beside it the plain one counts', async () => {
    writeFileSync(file, line('*.example,192.0.2.*', 'r', '@cert-authority '));
    const result = await verify('a', {}, true);
    assert.deepEqual([result.code, result.asked], ['ssh-unsupported', []]);
    writeFileSync(file, line('192.0.2.*', 'r', '@cert-authority ') + line('192.0.2.1', 'a'));
    assert.equal((await verify('a')).code, 'accepted');
  });

  it('HostKeyAlias is the name that counts', async () => {
    writeFileSync(file, line('alias', 'a') + line('192.0.2.1', 'b'));
    assert.equal((await verify('a', { hostKeyAlias: 'alias', port: 2222 })).code, 'accepted');
    assert.equal((await verify('b', { hostKeyAlias: 'alias' })).code, 'host-key-changed');
  });

  it('patterns: wildcards, negation, brackets are literal', () => {
    assert.equal(hostFieldMatches('*.example,!db.example', 'web.example'), true);
    assert.equal(hostFieldMatches('*.example,!db.example', 'db.example'), false);
    assert.equal(hostFieldMatches('192.0.2.?', '192.0.2.1'), true);
    assert.equal(hostFieldMatches('192.0.2.?', '192.0.2.10'), false);
    assert.equal(hostFieldMatches('192.0.2.1', '192x0x2x1'), false);
    assert.equal(hostFieldMatches('[h]:22', 'h:22'), false);
    assert.equal(knownHostName('Host', 22), 'host');
  });

  it('lines that are no lines are left out', () => {
    assert.deepEqual(
      parseKnownHosts('f', 'onlyhost\nhost ssh-rsa\n@unknown h ssh-rsa AAAA\n# h ssh-rsa AAAA\n'),
      [],
    );
  });
});
