import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { readFile } from 'node:fs/promises';
import { Lab } from '../../lab';
import { run } from '../../run';
import { HOSTS, LOGINS, SUDO_PASSWORD, VIP } from '../../site';

describe('the operator', () => {
  const lab = Lab.current();
  const ssh = (host: string, ...words: string[]): ReturnType<typeof run> =>
    run('ssh', ['-F', lab.operator.sshConfigFile, host, ...words], { timeoutMs: 10_000 });

  for (const host of HOSTS) {
    it(`reaches ${host} by name, its key verified`, async () => {
      assert.deepEqual(await ssh(host, 'hostname; id -un'), {
        code: 0,
        stdout: `${host}\nroot\n`,
        stderr: '',
      });
    });
  }

  it('has a login with free sudo, one that is asked, and one without', async () => {
    const sudo = (login: string, command: string): ReturnType<typeof run> => ssh('cc1', '-l', login, command);
    assert.equal((await sudo(LOGINS.sudoer, 'sudo -n id -un')).stdout, 'root\n');
    assert.match((await sudo(LOGINS.passwordSudoer, 'sudo -n id -un')).stderr, /password is required/);
    assert.equal(
      (await sudo(LOGINS.passwordSudoer, `echo ${SUDO_PASSWORD} | sudo -S id -un`)).stdout,
      'root\n',
    );
    assert.notEqual((await sudo(LOGINS.limited, `echo ${SUDO_PASSWORD} | sudo -S id -un`)).code, 0);
  });

  it('hosts reach each other as root with the shared key', async () => {
    for (const from of ['cc1', 'cc2'] as const) {
      for (const to of HOSTS) {
        const outcome = await lab.console(from, `ssh -o BatchMode=yes root@${to} hostname`);
        assert.deepEqual([outcome.code, outcome.stdout], [0, `${to}\n`], outcome.stderr);
      }
    }
  });

  it('has an inventory', async () => {
    const site = (parse(await readFile(await lab.inventoryFile('documented'), 'utf8')) as Inventory).sites[
      'dc1'
    ];
    assert.equal(site?.vip, VIP);
    assert.equal(site?.profile, 'documented');
    assert.equal(site?.ssh.identityFile, lab.operator.identityFile);
  });
});

interface Inventory {
  sites: Record<string, { vip: string; profile?: string; ssh: { identityFile: string } }>;
}
