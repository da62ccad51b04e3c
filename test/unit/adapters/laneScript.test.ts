import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { FrameReader } from '../../../src/adapters/ssh/frames';
import { laneCommand, lanePreamble } from '../../../src/adapters/ssh/laneScript';

const shells = { bash: ['bash', '--posix', '--noprofile', '--norc'], dash: ['dash'] } as const;

/** The lane's text through real shells, without ssh: what a script says, how it ends, what it leaves behind. */
for (const [name, [program, ...args]] of Object.entries(shells)) {
  describe(`a lane's ${name}`, function () {
    before(function () {
      if (spawnSync(program, ['-c', 'true']).error) this.skip();
    });
    const run = (...commands: { script: string; stdin?: string }[]) => {
      const marks = commands.map((_command, index) => String(index).repeat(24));
      const text = commands.map(({ script, stdin }, index) =>
        laneCommand(marks[index] ?? '', script, stdin, name === 'bash'),
      );
      const input = lanePreamble('f'.repeat(24)) + text.join('');
      const { stdout, stderr } = spawnSync(program, args, { input, timeout: 5000, maxBuffer: 1e8 });
      return marks.map((mark) => {
        const out = new FrameReader(mark);
        const err = new FrameReader(mark);
        out.push(stdout);
        err.push(stderr);
        return {
          out: out.text(),
          err: err.text(),
          end: out.endText?.split(' '),
          ended: err.endText !== undefined,
        };
      });
    };

    it('keeps output, errors and exit codes apart', () => {
      const [one, two] = run({ script: 'printf out; printf err >&2; exit 7' }, { script: 'echo; false' });
      assert.deepEqual([one?.out, one?.err, one?.end?.[0], one?.ended], ['out', 'err', '7', true]);
      assert.deepEqual([two?.out, two?.err, two?.end?.[0]], ['\n', '', '1']);
    });

    it('survives a syntax error, exec and set -e', () => {
      const results = run(
        { script: 'echo "a' },
        { script: 'exec true' },
        { script: 'set -e; false; echo no' },
        { script: 'echo last' },
      );
      assert.notEqual(results[0]?.end?.[0], '0');
      assert.equal(results[1]?.end?.[0], '0');
      assert.deepEqual([results[2]?.out, results[2]?.end?.[0]], ['', '1']);
      assert.equal(results[3]?.out, 'last\n');
    });

    it('variables of one script are not in the next', () => {
      const [, two] = run({ script: 'secret=x; export secret' }, { script: 'printf "%s" "${secret-none}"' });
      assert.equal(two?.out, 'none');
    });

    it('standard input is its own: empty, or what was given, byte for byte', () => {
      const given = `it's "$x" \\n\n\n`;
      const [none, some, after] = run(
        { script: 'cat' },
        { script: 'cat', stdin: given },
        { script: 'printf "%s" "${i-gone}"' },
      );
      assert.deepEqual([none?.out, some?.out, after?.out], ['', given, 'gone']);
    });

    it('long scripts and many quotes', () => {
      const long = `# ${"it's ".repeat(2000)}\nprintf '%s' "$(printf "a'b")"`;
      const [result] = run({ script: long });
      assert.equal(result?.out, "a'b");
    });

    // Other shells have no group of processes for each script.
    if (name === 'bash') {
      it('says when a script left processes behind', () => {
        const [left, clean] = run({ script: 'sleep 1 >/dev/null 2>&1 &' }, { script: 'true' });
        assert.deepEqual([left?.end?.[1], clean?.end?.[1]], ['left', 'none']);
      });
    }
  });
}
