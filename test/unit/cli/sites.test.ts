import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions } from '../../../src/cli/args';
import { UsageError } from '../../../src/cli/exitCodes';
import { chooseSite } from '../../../src/cli/inventory';
import { exampleInventory } from '../observation';
import { twoSites } from './twoSites';

describe('the site of a call', () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sites-'));
    file = join(folder, 'all.yaml');
  });
  after(() => rmSync(folder, { recursive: true }));

  async function chosen(text: string, ...words: string[]): Promise<string> {
    writeFileSync(file, text);
    const options = parseOptions(['run', 'promote', 'cc2', '--yes', '--inventory', file, ...words]);
    return (await chooseSite(options)).name;
  }

  /** The lines of the refusal, the folder of the file left away. */
  async function refused(text: string, ...words: string[]): Promise<string[]> {
    try {
      assert.fail(`${await chosen(text, ...words)} was chosen`);
    } catch (error) {
      assert.ok(error instanceof UsageError, String(error));
      return error.message.replaceAll(`${folder}/`, '').split('\n');
    }
  }

  const FIRST = /^dc1 has errors and can't be used; the first: all\.yaml:8:\d+: .*192\.168\.73\.201/;

  it('is the only one that stands there, or the one that was asked for', async () => {
    assert.equal(await chosen(exampleInventory()), 'dc1');
    assert.equal(await chosen(twoSites('whole'), '--site', 'dc2'), 'dc2');
    assert.equal(await chosen(twoSites('broken'), '--site', 'dc2'), 'dc2');
  });

  it('is asked for where there are two', async () => {
    assert.deepEqual(await refused(twoSites('whole')), ['which site? --site dc1 or dc2']);
  });

  it('is asked for also where an error leaves one of them: the other is not the only one', async () => {
    const [question, why, all, ...rest] = await refused(twoSites('broken'));
    assert.equal(question, 'which site? --site dc1 or dc2');
    assert.match(why ?? '', FIRST);
    assert.deepEqual([all, ...rest], ['All findings: cli.js check']);
  });

  it('that is asked for and has errors: the first one with its place, and where all are', async () => {
    const [why, ...rest] = await refused(twoSites('broken'), '--site', 'dc1');
    assert.match(why ?? '', FIRST);
    assert.deepEqual(rest, ['All findings: cli.js check']);
  });

  it('of a scheme that is not supported yet counts as one that stands there', async () => {
    const text = `${exampleInventory()}  dc2: { scheme: cmon-ha }\n`;
    const [question, why] = await refused(text);
    assert.equal(question, 'which site? --site dc1 or dc2');
    assert.match(why ?? '', /^dc2 can't be used: all\.yaml:10:\d+: the scheme cmon-ha is not supported yet$/);
  });

  it('that there is none of: those that stand there', async () => {
    assert.deepEqual(await refused(twoSites('broken'), '--site', 'dc9'), [
      'all.yaml has no site dc9; it has dc1, dc2',
    ]);
  });

  it('of a text that is broken, or empty: its first error, for each site', async () => {
    const [none, first, second] = await refused(`${twoSites('whole')}    os: [debian\n`);
    assert.equal(none, 'all.yaml has no site that can be used');
    assert.match(first ?? '', /^dc1 can't be used: all\.yaml:\d+:\d+: /);
    assert.match(second ?? '', /^dc2 (has errors and )?can't be used/);
    assert.match(
      (await refused('')).join('\n'),
      /no site that can be used\nall\.yaml:1:1: version is missing\n/,
    );
  });

  it('with a name that no site may have: a terminal gets nothing of it to obey', async () => {
    const lines = await refused(`${exampleInventory()}  "\\e[2J": { scheme: replication }\n`);
    assert.equal(lines[0], 'which site? --site dc1 or "\\u001b[2J"');
    assert.ok(!lines.join('').includes('\u001b'));
  });
});
