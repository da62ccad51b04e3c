import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ShellStage } from '../shellStage';

const ROOT = join(import.meta.dirname, '../../..');
/** POSIX 2.8.1: a redirection that fails ends the shell where the command is a special builtin. `command` takes that from it. */
const ENDS_THE_SHELL = /(?<!command )(?<=^|[\s;&|({`])(?::|exec) *(?:[0-9]*<?>{1,2}(?!&)|[0-9]+<(?!&))/;
/** Subshells, and shells that have nothing else to do. */
const MEANT = /bash -c |exec sleep|harden\/steps\/state|rules\/notLocked|laneScript|snat\.lock|run\.sh/;

function lines(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .flatMap((name) =>
      readFileSync(join(ROOT, folder, name), 'utf8')
        .split('\n')
        .map((line) => `${folder}/${name}: ${line.trim()}`),
    );
}

describe('scripts on hosts: a file that can not be written', () => {
  let stage: ShellStage;
  beforeEach(() => (stage = new ShellStage()));
  afterEach(() => stage.remove());

  it('ends no shell: `: >file` and `exec 7>file` would, whatever stands behind them', () => {
    const all = [...lines('media/host', /\.sh$/), ...lines('src', /\.ts$/)];
    assert.ok(all.length > 10_000);
    assert.deepEqual(
      all.filter((line) => ENDS_THE_SHELL.test(line) && !MEANT.test(line) && !/: (\/\/|\*|#)/.test(line)),
      [],
    );
    for (const bad of ['x && : >f', '{ : >"$a"; }', 'exec 7<>"$f"', ': >>x'])
      assert.match(bad, ENDS_THE_SHELL);
  });

  for (const shell of [['/bin/sh'], ['bash', '--norc', '--posix']] as const) {
    it(`${shell.join(' ')}: mysqld is stopped also where its mark can't be written`, () => {
      const call = `RUN=/dev/null/full; mysqld_stop; echo "went on: $?"`;
      const { stdout, stderr } = stage.helper(call, ['head', 'mysqld'], shell);
      assert.equal(stdout, 'went on: 1\n', stderr);
    });
  }
});
