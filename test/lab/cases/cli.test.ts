import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilHealthy } from '../hardened/look';
import { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { waitForRoles } from '../promote/roles';
import { must, run, type Outcome } from '../run';
import { LOGINS, MYSQL_PASSWORD, type ControllerName } from '../site';

interface Line {
  readonly type: string;
  readonly runId?: string;
  readonly step?: string;
  readonly state?: string;
  readonly end?: string;
  readonly reason?: string;
  readonly blocking?: readonly string[];
}

const lines = (text: string): Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('command line, as an operator with sudo', () => {
  const lab = Lab.current();
  const program = join(REPOSITORY, 'dist', 'cli.js');
  let folder: string;
  let inventory: string;
  let environment: NodeJS.ProcessEnv;

  before(async function () {
    this.timeout(120_000);
    if (!existsSync(program)) await must(process.execPath, ['esbuild.mjs'], { cwd: REPOSITORY });
    folder = await mkdtemp(join(tmpdir(), 'clustercontrol-ha-cli-'));
    inventory = await lab.inventoryFile(undefined, LOGINS.sudoer);
    environment = {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_STATE_HOME: folder,
      CCHA_SECRET_DC1_REPL: MYSQL_PASSWORD,
    };
    await untilHealthy(lab, 'cc1');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const words = (...given: string[]): string[] => [
    program,
    ...given,
    ...(given.includes('--inventory') ? [] : ['--inventory', inventory]),
    '--ssh-config',
    lab.operator.sshConfigFile,
  ];
  const cli = (...given: string[]): Promise<Outcome> =>
    run(process.execPath, words(...given), { env: environment, cwd: folder, timeoutMs: 100_000 });
  const told = ({ code, stdout, stderr }: Outcome): string => `exit ${code}\n${stdout}\n${stderr}`;

  /** Starts a run and calls back when a step begins. */
  function running(
    target: ControllerName,
    at: string,
    then: (kill: (signal: NodeJS.Signals) => void) => void,
  ): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, words('run', 'promote', target, '--yes', '--json'), {
        env: environment,
        cwd: folder,
      });
      let [stdout, stderr, reached] = ['', '', false];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (reached || !stdout.includes(`"step":"${at}","state":"running"`)) return;
        reached = true;
        then((signal) => child.kill(signal));
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
    });
  }

  it('check: 0 for the inventory, 1 for one with a finding, 2 for words that make no sense', async () => {
    assert.equal((await cli('check')).code, 0);
    const doubtful = join(folder, 'doubtful.yaml');
    const text = await readFile(inventory, 'utf8');
    await writeFile(doubtful, text.replace('address: 192.168.73.202', 'address: 192.168.73.201'));
    const found = await cli('check', '--inventory', doubtful);
    assert.equal(found.code, 1, told(found));
    assert.match(found.stdout, /doubtful\.yaml:\d+:\d+: error address-duplicate/);
    assert.equal((await cli('check', '--inventory', join(folder, 'nowhere.yaml'))).code, 2);
    assert.equal((await cli('promote', 'cc2')).code, 2);
    assert.equal((await cli('plan', 'promote')).code, 2);
  });

  it('render writes a tree for each host, without a secret', async () => {
    const out = join(folder, 'generated');
    assert.equal((await cli('render', '--out', out)).code, 0);
    const files = await readdir(out, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name), 'utf8')),
    );
    assert.ok(existsSync(join(out, 'dc1', 'cc2', 'etc', 'keepalived', 'keepalived.conf')));
    assert.equal(texts.join('\n').includes(MYSQL_PASSWORD), false);
  });

  it('status: 0 while all is well, 1 when something is not, and says what', async () => {
    const well = await cli('status', '--json');
    // This operator's lsyncd would log in as himself, the lab's does as root: that is drift, and all there is to say.
    const { findings } = JSON.parse(well.stdout) as { findings: { code: string }[] };
    assert.deepEqual([...new Set(findings.map(({ code }) => code))], ['config-drift'], told(well));
    await lab.mustConsole('cc1', 'systemctl stop lsyncd');
    const ill = await cli('status');
    await lab.mustConsole('cc1', 'systemctl reset-failed lsyncd; systemctl start lsyncd');
    assert.equal(ill.code, 1, told(ill));
    assert.match(ill.stdout, /lsyncd-down/);
  });

  it('plan: 0 with every check passed, 3 when it would be refused', async () => {
    const good = await cli('plan', 'promote', 'cc2', '--json');
    assert.equal(good.code, 0, told(good));
    const { CCHA_SECRET_DC1_REPL: _, ...poor } = environment;
    const blind = await run(process.execPath, words('plan', 'promote', 'cc2'), { env: poor, cwd: folder });
    assert.equal(blind.code, 3, told(blind));
    assert.match(blind.stdout, /X {2}secrets \[block\]/);
    assert.equal((await cli('plan', 'promote', 'cc1')).code, 3);
  });

  it('run without a terminal and without --yes changes nothing, and says why', async () => {
    const outcome = await cli('run', 'promote', 'cc2');
    assert.equal(outcome.code, 3, told(outcome));
    assert.match(outcome.stderr, /no terminal to confirm on.*--yes.*Nothing was changed/);
    assert.equal((await cli('runs', '--json')).stdout.trim(), '[]');
  });

  it('promotes and promotes back; every line an event, and the secret in none', async function () {
    this.timeout(120_000);
    const there = await cli('run', 'promote', 'cc2', '--yes', '--json');
    assert.equal(there.code, 0, told(there));
    const events = lines(there.stdout);
    const [first, last] = [events[0], events.at(-1)];
    assert.equal(first?.type, 'run');
    assert.deepEqual([last?.type, last?.end, last?.runId], ['run-ended', 'done', first?.runId]);
    assert.ok(events.some(({ step, state }) => step === 'open' && state === 'done'));
    await waitForRoles(lab, 'cc2');

    const back = await cli('run', 'promote', 'cc1', '--yes');
    assert.equal(back.code, 0, told(back));
    assert.match(back.stdout, /\ndone: /);
    await waitForRoles(lab, 'cc1');

    const report = await cli('report', String(first?.runId));
    assert.equal(report.code, 0);
    assert.match(report.stdout, /## What users noticed/);
    const journal = await readFile(
      join(folder, 'clustercontrol-ha', 'runs', `${first?.runId}.jsonl`),
      'utf8',
    );
    for (const text of [told(there), told(back), report.stdout, journal]) {
      assert.equal(text.includes(MYSQL_PASSWORD), false);
    }
    assert.equal((JSON.parse((await cli('runs', '--json')).stdout) as unknown[]).length, 2);
  });

  /** The rest takes a fraction of a second: on a busy machine it may be done before the signal is sent. */
  const struckAt = async (step: string, signal: NodeJS.Signals): Promise<Outcome> => {
    let outcome = await running('cc2', step, (kill) => kill(signal));
    for (let tries = 1; outcome.code === 0 && tries < 5; tries += 1) {
      await waitForRoles(lab, 'cc2');
      assert.equal((await cli('run', 'promote', 'cc1', '--yes')).code, 0);
      await waitForRoles(lab, 'cc1');
      outcome = await running('cc2', step, (kill) => kill(signal));
    }
    return outcome;
  };

  it('Ctrl-C before the point of no return: everything is undone, exit code 4', async function () {
    this.timeout(240_000);
    const outcome = await struckAt('files-first-pass', 'SIGINT');
    assert.equal(outcome.code, 4, told(outcome));
    assert.match(outcome.stderr, /Aborting/);
    assert.equal(lines(outcome.stdout).at(-1)?.end, 'undone');
    await waitForRoles(lab, 'cc1');
  });

  it('killed in the outage: runs and status know it, a new run is refused, resume finishes it', async function () {
    this.timeout(240_000);
    const killed = await struckAt('services-stop', 'SIGKILL');
    const runId = String(lines(killed.stdout)[0]?.runId);
    const [found] = (
      JSON.parse((await cli('runs', '--json')).stdout) as { runId: string; end: string | null }[]
    ).filter((one) => one.runId === runId);
    assert.equal(found?.end, null, told(killed));
    const refused = await cli('run', 'promote', 'cc2', '--yes', '--json');
    assert.equal(refused.code, 3, told(refused));
    assert.ok(lines(refused.stdout)[0]?.blocking?.includes('operation-unfinished'), told(refused));
    const resumed = await cli('resume', runId, '--json');
    assert.equal(resumed.code, 0, told(resumed));
    assert.deepEqual([lines(resumed.stdout)[0]?.runId, lines(resumed.stdout).at(-1)?.end], [runId, 'done']);
    await waitForRoles(lab, 'cc2');
    const back = await cli('run', 'promote', 'cc1', '--yes');
    assert.equal(back.code, 0, told(back));
    await waitForRoles(lab, 'cc1');
  });
});
