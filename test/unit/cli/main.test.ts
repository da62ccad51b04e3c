import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Site } from '../../../src/core/inventory/site';
import { standing } from '../compose/standing';
import { exampleInventory, exampleSite } from '../observation';

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
  });
  after(() => rmSync(folder, { recursive: true }));

  const cli = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'cli.js'), ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        XDG_STATE_HOME: folder,
      },
    });
    return { status, stdout, stderr };
  };

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

  it('words that make no sense: exit code 2, the fault and the usage on standard error', () => {
    const { status, stdout, stderr } = cli('plan', 'demote', 'cc2');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /plan takes an operation and its target[\s\S]*Exit codes/);
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
