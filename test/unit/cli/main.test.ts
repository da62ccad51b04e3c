import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Site } from '../../../src/core/inventory/site';
import { standing } from '../compose/standing';
import { exampleInventory, exampleSite } from '../observation';
import { twoSites } from './twoSites';

const ENTRY = join(__dirname, '../../../src/cli.ts');

describe('the command line as a program', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-'));
    // One file instead of a loader that reads all sources at each call.
    buildSync({
      entryPoints: [ENTRY],
      outfile: join(folder, 'cli.js'),
      bundle: true,
      platform: 'node',
      external: ['cpu-features', '*.node'],
      logLevel: 'error',
    });
    writeFileSync(join(folder, 'clustercontrol.yaml'), exampleInventory());
    // Nobody listens there: the hosts are away at once.
    const away = exampleInventory().replaceAll('192.168.73.', '127.0.0.');
    writeFileSync(join(folder, 'away.yaml'), `${away}    ssh: { port: 9 }\n`);
    writeFileSync(join(folder, 'ssh_config'), '');
    writeFileSync(join(folder, 'two.yaml'), twoSites('broken'));
    // What goes on hosts is not looked at here.
    mkdirSync(join(folder, 'host'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const cli = (...words: string[]) => cliWith({}, ...words);
  const cliWith = (more: NodeJS.ProcessEnv, ...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'cli.js'), ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        XDG_STATE_HOME: folder,
        ...more,
      },
    });
    return { status, stdout, stderr };
  };

  it('hosts that can not be asked are no hosts that know of nothing', () => {
    const words = ['resume', '--from-hosts', '--inventory', 'away.yaml', '--ssh-config', 'ssh_config'];
    const { status, stdout, stderr } = cli(...words);
    assert.equal(status, 1, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /cc1 could not be asked: .*cc2 could not be asked: .*It is not known whether/s);
    const told = JSON.parse(cli(...words, '--json').stdout) as { type: string; silent: object };
    assert.deepEqual([told.type, Object.keys(told.silent)], ['not-known', ['cc1', 'cc2']]);
  });

  it('--help is an answer, no words at all are not', () => {
    assert.equal(cli('--help').status, 0);
    const { status, stdout } = cli();
    assert.equal(status, 2);
    assert.match(stdout, /Exit codes:/);
  });

  it('check reads the inventory of the folder; JSON is one document', () => {
    const { status, stdout } = cli('check', '--json');
    assert.equal(status, 0);
    assert.deepEqual((JSON.parse(stdout) as { sites: string[] }).sites, ['dc1']);
  });

  it('words that make no sense: exit code 2, the fault and the usage of that verb on standard error', () => {
    const { status, stdout, stderr } = cli('plan', 'demote', 'cc2');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /plan takes an operation and its target[\s\S]*plan\|run failover[\s\S]*--help: all/);
    assert.equal(stderr.includes('cli.js resume'), false, stderr);
    assert.match(
      cli('promote', 'cc2').stderr,
      /there is no verb promote[\s\S]*cli\.js resume[\s\S]*Exit codes/,
    );
    assert.equal(cli('status', '--site', 'dc9').status, 2);
  });

  it('a host that the site lacks, a mode that the operation lacks: exit code 2, and what there is', () => {
    const host = cli('run', 'promote', 'cc3', '--inventory', 'away.yaml', '--ssh-config', 'ssh_config');
    assert.equal(host.status, 2, host.stderr);
    assert.match(host.stderr, /^promote of dc1 has no target cc3; it has: cc1, cc2\n/);
    const mode = cli('plan', 'failover', 'cc2', '--mode', 'halfway', '--inventory', 'away.yaml');
    assert.equal(mode.status, 2, mode.stderr);
    assert.match(mode.stderr, /^failover has no mode "halfway"; it has: emergency, half-way\n/);
  });

  it('a run that there is none of: exit code 1, and what to do', () => {
    const { status, stderr } = cli('report', 'dc1-promote-cc2-20260101T000000Z-abcd');
    assert.equal(status, 1);
    assert.match(stderr, /There is no journal of run[\s\S]*Next: /);
  });

  it('a word that is no run id: exit code 2, and where the ids are', () => {
    for (const verb of ['report', 'resume']) {
      const { status, stderr } = cli(verb, '../away');
      assert.equal(status, 2, stderr);
      assert.match(stderr, /^"\.\.\/away" is no run id; `runs` lists them\n/);
    }
  });

  it('a broken site: the other one is not promoted in its place', () => {
    const words = ['--yes', '--inventory', 'two.yaml', '--ssh-config', 'ssh_config'];
    const { status, stderr } = cli('run', 'promote', 'cc2', ...words);
    assert.equal(status, 2, stderr);
    assert.match(stderr, /^which site\? --site dc1 or dc2\ndc1 has errors and can't be used; /);
  });

  it('render leaves a broken site out: the other is written, standard error tells, exit code 1', () => {
    const words = ['render', '--inventory', 'two.yaml', '--out', 'rendered'];
    const { status, stdout, stderr } = cli(...words);
    assert.equal(status, 1, stderr);
    assert.match(stdout, /rendered\/dc2\/cc1\/etc\//);
    assert.match(stderr, /^Not rendered: dc1 has errors and can't be used; the first: two\.yaml:\d+:\d+: /);
    assert.deepEqual(
      ['dc1', 'dc2'].map((site) => existsSync(join(folder, 'rendered', site))),
      [false, true],
    );
    assert.equal(cli(...words, '--site', 'dc2').status, 0);
    const broken = cli(...words, '--site', 'dc1');
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /^dc1 has errors and can't be used; /);
  });

  it('an --out that can not be written: exit code 1, the file, the reason and what to do, no stack', () => {
    writeFileSync(join(folder, 'file'), '');
    const away = ['--inventory', 'away.yaml', '--ssh-config', 'ssh_config'];
    for (const [said, ...words] of [
      [
        /^file\/dc1\/.* can't be written: .*\nNo host was asked\. 0 files were written/,
        'render',
        '--out',
        'file',
      ],
      [/^file\/md can't be written: /, 'drill', '--history', '--out', 'file/md'],
      [/^file\/md can't be written: .*\nNothing was begun\./, 'drill', '--yes', '--out', 'file/md', ...away],
    ] as const) {
      const { status, stderr } = cli(...words);
      assert.equal(status, 1, stderr);
      assert.match(stderr, said);
      assert.match(stderr, /\nNext: .*--out/);
      assert.doesNotMatch(stderr, /^ +at /m);
    }
  });

  it('what nobody foresaw is called a fault of the program; its stack is shown on demand', () => {
    writeFileSync(join(folder, 'fault.cjs'), 'console.log = () => { throw new RangeError("no room"); };');
    const faulty = { NODE_OPTIONS: '--require ./fault.cjs' };
    const { status, stderr } = cliWith(faulty, 'runs', '--json');
    assert.equal(status, 1);
    assert.match(stderr, /^This is a fault of the program: no room\n[\s\S]*CCHA_DEBUG=1/);
    assert.doesNotMatch(stderr, /^ +at /m);
    assert.match(
      cliWith({ ...faulty, CCHA_DEBUG: '1' }, 'runs', '--json').stderr,
      /RangeError: no room\n +at /,
    );
  });

  it('a run is not resumed on another site: by its name exit code 2, by its addresses 1, and nothing is written', async () => {
    const made = await standing().operations.plan(exampleSite() as Site, 'promote', 'cc2', 'planned');
    const event = { type: 'run-created', plan: made, operator: 'ann', acknowledged: {} };
    const journals = join(folder, 'clustercontrol-ha', 'runs');
    const journal = join(journals, `${made.id}.jsonl`);
    mkdirSync(journals, { recursive: true });
    const text = `${JSON.stringify({ format: 1, n: 1, writer: 0, atMs: 1, event })}\n`;
    writeFileSync(journal, text);
    try {
      const words = ['resume', made.id, '--ssh-config', 'ssh_config', '--inventory', 'away.yaml'];
      const named = cli(...words, '--site', 'dc2');
      assert.equal(named.status, 2);
      assert.match(named.stderr, /is a run of site dc1, not of dc2/);
      const { status, stdout, stderr } = cli(...words, '--json');
      assert.equal(status, 1, stdout + stderr);
      assert.equal(stdout, '');
      assert.match(stderr, /cc1 192\.168\.73\.201.*here says.*cc1 127\.0\.0\.201[\s\S]*--from-hosts/);
      assert.equal(readFileSync(journal, 'utf8'), text);
    } finally {
      rmSync(journal);
    }
  });

  it('hosts that are away: the promotion is refused with exit code 3, and no run begins', () => {
    const words = ['--inventory', 'away.yaml', '--ssh-config', 'ssh_config'];
    const { status, stdout, stderr } = cli('run', 'promote', 'cc2', '--yes', '--json', ...words);
    assert.equal(status, 3, stdout + stderr);
    const refused = JSON.parse(stdout) as { type: string; blocking: string[] };
    assert.equal(refused.type, 'refused');
    assert.ok(refused.blocking.includes('access'));
    assert.equal(cli('runs', '--json').stdout.trim(), '[]');
    assert.equal(cli('status', ...words).status, 1);
  });
});
