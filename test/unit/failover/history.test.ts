import assert from 'node:assert/strict';
import { historyQuestion, readHistory } from '../../../src/core/schemes/replication/checks/asked/history';
import { setting } from '../promote/setting';
import { ShellStage } from '../shellStage';

const OWN = '7c6d3b1e-0000-11f0-9e33-c80aa9429562';
const OTHER = '3e11fa47-71ca-11e1-9e33-c80aa9429562';

describe('what a standby has written itself, by its own binary logs', () => {
  let stage: ShellStage;
  beforeEach(() => {
    stage = new ShellStage({
      mysql: `read -r asked; case $asked in
  *server_uuid*) printf '%s\\t%s\\t%s\\n' ${OWN} "$STAGE/binlog" "$STAGE/relay" ;;
  *) echo "${OTHER}:1-9, ${OWN}:1-5:tag_a:1-3" ;;
esac`,
      mysqlbinlog: `[ "$1" = --no-defaults ] || { echo 'unknown variable' >&2; exit 1; }
cat "$STAGE/text"`,
    });
    stage.put('role', '4 standby cc1\n');
    stage.put('binlog.000001');
    stage.put('binlog.index', './binlog.000001\n');
    stage.run('touch -d "2 hours ago" "$STAGE/role"');
  });
  afterEach(() => stage.remove());

  function told(): ReturnType<typeof readHistory> {
    const { script } = historyQuestion('history', 'cc2', setting('hardened').site);
    return readHistory(
      stage.run(script.replaceAll('/var/lib/clustercontrol-ha/role', '"$STAGE/role"')).stdout,
    );
  }

  it('is asked by its tags, and told with them', () => {
    stage.put(
      'text',
      [`${OWN}:5`, `${OWN}:tag_a:3`, `${OTHER}:9`, 'AUTOMATIC']
        .map((gtid) => `SET @@SESSION.GTID_NEXT= '${gtid}'/*!*/;\n`)
        .join(''),
    );
    assert.equal(told().ownSince, `${OWN}:5,${OWN}:tag_a:3`);
    assert.match(stage.calls(), new RegExp(`--include-gtids=${OWN}:1-5:tag_a:1-3 `));
  });

  it('reads relay and binary logs without option files, which may name what mysqlbinlog does not know', () => {
    stage.put('relay.000001');
    stage.put('relay.index', './relay.000001\n');
    stage.put(
      'text',
      '#1 server id 2 end_log_pos 126 Start: binlog v 4, server v 9.7.0 created 1\n#1 server id 1 end_log_pos 126 Start: binlog v 4, server v 9.6.1 created 1\n',
    );
    assert.deepEqual([told().ownSince, told().sourceVersion], ['', '9.6.1']);
  });
});
