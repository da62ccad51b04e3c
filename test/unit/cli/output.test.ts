import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions } from '../../../src/cli/args';
import type { CommandLine } from '../../../src/cli/compose';
import { EXIT } from '../../../src/cli/exitCodes';
import { checkOut, tell } from '../../../src/cli/output';
import { rehearse } from '../../../src/cli/verbs/drill';
import type { Drill } from '../../../src/core/drill/drill';
import { OperatorError } from '../../../src/core/errors';
import { exampleInventory } from '../observation';

describe('--out', () => {
  let folder: string;
  let inventory: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'out-'));
    inventory = join(folder, 'clustercontrol.yaml');
    writeFileSync(inventory, exampleInventory());
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const unwritable = (file: string, state: RegExp) => (error: unknown) =>
    error instanceof OperatorError &&
    error.message.startsWith(`${file} can't be written: `) &&
    state.test(error.state) &&
    /--out/.test(error.next);

  it('that is a folder, or in none: one sentence with the file and the reason', async () => {
    for (const out of [folder, join(folder, 'no', 'file.md'), join(inventory, 'file.md')]) {
      await assert.rejects(tell({ out }, 'text'), unwritable(out, /No host was changed/));
      await assert.rejects(checkOut({ out }), unwritable(out, /Nothing was begun/));
    }
  });

  it('is tried without a trace: neither a new file nor another text in an old one', async () => {
    const out = join(folder, 'report.md');
    await checkOut({ out });
    assert.equal(existsSync(out), false);
    writeFileSync(out, 'before');
    await checkOut({ out });
    assert.equal(readFileSync(out, 'utf8'), 'before');
    symlinkSync(out, join(folder, 'link'));
    await checkOut({ out: join(folder, 'link') });
    assert.equal(readFileSync(join(folder, 'link'), 'utf8'), 'before');
    await checkOut({ out: '/dev/null' });
    await checkOut({ out: undefined });
  });

  describe('of a drill', () => {
    /** A drill of two promotions; `then` is what becomes of the machine meanwhile. */
    async function drilled(end: Drill['end'], out: string, then: () => void, ...more: string[]) {
      let begun = 0;
      const drills = {
        look: () => Promise.resolve({ standby: 'cc2', problems: [] }),
        run: () => {
          begun += 1;
          then();
          return Promise.resolve({ end, legs: [] });
        },
        report: () => Promise.resolve('# Drill of dc1'),
      } as unknown as CommandLine['drills'];
      const said = { out: [] as string[], error: [] as string[] };
      const { log, error } = console;
      console.log = (line: string) => void said.out.push(line);
      console.error = (line: string) => void said.error.push(line);
      const words = ['drill', '--yes', '--inventory', inventory, '--out', out, ...more];
      try {
        const code = await rehearse(parseOptions(words), { drills });
        return { code, out: said.out.join('\n'), error: said.error.join('\n'), begun };
      } catch (thrown) {
        return { thrown, begun };
      } finally {
        Object.assign(console, { log, error });
      }
    }

    it('can never be written: no promotion is begun', async () => {
      const out = join(folder, 'no', 'drill.md');
      const { thrown, begun } = await drilled('done', out, () => undefined);
      assert.ok(unwritable(out, /Nothing was begun/)(thrown), String(thrown));
      assert.equal(begun, 0);
    });

    it('can be written: the report is there, and nowhere else', async () => {
      const out = join(folder, 'drill.md');
      const done = await drilled('done', out, () => assert.equal(existsSync(out), false));
      assert.deepEqual(done, { code: EXIT.done, out: '', error: '', begun: 1 });
      assert.equal(readFileSync(out, 'utf8'), '# Drill of dc1\n');
    });

    for (const [end, code] of [
      ['done', EXIT.done],
      ['stopped', EXIT.unfinished],
    ] as const) {
      it(`can't be written any more when the drill is ${end}: exit code ${code}, and the report is told`, async () => {
        const out = join(folder, 'drill.md');
        const told = await drilled(end, out, () => mkdirSync(out));
        assert.equal(told.code, code, String(told.thrown));
        assert.equal(told.out, '# Drill of dc1');
        assert.match(
          told.error ?? '',
          /drill\.md can't be written: .*\nThe drill has its end all the same: /,
        );
      });
    }

    it('with --json: lines of JSON stay lines of JSON', async () => {
      const out = join(folder, 'drill.md');
      const told = await drilled('done', out, () => mkdirSync(out), '--json');
      assert.equal(told.code, EXIT.done);
      assert.deepEqual(JSON.parse(told.out ?? ''), { type: 'drill-ended', end: 'done', legs: [] });
      assert.match(told.error ?? '', /can't be written[\s\S]*last line of standard output/);
    });
  });
});
