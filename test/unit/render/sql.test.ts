import assert from 'node:assert/strict';
import { secretNames } from '../../../src/core/plan/placeholders';
import { createCloneUser, createReplicationUser } from '../../../src/core/schemes/replication/sql/accounts';
import { cloneFrom } from '../../../src/core/schemes/replication/sql/clone';
import { sqlDocument } from '../../../src/core/schemes/replication/sql/document';
import {
  changeSource,
  resetBinaryLogs,
  showBinaryLogStatus,
} from '../../../src/core/schemes/replication/sql/replication';
import { seriesOf } from '../../../src/core/schemes/replication/sql/version';
import { SITES, siteOf } from '../../golden/sites';

const hardened = siteOf(SITES['hardened-debian']);
const documented = siteOf(SITES['documented-debian']);

describe('SQL of a site', () => {
  it('keeps the plugin of the documentation only where the server still has it', () => {
    assert.match(createReplicationUser(documented, '8.0').sent, /WITH mysql_native_password BY/);
    for (const series of ['8.4', '9'] as const)
      assert.match(createReplicationUser(documented, series).sent, /WITH caching_sha2_password BY/);
    assert.match(createReplicationUser(hardened, '8.0').sent, /WITH caching_sha2_password .* REQUIRE SSL/);
  });

  it('uses each series own words, and none that it refuses', () => {
    assert.equal(resetBinaryLogs('8.0').sent, 'RESET MASTER;');
    assert.equal(resetBinaryLogs('8.4').sent, 'RESET BINARY LOGS AND GTIDS;');
    assert.equal(showBinaryLogStatus('8.0').sent, 'SHOW MASTER STATUS;');
    assert.equal(showBinaryLogStatus('9').sent, 'SHOW BINARY LOG STATUS;');
  });

  it('knows the series of a server by its version', () => {
    assert.equal(seriesOf('8.0.42-0ubuntu0.24.04.1'), '8.0');
    assert.equal(seriesOf('8.4.5'), '8.4');
    assert.equal(seriesOf('9.7.4-1'), '9');
    for (const other of ['5.7.44', '8.1.0', '10.11.6-MariaDB', '']) assert.equal(seriesOf(other), undefined);
  });

  it('names secrets, and shows them under their names', () => {
    const change = changeSource(hardened, hardened.controllers[0]);
    assert.deepEqual(secretNames(change.sent), ['dc1-repl']);
    assert.match(change.shown, /SOURCE_PASSWORD=<secret dc1-repl>/);
    assert.deepEqual(secretNames(cloneFrom(hardened, hardened.controllers[0]).sent), ['dc1-clone']);
    assert.deepEqual(secretNames(sqlDocument(hardened)), ['dc1-repl', 'dc1-clone']);
  });

  it('quotes what the inventory would not even let in', () => {
    const user = `a'; DROP USER root; -- \\`;
    const site = {
      ...hardened,
      mysql: { ...hardened.mysql, cloneUser: { user, password: { secret: 'x' } } },
    };
    assert.match(createCloneUser(site).sent, /GRANT .* TO 'a''; DROP USER root; -- \\\\'@'%';$/);
    const host = { ...hardened.controllers[0], name: `cc1' OR '1` };
    assert.match(changeSource(hardened, host).sent, /SOURCE_HOST='cc1'' OR ''1',/);
  });

  it('ends with a standby that is closed and replicates with TLS', () => {
    const text = sqlDocument(hardened);
    const order = [
      'CLONE INSTANCE FROM',
      'super_read_only=ON',
      'CHANGE REPLICATION SOURCE TO',
      'START REPLICA',
    ];
    const places = order.map((word) => text.indexOf(word));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(places.every((place) => place >= 0));
    assert.match(text, /SOURCE_SSL=1, GET_SOURCE_PUBLIC_KEY=1/);
  });
});
