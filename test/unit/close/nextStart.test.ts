import assert from 'node:assert/strict';
import { close } from '../../../src/core/schemes/replication/close/operation';
import { reopen } from '../../../src/core/schemes/replication/reopen/operation';
import type { Step } from '../../../src/core/plan/plan';
import { checkOf, edited } from '../promote/setting';
import { ShellStage } from '../shellStage';
import { closed, made } from './made';

/** `mysqld` in the folder: it runs. `mute`: it does not answer. `persisted`: what mysqld-auto.cnf counts. */
const PROGRAMS = {
  'clustercontrol-ha': '',
  ip: '',
  iptables: '',
  pgrep: `case $* in *mysqld*) [ -e "$STAGE/mysqld" ] ;; *) exit 1 ;; esac`,
  systemctl: `case $1 in
  is-enabled) [ -e "$STAGE/disabled" ] && echo disabled || echo enabled; [ ! -e "$STAGE/disabled" ] ;;
  disable) : >"$STAGE/disabled" ;;
  enable) rm -f "$STAGE/disabled" ;;
  is-active) exit 3 ;;
esac`,
  mysql: `[ -e "$STAGE/mysqld" ] && [ ! -e "$STAGE/mute" ] || { echo 'ERROR 2002' >&2; exit 1; }
read -r asked
case $asked in
  SET*) echo 1 >"$STAGE/persisted" ;;
  *persisted_variables*) cat "$STAGE/persisted" 2>/dev/null || echo 0 ;;
  *) echo 1 ;;
esac`,
};

describe('MySQL of a documented host at its next start', () => {
  let stage: ShellStage;
  beforeEach(() => (stage = new ShellStage(PROGRAMS)));
  afterEach(() => stage.remove());

  const closing = made(
    close,
    edited('documented', () => undefined),
  ).steps;
  const reopening = made(reopen, edited('documented', closed)).steps;
  function act(steps: readonly Step[], id: string) {
    const script = steps.find((step) => step.id === id)?.act.script ?? 'exit 99';
    return stage.run(
      script
        .replaceAll(/\S+\/clustercontrol-ha(?= )/g, 'clustercontrol-ha')
        .replaceAll('/var/lib/clustercontrol-ha', '"$STAGE"'),
    );
  }

  it('stays closed by what is persisted, and its unit is left alone', () => {
    stage.put('mysqld');
    assert.equal(act(closing, 'close').exitCode, 0);
    assert.equal(stage.has('disabled'), false);
    assert.deepEqual(act(closing, 'look-closed'), { exitCode: 0, stdout: '', stderr: '' });
  });

  it('that does not run is none: the unit is disabled, which the run says, until it is reopened', () => {
    assert.equal(act(closing, 'close').exitCode, 0);
    assert.equal(stage.has('disabled'), true);
    assert.match(stage.calls(), /^systemctl stop --no-block mysql$/m, 'systemd brings it back no more');
    const { exitCode, stdout } = act(closing, 'look-closed');
    assert.equal(exitCode, 0);
    assert.match(stdout, /next start is WRITABLE: systemctl start mysql && mysql -e 'SET PERSIST/);
    assert.equal(act(reopening, 'mysql-at-boot').exitCode, 0);
    assert.deepEqual([stage.has('disabled'), stage.has('mysql-disabled')], [false, false]);
  });

  it('whose unit was disabled by somebody else stays so when it is reopened', () => {
    stage.put('disabled');
    act(closing, 'close');
    assert.equal(act(reopening, 'mysql-at-boot').exitCode, 0);
    assert.equal(stage.has('disabled'), true);
  });

  it('is not said to be closed where nothing is persisted and the unit starts with a boot', () => {
    for (const state of [[], ['mysqld'], ['mysqld', 'mute']]) {
      for (const name of state) stage.put(name);
      const { exitCode, stderr } = act(closing, 'look-closed');
      assert.equal(exitCode, 1, state.join());
      assert.match(stderr, /MySQL's next start is WRITABLE.*systemctl disable mysql/);
    }
  });

  it('is no promise where the host is to be started for a reopening', () => {
    const down = (profile: 'documented' | 'hardened'): string => {
      const given = edited(profile, closed);
      given.unread.cc1 = { ...given.unread.cc1, mysql: 'connect ENOENT' };
      return checkOf(made(reopen, given), 'access').remedy;
    };
    assert.match(down('hardened'), /it comes up closed/);
    assert.match(down('documented'), /may come up WRITABLE.*systemctl start mysql && mysql -e 'SET PERSIST/);
  });
});
