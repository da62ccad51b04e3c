import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { configArguments, parseHop, resolveHops } from '../../../src/adapters/ssh/resolve';
import type { SiteHost, SshSettings } from '../../../src/core/inventory/site';

const none: SshSettings = { user: undefined, port: undefined, identityFile: undefined, jump: undefined };

/** Resolved by the real `ssh -G`. */
describe("the operator's ssh configuration", () => {
  let folder: string;
  const resolve = (
    config: string,
    ssh: Partial<SshSettings> = {},
    env: NodeJS.ProcessEnv = {},
    others: SiteHost[] = [],
  ) => {
    const sshConfigFile = join(folder, 'config');
    writeFileSync(sshConfigFile, config);
    const host = { name: 'cc1', address: '192.0.2.1', ssh: { ...none, ...ssh } };
    return resolveHops(host, {
      sshConfigFile,
      env: { PATH: process.env['PATH'], ...env },
      hosts: [host, ...others],
    });
  };
  before(() => (folder = mkdtempSync(join(tmpdir(), 'ssh-config-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('an empty one: defaults, and an agent from the environment', async () => {
    const [target] = await resolve('', {}, { SSH_AUTH_SOCK: '/run/agent' });
    assert.deepEqual(
      [
        target?.name,
        target?.hostname,
        target?.port,
        target?.identitiesChosen,
        target?.agentSocket,
        target?.unknownKey,
      ],
      ['cc1', '192.0.2.1', 22, false, '/run/agent', 'ask'],
    );
    assert.ok(target?.identityFiles.includes(`${homedir()}/.ssh/id_ed25519`));
    assert.ok((target?.connectTimeoutMs ?? 0) <= 4000);
  });

  it('its values are read', async () => {
    const [target] = await resolve(
      `Host 192.0.2.*
      HostName 192.0.2.77
      User ada
      Port 2222
      IdentityFile ~/.ssh/%r key
      IdentityFile "/keys/a b"
      IdentitiesOnly yes
      IdentityAgent none
      UserKnownHostsFile /k/one /k/two
      GlobalKnownHostsFile /k/global
      StrictHostKeyChecking accept-new
      HostKeyAlias alias
      HashKnownHosts yes
      ConnectTimeout 7
      CertificateFile /keys/cert.pub
    `.replace('%r key', 'key_%r'),
      {},
      { SSH_AUTH_SOCK: '/run/agent' },
    );
    assert.deepEqual(target, {
      name: 'cc1',
      hostname: '192.0.2.77',
      user: 'ada',
      port: 2222,
      identityFiles: [`${homedir()}/.ssh/key_ada`, '/keys/a b'],
      identitiesChosen: true,
      identitiesOnly: true,
      agentSocket: undefined,
      certificateFiles: ['/keys/cert.pub'],
      userKnownHostsFiles: ['/k/one', '/k/two'],
      globalKnownHostsFiles: ['/k/global'],
      revokedHostKeysFile: undefined,
      unknownKey: 'accept-new',
      hashKnownHosts: true,
      hostKeyAlias: 'alias',
      connectTimeoutMs: 7000,
      proxyJump: undefined,
      proxyCommand: undefined,
    });
  });

  it('the inventory goes before it', async () => {
    const config = 'Host *\n User ada\n Port 2222\n IdentityFile /keys/other\n ProxyJump gate\n';
    const ssh = { user: 'root', port: 22, identityFile: '/keys/my key', jump: 'none' };
    const hops = await resolve(config, ssh);
    assert.deepEqual(
      hops.map((hop) => [hop.user, hop.port, hop.identityFiles[0]]),
      [['root', 22, '/keys/my key']],
    );
  });

  it('no means ask: nothing is taken in silence', async () => {
    assert.equal((await resolve('StrictHostKeyChecking no'))[0]?.unknownKey, 'ask');
    assert.equal((await resolve('StrictHostKeyChecking yes'))[0]?.unknownKey, 'refuse');
  });

  it('jumps: several, each with its own settings, the first with a way of its own', async () => {
    const hops = await resolve(`Host gate
        HostName 198.51.100.1
        User gatekeeper
        ProxyJump outer:2200
      Host inner
        Port 2201
        ProxyJump never-used
      Host 192.0.2.1
        ProxyJump gate,eve@inner
    `);
    assert.deepEqual(
      hops.map((hop) => [hop.name, hop.user === hops[0]?.user ? '-' : hop.user, hop.hostname, hop.port]),
      [
        ['outer:2200', '-', 'outer', 2200],
        ['gate', 'gatekeeper', '198.51.100.1', 22],
        ['eve@inner', 'eve', 'inner', 2201],
        ['cc1', '-', '192.0.2.1', 22],
      ],
    );
  });

  it('a jump may be a host of the same site, by its name there', async () => {
    const prom = { name: 'prom', address: '192.0.2.9', ssh: { ...none, user: 'watch' } };
    const hops = await resolve('', { jump: 'prom' }, {}, [prom]);
    assert.deepEqual(
      hops.map((hop) => [hop.name, hop.hostname]),
      [
        ['prom', '192.0.2.9'],
        ['cc1', '192.0.2.1'],
      ],
    );
    assert.equal(hops[0]?.user, 'watch');
  });

  it('a chain that bites its own tail ends', async () => {
    await assert.rejects(resolve('Host *\n ProxyJump again\n'), { code: 'ssh-unsupported' });
  });

  it('a configuration that ssh refuses: what ssh said', async () => {
    await assert.rejects(resolve('NoSuchOption yes'), (error: { code: string; message: string }) => {
      assert.equal(error.code, 'ssh-unsupported');
      assert.match(error.message, /nosuchoption/i);
      return true;
    });
  });

  it('an address is never an option', () => {
    assert.deepEqual(configArguments('-oProxyCommand=x', none, undefined), ['-G', '--', '-oProxyCommand=x']);
  });

  it('hops of ProxyJump in all their forms', () => {
    const parts = (text: string) => {
      const { address, settings } = parseHop(text);
      return [settings.user, address, settings.port];
    };
    assert.deepEqual(parts('gate'), [undefined, 'gate', undefined]);
    assert.deepEqual(parts('ada@gate:22'), ['ada', 'gate', 22]);
    assert.deepEqual(parts('a@b@[2001:db8::1]:2222'), ['a@b', '2001:db8::1', 2222]);
    assert.deepEqual(parts('ssh://ada@gate:2200'), ['ada', 'gate', 2200]);
  });
});
