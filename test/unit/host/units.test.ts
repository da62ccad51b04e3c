import assert from 'node:assert/strict';
import { ShellStage } from '../shellStage';

/** Files `UNIT.state` and `UNIT.load` say what systemd says. As the real one, is-active ends with 0 when any unit is active. */
const SYSTEMCTL = `
said() { cat "$STAGE/$1" 2>/dev/null || echo "$2"; }
case $1 in
  is-active) shift; code=3
    for unit; do state=$(said "$unit.state" active); echo "$state"; [ "$state" != active ] || code=0; done; exit $code ;;
  show) said "$4.load" loaded ;;
esac`;

describe('helper: units start', () => {
  let stage: ShellStage;
  beforeEach(() => (stage = new ShellStage({ systemctl: SYSTEMCTL })));
  afterEach(() => stage.remove());

  const start = () => stage.helper('units_start', ['head', 'units']);

  it('says nothing where all of them run', () => {
    assert.deepEqual(start(), { exitCode: 0, stdout: '', stderr: '' });
  });

  it('fails where cmon does not run, though others do, and says so last', () => {
    stage.put('cmon.state', 'failed\n');
    stage.put('cmon-ssh.state', 'inactive\n');
    const { exitCode, stderr } = start();
    assert.equal(exitCode, 1);
    assert.match(stderr, /cmon-ssh is inactive after its start[^]*: cmon is failed after its start\n$/);
  });

  it('names one beside it that does not run, and does not fail for it', () => {
    stage.put('cmon-events.state', 'failed\n');
    const { exitCode, stderr } = start();
    assert.equal(exitCode, 0);
    assert.match(stderr, /^clustercontrol-ha: WARNING: cmon-events is failed after its start[^\n]*\n$/);
  });

  it('leaves out what is not installed', () => {
    stage.put('kuber-proxy.state', 'inactive\n');
    stage.put('kuber-proxy.load', 'not-found\n');
    assert.deepEqual(start(), { exitCode: 0, stdout: '', stderr: '' });
  });

  it('fails where systemd says nothing', () => {
    stage.program('systemctl', 'exit 1');
    const { exitCode, stderr } = start();
    assert.equal(exitCode, 1);
    assert.match(stderr, /cmon is in an unknown state/);
  });
});
