import assert from 'node:assert/strict';
import { ShellStage } from '../shellStage';
import { planOf, SETTINGS } from './setting';

/** Each pass ends as the next line of `ends` says: its exit code, and what it printed. The last one counts on. */
const RSYNC = `read -r code words <"$STAGE/ends"
[ "$(wc -l <"$STAGE/ends")" -le 1 ] || { sed 1d "$STAGE/ends" >"$STAGE/ends.new"; mv "$STAGE/ends.new" "$STAGE/ends"; }
[ -z "$words" ] || echo "$words"
exit "$code"`;

describe('files that vanish while they are read (rsync exit 24)', () => {
  let stage: ShellStage;
  beforeEach(() => (stage = new ShellStage({ rsync: RSYNC })));
  afterEach(() => stage.remove());

  function pass(id: string, ends: readonly string[]) {
    stage.put('ends', `${ends.join('\n')}\n`);
    const setting = Object.values(SETTINGS)[0]?.();
    assert.ok(setting);
    setting.site = {
      ...setting.site,
      sync: { ...setting.site.sync, directories: [stage.folder], files: [] },
    };
    const step = planOf(setting).steps.find((one) => one.id === id);
    const { exitCode, stderr } = stage.run(step?.act.script ?? '');
    return { exitCode, stderr, passes: stage.calls().match(/^rsync/gm)?.length };
  }

  it('do not fail the first pass; anything else does', () => {
    assert.equal(pass('files-first-pass', ['24 x']).exitCode, 0);
    assert.equal(pass('files-first-pass', ['23 x']).exitCode, 23);
    assert.equal(pass('files-first-pass', ['0']).exitCode, 0);
  });

  it('have the last pass go round again, also where nothing else differed', () => {
    assert.deepEqual(pass('files-last-pass', ['24', '0 file', '0']), { exitCode: 0, stderr: '', passes: 3 });
  });

  it('end the last pass after five rounds, and say why', () => {
    const { exitCode, stderr, passes } = pass('files-last-pass', ['24 cmon.log']);
    assert.deepEqual([exitCode, passes], [1, 5]);
    assert.match(stderr, /still different: files vanish while they are read\. cmon\.log/);
  });

  it('are not what ends the last pass with another code', () => {
    assert.equal(pass('files-last-pass', ['12']).exitCode, 12);
  });
});
