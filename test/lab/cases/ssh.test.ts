import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostKeyQuestion } from '../../../src/adapters/ssh/hostKey';
import { isOperatorError, type OperatorError } from '../../../src/core/errors';
import type { HostSession } from '../../../src/core/ports';
import { Lab } from '../lab';
import { ADDRESS } from '../site';
import { waitFor } from '../wait';
import { connectSite, type Choices, type Connections } from './observe-site';

async function refused(work: Promise<unknown>): Promise<OperatorError> {
  try {
    await work;
  } catch (error) {
    if (isOperatorError(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('ssh sessions on real hosts', () => {
  const lab = Lab.current();
  const open: Connections[] = [];
  let folder: string;
  const connect = async (choices: Choices = {}): Promise<Connections> => {
    const connections = await connectSite(lab, choices);
    open.push(connections);
    return connections;
  };
  const sh = (session: HostSession, script: string, privileged = true) =>
    session.run({ script, privileged, timeoutMs: 5000 });
  /** The operator's configuration, with lines before it. */
  const configWith = (lines: string): string => {
    const file = join(folder, 'ssh_config');
    writeFileSync(file, `${lines}\n${readFileSync(lab.operator.sshConfigFile, 'utf8')}`);
    return file;
  };
  const withFile = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ssh-'))));
  afterEach(async () => {
    for (const connections of open.splice(0)) await connections.close();
    rmSync(folder, { recursive: true });
  });

  it('root: runs, tells exit codes, keeps one connection', async () => {
    const { sessions, log } = await connect();
    const [one, two] = await Promise.all([sessions.get('cc1'), sessions.get('cc1')]);
    assert.equal(one, two);
    const result = await sh(one, 'id -un; echo no >&2; exit 3');
    assert.deepEqual([result.stdout, result.stderr, result.exitCode], ['root\n', 'no\n', 3]);
    assert.equal(log.lines.filter((line) => line.includes('connected')).length, 1);
  });

  it('a sudo user: itself without privilege, root with it', async () => {
    const session = await (await connect({ user: 'operator' })).sessions.get('cc1');
    assert.equal((await sh(session, 'id -un', false)).stdout, 'operator\n');
    assert.equal((await sh(session, 'id -un')).stdout, 'root\n');
    await session.writeFile('/root/made by a test', 'ünï\n', '0640');
    const stat = await lab.mustConsole(
      'cc1',
      'stat -c "%a %U" "/root/made by a test"; cat "/root/made by a test"; rm "/root/made by a test"',
    );
    assert.equal(stat, '640 root\nünï\n');
  });

  for (const user of ['limited', 'careful']) {
    it(`sudo refused to ${user}: said with the command, and unprivileged commands still run`, async () => {
      const session = await (await connect({ user })).sessions.get('cc1');
      const error = await refused(sh(session, 'true'));
      assert.deepEqual([error.code, error.command, error.host], ['sudo-refused', 'sudo -n sh', 'cc1']);
      assert.equal((await sh(session, 'id -un', false)).stdout, `${user}\n`);
    });
  }

  it('wrong key: says what was tried', async () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'other')]);
    const { sessions } = await connect({
      hosts: (hosts) =>
        hosts.map((host) => ({ ...host, ssh: { ...host.ssh, identityFile: join(folder, 'other') } })),
      ssh: {
        sshConfigFile: withFile('bare', `Host *\n UserKnownHostsFile ${lab.operator.knownHostsFile}\n`),
      },
    });
    const error = await refused(sessions.get('cc1'));
    assert.equal(error.code, 'auth-failed');
    assert.ok(error.message.includes(join(folder, 'other')));
  });

  it('an encrypted key: its passphrase comes from the secrets; without it the message says so', async () => {
    const key = join(folder, 'locked');
    writeFileSync(key, readFileSync(lab.operator.identityFile), { mode: 0o600 });
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'pass word', '-f', key]);
    const choices: Choices = {
      hosts: (hosts) => hosts.map((host) => ({ ...host, ssh: { ...host.ssh, identityFile: key } })),
      ssh: {
        sshConfigFile: withFile('bare', `Host *\n UserKnownHostsFile ${lab.operator.knownHostsFile}\n`),
      },
    };
    const error = await refused((await connect(choices)).sessions.get('cc1'));
    assert.match(error.message, /no passphrase/);
    const { sessions, log } = await connect({
      ...choices,
      env: { CCHA_SECRET_SSH_KEY_PASSPHRASE: 'pass word' },
    });
    assert.equal((await sh(await sessions.get('cc1'), 'id -un')).stdout, 'root\n');
    assert.ok(log.lines.every((line) => !line.includes('pass word')));
  });

  it('the agent, and only the configured keys of it with IdentitiesOnly', async () => {
    const socket = join(folder, 'agent');
    const started = execFileSync('ssh-agent', ['-s', '-a', socket], { encoding: 'utf8' });
    const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1]);
    try {
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      for (const name of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) {
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
        execFileSync('ssh-add', ['-q', join(folder, name)], { env, stdio: 'ignore' });
      }
      execFileSync('ssh-add', ['-q', lab.operator.identityFile], { env, stdio: 'ignore' });
      // The private half is not on disk under this name: only the agent can sign. Seven other keys before it are too many.
      const key = join(folder, 'configured');
      writeFileSync(`${key}.pub`, readFileSync(`${lab.operator.identityFile}.pub`));
      const { sessions } = await connect({
        hosts: (hosts) => hosts.map((host) => ({ ...host, ssh: { ...host.ssh, identityFile: key } })),
        ssh: {
          sshConfigFile: withFile(
            'agent_config',
            `Host *\n IdentitiesOnly yes\n UserKnownHostsFile ${lab.operator.knownHostsFile}\n`,
          ),
          env: { PATH: process.env['PATH'], SSH_AUTH_SOCK: socket },
        },
      });
      assert.equal((await sh(await sessions.get('cc1'), 'id -un')).stdout, 'root\n');
    } finally {
      process.kill(pid);
    }
  });

  it('a changed host key: refused with file and line, whatever the policy', async () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'host')]);
    const changed = readFileSync(join(folder, 'host.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    const known = withFile('known_hosts', `# made by a test\n${ADDRESS.cc1} ${changed}\n`);
    const lines = `Host *\n UserKnownHostsFile ${known}\n StrictHostKeyChecking accept-new\n`;
    const { sessions } = await connect({
      ssh: { sshConfigFile: configWith(lines), askHostKey: () => Promise.resolve(true) },
    });
    const error = await refused(sessions.get('cc1'));
    assert.equal(error.code, 'host-key-changed');
    assert.ok(error.message.includes(`${known}:2`), error.message);
  });

  it('an unknown host key: asked with the fingerprint of the host; a yes is kept', async () => {
    const known = withFile('known_hosts', '');
    const config = configWith(
      `Host *\n UserKnownHostsFile ${known}\n StrictHostKeyChecking ask\n HashKnownHosts yes\n`,
    );
    const questions: HostKeyQuestion[] = [];
    const nobody = await connect({ ssh: { sshConfigFile: config } });
    assert.equal((await refused(nobody.sessions.get('cc1'))).code, 'host-key-unknown');
    const asking = await connect({
      ssh: { sshConfigFile: config, askHostKey: (question) => Promise.resolve(questions.push(question) > 0) },
    });
    await asking.sessions.get('cc1');
    const [question] = questions;
    const printed = await lab.mustConsole(
      'cc1',
      `ssh-keygen -lf /etc/ssh/ssh_host_${(question?.keyType ?? '').split('-')[1]}_key.pub`,
    );
    assert.ok(printed.includes(question?.fingerprint ?? '-'), printed);
    assert.match(readFileSync(known, 'utf8'), /^\|1\|/);
    assert.equal(
      (await sh(await (await connect({ ssh: { sshConfigFile: config } })).sessions.get('cc1'), 'true'))
        .exitCode,
      0,
    );
  });

  it('through a jump host of the site, whose own key is verified, too', async () => {
    const viaProm: Choices = {
      hosts: (hosts) =>
        hosts.map((host) => (host.name === 'cc1' ? { ...host, ssh: { ...host.ssh, jump: 'prom' } } : host)),
    };
    const { sessions, log } = await connect(viaProm);
    const seen = await sh(await sessions.get('cc1'), 'echo "$SSH_CONNECTION"', true);
    assert.equal(seen.stdout.split(' ')[0], ADDRESS.prom);
    assert.ok(
      log.lines.some((line) => line.includes(`@${ADDRESS.prom}:22 > `)),
      log.lines.join('\n'),
    );
    const known = readFileSync(lab.operator.knownHostsFile, 'utf8')
      .split('\n')
      .filter((line) => !line.includes(ADDRESS.prom));
    const file = withFile('known_hosts', known.join('\n'));
    const strict = await connect({
      ...viaProm,
      ssh: { sshConfigFile: configWith(`Host *\n UserKnownHostsFile ${file}\n`) },
    });
    const error = await refused(strict.sessions.get('cc1'));
    assert.deepEqual([error.code, error.host], ['host-key-unknown', 'prom']);
  });

  it('ProxyCommand', async () => {
    const command = `ssh -F ${lab.operator.sshConfigFile} -W %h:%p prom`;
    const { sessions } = await connect({
      ssh: { sshConfigFile: configWith(`Host ${ADDRESS.cc2}\n ProxyCommand ${command}\n`) },
    });
    const seen = await sh(await sessions.get('cc2'), 'echo "$SSH_CONNECTION"');
    assert.equal(seen.stdout.split(' ')[0], ADDRESS.prom);
  });

  it('40 commands at once, ten megabytes, and a script that leaves a process behind', async () => {
    const session = await (await connect()).sessions.get('cc1');
    const many = await Promise.all(
      Array.from({ length: 40 }, (_none, n) => sh(session, `sleep 0.05; echo ${n}`)),
    );
    assert.deepEqual(
      many.map(({ stdout }) => stdout.trim()),
      Array.from({ length: 40 }, (_none, n) => String(n)),
    );
    assert.equal((await sh(session, "head -c 10000000 /dev/zero | tr '\\0' z")).stdout.length, 10_000_000);
    const began = performance.now();
    await sh(session, 'sleep 3 & echo started');
    assert.ok(performance.now() - began < 1000);
    assert.equal((await sh(session, 'echo clean')).stdout, 'clean\n');
  });

  it('a timeout kills what the script started, and the session goes on', async () => {
    const session = await (await connect()).sessions.get('cc1');
    const error = await refused(
      session.run({ script: 'sleep 1234 | cat; echo never', timeoutMs: 300, privileged: true }),
    );
    assert.equal(error.code, 'command-timeout');
    assert.match(error.state, /killed/);
    await waitFor('its processes to be gone', 3000, async () => {
      return (await lab.console('cc1', 'pgrep -f "^sleep 1234"')).code === 1;
    });
    assert.equal((await sh(session, 'echo on')).stdout, 'on\n');
  });

  it('a secret by standard input stands in no argument of any process', async () => {
    const session = await (await connect()).sessions.get('cc1');
    const secret = 'only-by-standard-input';
    const running = session.run({
      script: 'cat >/dev/null; sleep 0.5',
      stdin: secret,
      timeoutMs: 5000,
      privileged: true,
    });
    const seen = await lab.mustConsole(
      'cc1',
      "for i in 1 2 3 4; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' ' '; sleep 0.1; done",
    );
    await running;
    assert.ok(seen.includes('sleep'));
    assert.ok(!seen.includes(secret));
  });

  it('a host cut off while a command runs: found within five seconds, opened again afterwards', async () => {
    const { sessions } = await connect();
    const session = await sessions.get('cc2');
    const running = refused(session.run({ script: 'sleep 4321', timeoutMs: 60_000, privileged: true }));
    await waitFor('the command to run', 5000, async () => {
      return (await lab.console('cc2', 'pgrep -f "^sleep 4321"')).code === 0;
    });
    const began = performance.now();
    await lab.unplug('cc2');
    try {
      const error = await running;
      const tookMs = performance.now() - began;
      assert.equal(error.code, 'connection-lost');
      assert.match(error.state, /unknown/);
      assert.ok(tookMs < 5500, `${Math.round(tookMs)} ms`);
      const again = performance.now();
      assert.equal((await refused(sessions.get('cc2'))).code, 'host-unreachable');
      assert.ok(performance.now() - again < 5000);
    } finally {
      await lab.plug('cc2');
    }
    await lab.waitForSsh('cc2');
    const [one, two] = await Promise.all([sessions.get('cc2'), sessions.get('cc2')]);
    assert.equal(one, two);
    assert.equal((await sh(one, 'echo back')).stdout, 'back\n');
  });

  it('a shell that is killed ends its command, not the session', async () => {
    const { sessions } = await connect();
    const session = await sessions.get('cc1');
    const error = await refused(sh(session, 'kill -KILL $$; sleep 3'));
    assert.equal(error.code, 'connection-lost');
    assert.equal((await sh(session, 'echo on')).stdout, 'on\n');
  });
});
