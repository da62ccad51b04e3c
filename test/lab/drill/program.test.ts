import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Lab } from '../lab';
import { waitForRoles } from '../promote/roles';
import { Operator, told } from '../resume/operator';

interface DrillLine {
  readonly type: string;
  readonly end?: string;
}

describe('a drill as a program, with commands of the operator', () => {
  const lab = Lab.current();
  let ann: Operator;

  before(async function () {
    this.timeout(120_000);
    ann = await Operator.at(lab, 'ann');
    await waitForRoles(lab, 'cc1');
  });
  after(() => ann.leave());

  /** Every call leaves a line: when, and which host becomes primary. */
  async function hooks(before: string): Promise<string> {
    const folder = path.join(ann.folder, 'clustercontrol-ha');
    await mkdir(folder, { recursive: true });
    const story = path.join(folder, 'story');
    await writeFile(story, '');
    const write = [
      'sh',
      '-c',
      `echo "$CCHA_WHEN $CCHA_OPERATION $CCHA_TARGET" >>"$1"; ${before}`,
      'hook',
      story,
    ];
    const after = ['sh', '-c', 'echo "$CCHA_WHEN $CCHA_SECRET_DC1_REPL" >>"$1"', 'hook', story];
    const value = { before: [{ name: 'Silence', argv: write }], after: [{ argv: after }] };
    await writeFile(path.join(folder, 'hooks.json'), JSON.stringify(value), { mode: 0o600 });
    return story;
  }

  it('is refused while the site is not healthy', async function () {
    this.timeout(120_000);
    await lab.mustConsole('cc2', "mysql --execute 'STOP REPLICA'");
    const refused = await ann.cli('drill', '--yes', '--json');
    await lab.mustConsole('cc2', "mysql --execute 'START REPLICA'");
    assert.equal(refused.code, 3, told(refused));
    assert.match(refused.stdout, /standby-not-replicating/);
    await waitForRoles(lab, 'cc1');
  });

  it('runs there and back with a hook before and after each, and is kept', async function () {
    this.timeout(120_000);
    const story = await hooks('true');
    const out = path.join(ann.folder, 'drill.md');
    const done = await ann.cli('drill', '--yes', '--json', '--out', out);
    assert.equal(done.code, 0, told(done));
    const last = JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '') as DrillLine;
    assert.deepEqual([last.type, last.end], ['drill-ended', 'done']);
    assert.match(await readFile(out, 'utf8'), /\| Writes \| [\d.]+ m?s \| [\d.]+ m?s \| 2 \|/);
    assert.equal(
      await readFile(story, 'utf8'),
      'before promote cc2\nafter \nbefore promote cc1\nafter \n',
      'no secret is handed on',
    );
    const history = await ann.cli('drill', '--history', '--json');
    assert.equal((JSON.parse(history.stdout) as unknown[]).length, 1);
    await waitForRoles(lab, 'cc1');
  });

  it('a hook before that fails ends it with nothing changed', async function () {
    this.timeout(120_000);
    await hooks('exit 3');
    const refused = await ann.cli('run', 'promote', 'cc2', '--yes', '--json');
    assert.equal(refused.code, 3, told(refused));
    assert.match(refused.stdout, /Silence on this machine failed.*Nothing was changed on any host/);
    await waitForRoles(lab, 'cc1');
  });

  it('a file with hooks that others may write is refused before anything is asked of the hosts', async () => {
    await writeFile(path.join(ann.folder, 'clustercontrol-ha', 'hooks.json'), '{}', { mode: 0o600 });
    await chmod(path.join(ann.folder, 'clustercontrol-ha', 'hooks.json'), 0o622);
    const refused = await ann.cli('plan', 'promote', 'cc2');
    assert.equal(refused.code, 1, told(refused));
    assert.match(refused.stderr, /others may write it/);
  });
});
