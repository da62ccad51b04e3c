import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseMysqlState } from '../../../src/core/observe/mysqlRows';
import { recording } from './recorded';

const [STATE = ''] = readdirSync(join(__dirname, '../../fixtures/hosts/hardened')).filter((name) =>
  /healthy/.test(name),
);
const HASH = "IDENTIFIED WITH 'mysql_native_password' AS '*040A'";
const REFUSED = "Error 'Operation CREATE USER failed for 'x'@'%'' on query.";
const MESSAGE = `${REFUSED} Default database: 'mysql'. Query: 'CREATE USER 'x'@'%' ${HASH}'`;

describe('errors of replication', () => {
  it('are told without the statement that failed: it may hold the hash of a password', () => {
    const { mysql } = recording('hardened', STATE, 'cc2');
    assert.ok('server' in mysql);
    const channels = mysql.channels.map((row) => ({ ...row, Last_SQL_Error: MESSAGE }));
    const server = { ...mysql.server, worker_errors: JSON.stringify([MESSAGE]) };
    const { replica } = parseMysqlState(server, channels);
    assert.deepEqual([replica?.sqlError, replica?.workerErrors], [REFUSED, [REFUSED]]);
  });
});
