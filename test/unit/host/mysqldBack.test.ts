import assert from 'node:assert/strict';
import { ShellStage } from '../shellStage';

/** `mysqld` in the folder: it runs. my.cnf of a documented host says nothing of super_read_only. */
const PROGRAMS = {
  pgrep: '[ -e "$STAGE/mysqld" ]',
  my_print_defaults: 'cat "$STAGE/defaults" 2>/dev/null',
  systemctl: 'case $1 in start) : >"$STAGE/mysqld" ;; esac',
  mysql: `[ -e "$STAGE/mysqld" ] || { echo 'ERROR 2002' >&2; exit 1; }
case $* in *writable*) printf 'writable\\t0\\n' ;; *) echo 1 ;; esac`,
  sync: '',
};

describe('helper: a mysqld that a close had to stop', () => {
  let stage: ShellStage;
  beforeEach(() => (stage = new ShellStage(PROGRAMS)));
  afterEach(() => stage.remove());

  const call = (text: string) => stage.helper(text, ['head', 'records', 'mysql-ask', 'mysql', 'mysqld']);
  const started = (): boolean => /^systemctl start/m.test(stage.calls());

  it('is started by an opening of epoch 0, also where it may come up writable; the mark goes', () => {
    stage.put('mysqld-stopped');
    const { exitCode, stderr } = call('mysql_open 0');
    assert.equal(exitCode, 0, stderr);
    assert.equal(started(), true);
    assert.equal(stage.has('mysqld-stopped'), false);
  });

  it('is not started for an opening that is refused', () => {
    stage.put('mysqld-stopped');
    stage.put('role', '4 standby cc1\n');
    assert.equal(call('mysql_open 0').exitCode, 64);
    assert.equal(started(), false);
  });

  it('is not started where nobody stopped it', () => {
    assert.equal(call('mysql_open 0').exitCode, 1);
    assert.equal(started(), false);
  });

  it('is started by a guard only where my.cnf closes it', () => {
    stage.put('mysqld-stopped');
    assert.equal(call('mysqld_return').exitCode, 1);
    assert.equal(started(), false);
    stage.put('defaults', '--super-read-only=ON\n');
    assert.equal(call('mysqld_return').exitCode, 0);
    assert.equal(started(), true);
  });

  it('is not started by an opening of a later epoch where it would come up writable', () => {
    stage.put('mysqld-stopped');
    stage.put('role', '4 primary cc1\n');
    assert.equal(call('SELF=cc1; mysql_open 4').exitCode, 1);
    assert.equal(started(), false);
  });
});
