import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/adapters/clock';
import { ChildProcesses } from '../../../src/adapters/local/commands';
import { hooksFile, readHooksFile } from '../../../src/adapters/local/hooksFile';
import { isOperatorError } from '../../../src/core/errors';

const local = new ChildProcesses(systemClock, {
  PATH: process.env['PATH'],
  HOME: '/home/ann',
  CCHA_SECRET_DC1_REPL: 'top secret',
});
const command = (argv: readonly string[], timeoutMs = 10_000) => ({ argv, environment: {}, timeoutMs });
const isCode = (code: string) => (error: unknown) => isOperatorError(error) && error.code === code;

describe('programs of this machine', () => {
  it('get arguments as they are, an environment without our secrets, and no input', async () => {
    const { exitCode, stdout } = await local.run({
      ...command([
        'sh',
        '-c',
        'cat; printf "%s|" "$1" "$CCHA_SITE" "$HOME" "$CCHA_SECRET_DC1_REPL"',
        'sh',
        '$(id) *',
      ]),
      environment: { CCHA_SITE: 'dc1' },
    });
    assert.equal(exitCode, 0);
    assert.equal(stdout, '$(id) *|dc1|/home/ann||');
  });

  it('an exit code is an answer', async () => {
    const { exitCode, stderr } = await local.run(command(['sh', '-c', 'echo no >&2; exit 7']));
    assert.deepEqual([exitCode, stderr], [7, 'no\n']);
  });

  it('one that is not there has done nothing', async () => {
    await assert.rejects(local.run(command(['/nowhere/at/all'])), isCode('command-failed'));
  });

  it('at its time limit all that it started is ended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ccha-local-'));
    const mark = join(folder, 'pid');
    const running = local.run(command(['sh', '-c', `sleep 300 & echo $! >${mark}; wait`], 300));
    await assert.rejects(running, isCode('command-timeout'));
    const { stdout } = await local.run(
      command([
        'sh',
        '-c',
        `for _ in $(seq 100); do kill -0 "$(cat ${mark})" 2>/dev/null || { echo gone; exit; }; sleep 0.05; done`,
      ]),
    );
    await rm(folder, { recursive: true });
    assert.equal(stdout, 'gone\n');
  });

  it('tells whole lines as they come, and keeps an end to a flood', async () => {
    const told: string[] = [];
    const { stdout } = await local.run({
      ...command(['sh', '-c', 'printf one; sleep 0.1; echo; yes | head -c 200000']),
      onOutput: (text) => told.push(text),
    });
    assert.match(told[0] ?? '', /^one\n/);
    assert.ok(told.every((text) => text.endsWith('\n')));
    assert.ok(stdout.length < 70_000 && stdout.endsWith('more was left out'));
  });
});

describe('the file with hooks', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ccha-hooks-'));
  });
  after(() => rm(folder, { recursive: true }));

  it("stands in the user's own configuration", () => {
    assert.equal(hooksFile({ XDG_CONFIG_HOME: '/c' }), '/c/clustercontrol-ha/hooks.json');
    assert.match(hooksFile({ XDG_CONFIG_HOME: 'relative' }), /\.config\/clustercontrol-ha\/hooks\.json$/);
  });

  it('may be missing, and must be readable, JSON and writable by nobody else', async () => {
    assert.equal(await readHooksFile(join(folder, 'none.json')), undefined);
    const file = join(folder, 'hooks.json');
    await writeFile(file, '{"before":[]}', { mode: 0o600 });
    assert.deepEqual(await readHooksFile(file), { before: [] });
    await chmod(file, 0o620);
    await assert.rejects(readHooksFile(file), /others may write it/);
    await chmod(file, 0o600);
    await writeFile(file, '{');
    await assert.rejects(readHooksFile(file), isCode('format-unknown'));
  });
});
