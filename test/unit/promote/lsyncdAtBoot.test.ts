import assert from 'node:assert/strict';
import { ShellStage } from '../shellStage';
import { planOf, setting } from './setting';

/** `enabled` in the folder: lsyncd's unit starts with a boot. */
const SYSTEMCTL = `case "$*" in
is-enabled*) if [ -e "$STAGE/enabled" ]; then echo enabled; else echo disabled; exit 1; fi ;;
enable*) : >"$STAGE/enabled" ;;
disable*) rm -f "$STAGE/enabled" ;;
esac`;

describe("lsyncd's unit, where it was enabled", () => {
  let stage: ShellStage;
  beforeEach(() => {
    stage = new ShellStage({ systemctl: SYSTEMCTL, sync: '', timeout: 'shift; "$@"' });
    lease('plan-a');
  });
  afterEach(() => stage.remove());

  const lease = (plan: string): string => stage.put('lease', `7 ${plan} ann@desk 60 b0075b8e 12.34 held\n`);

  function run(which: 'act' | 'undo'): void {
    const step = planOf(setting('documented')).steps.find(({ id }) => id === 'file-sync-stop');
    const script = which === 'act' ? step?.act : step?.undo?.script;
    const text = (script?.script ?? 'exit 9').replaceAll('/var/lib/clustercontrol-ha/', `${stage.folder}/`);
    const { exitCode, stderr } = stage.run(text);
    assert.equal(exitCode, 0, stderr);
  }

  it('is enabled again by the undo, also behind a second try, and by a run that was resumed elsewhere', () => {
    stage.put('enabled');
    run('act');
    run('act');
    assert.equal(stage.has('enabled'), false);
    run('undo');
    assert.equal(stage.has('enabled'), true);
    run('undo');
    assert.match(stage.calls(), /systemctl start lsyncd/);
  });

  it('is not where it was not', () => {
    run('act');
    run('undo');
    assert.equal(stage.has('enabled'), false);
  });

  it('is not by the undo of a later plan: the one that disabled it was not undone', () => {
    stage.put('enabled');
    run('act');
    lease('plan-b');
    run('act');
    run('undo');
    assert.equal(stage.has('enabled'), false);
  });

  it('is shown with the undo', () => {
    const step = planOf(setting('documented')).steps.find(({ id }) => id === 'file-sync-stop');
    assert.match(step?.undo?.shown.join('\n') ?? '', /systemctl enable lsyncd/);
  });
});
