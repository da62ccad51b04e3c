import assert from 'node:assert/strict';
import { ShellStage } from '../shellStage';

const [WAS, WAS_NOT, UNKNOWN] = [0, 1, 2];

/** `answer` in the folder is what MySQL says; without it it does not answer. `mysqld`: one runs. */
const PROGRAMS = {
  pgrep: '[ -e "$STAGE/mysqld" ]',
  mysql: `[ -e "$STAGE/answer" ] || { echo 'ERROR 2002' >&2; exit 1; }
cat "$STAGE/answer"`,
};

describe('helper: whether a host was opened', () => {
  let stage: ShellStage;
  beforeEach(() => (stage = new ShellStage(PROGRAMS)));
  afterEach(() => stage.remove());

  const asked = (words: string) =>
    stage.helper(`mysql_opened ${words}`, ['head', 'records', 'mysql-ask', 'mysql', 'mysqld']);

  for (const before of ['', ' u:1-10']) {
    it(`is not known of a documented host whose MySQL does not answer, though none runs${before}`, () => {
      const { exitCode, stderr } = asked(`0${before}`);
      assert.equal(exitCode, UNKNOWN, stderr);
      assert.match(stderr, /can't be told whether it was opened/);
      stage.put('mysqld');
      assert.equal(asked(`0${before}`).exitCode, UNKNOWN, 'nor while it starts');
      stage.put('answer', '0\t1\n');
      assert.equal(asked(`0${before}`).exitCode, WAS, 'it comes back writable, and then it says so');
      stage.put('answer', '2\t1\n');
      assert.equal(asked(`0${before}`).exitCode, WAS_NOT);
    });
  }

  it('of a later epoch the mark tells, also where none runs', () => {
    assert.equal(asked('4').exitCode, WAS_NOT);
    stage.put('opened', '4\n');
    assert.equal(asked('4').exitCode, UNKNOWN);
    stage.put('opened', '3\n');
    assert.equal(asked('4').exitCode, WAS_NOT);
  });
});
