import assert from 'node:assert/strict';
import { parseOptions, VERBS } from '../../../src/cli/args';
import { USAGE, usageOf } from '../../../src/cli/usage';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SCHEMES } from '../../../src/core/schemes/registry';
import { EXIT, exitCodeOf, UsageError } from '../../../src/cli/exitCodes';

const DOCUMENTATION = readFileSync(path.join(__dirname, '../../../docs/cli.md'), 'utf8');

describe('--help', () => {
  const operations = SCHEMES.flatMap((scheme) => scheme.operations.map(({ id }) => id));

  for (const id of operations) {
    it(`tells of ${id}, as docs/cli.md does`, () => {
      assert.match(USAGE, new RegExp(`^  cli\\.js (plan\\|run|run) ${id}\\b`, 'm'));
      assert.match(DOCUMENTATION, new RegExp(`^\\| [^|]*\\b(run|plan\\\\\\|run) ${id}\\b`, 'm'));
    });
  }
});

describe('words of the command line', () => {
  it('a verb, its words and options in any order', () => {
    const options = parseOptions([
      'run',
      '--yes',
      'promote',
      '--ack',
      'snat=known = leaked',
      'cc2',
      '--ack',
      'reach= x ',
    ]);
    assert.deepEqual(
      [options.verb, options.words, options.yes, options.acknowledged],
      ['run', ['promote', 'cc2'], true, { snat: 'known = leaked', reach: 'x' }],
    );
  });

  it('what is not said has its default', () => {
    const { inventory, site, json, yes, failOn, undo, acknowledged } = parseOptions(['check']);
    assert.deepEqual(
      { inventory, site, json, yes, failOn, undo, acknowledged },
      {
        inventory: 'clustercontrol.yaml',
        site: undefined,
        json: false,
        yes: false,
        failOn: 'warning',
        undo: false,
        acknowledged: {},
      },
    );
  });

  for (const [name, words] of [
    ['no verb', []],
    ['an unknown verb', ['promote', 'cc2']],
    ['an unknown option', ['check', '--force']],
    ['an option without its value', ['check', '--site']],
    ['a level that there is none of', ['check', '--fail-on', 'information']],
    ['an acknowledgement without a reason', ['run', 'promote', 'cc2', '--ack', 'snat= ']],
    ['rounds that are no number', ['drill', '--rounds', 'many']],
    ['no round at all', ['drill', '--rounds', '0']],
    ['an acknowledgement without a check', ['run', 'promote', 'cc2', '--ack', '=because']],
  ] as const) {
    it(`${name} is refused`, () => assert.throws(() => parseOptions(words), UsageError));
  }

  it('a drill is one round unless more are wanted, and a resume takes nothing over by itself', () => {
    const { rounds, takeOver, fromHosts, mode } = parseOptions(['drill']);
    assert.deepEqual([rounds, takeOver, fromHosts, mode], [1, false, false, undefined]);
    assert.equal(parseOptions(['drill', '--rounds', '30']).rounds, 30);
    const knowing = parseOptions(['resume', '--from-hosts', '--take-over', '--undo']);
    assert.deepEqual([knowing.takeOver, knowing.fromHosts, knowing.undo], [true, true, true]);
  });

  it('the usage names every verb, and every exit code', () => {
    for (const verb of VERBS) assert.ok(USAGE.includes(`cli.js ${verb}`), verb);
    for (const code of Object.values(EXIT)) assert.match(USAGE, new RegExp(`\\b${code} [a-z]`));
  });

  it('of one verb is what the usage says of it, with the lines that go on', () => {
    for (const verb of VERBS) {
      const told = usageOf(verb).split('\n');
      assert.ok(told.length < 25 && told.length > 1, `${verb}: ${told.length} lines`);
      for (const line of told.slice(0, -2)) assert.ok(USAGE.includes(`\n${line}\n`), line);
    }
    assert.match(usageOf('resume'), /--from-hosts \[--undo\] \[--yes\]\n +the same for one/);
    assert.equal(usageOf('demote'), USAGE);
  });
});

describe('exit codes', () => {
  it('tell the ends of a run apart', () => {
    assert.deepEqual(
      (['done', 'refused', 'undone', 'undo-owed', 'unfinished', undefined] as const).map(exitCodeOf),
      [0, 3, 4, 5, 5, 5],
    );
  });
});
