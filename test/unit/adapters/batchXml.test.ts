import assert from 'node:assert/strict';
import { parseBatchXml } from '../../../src/adapters/mysql/batchXml';
import { sqlFailure } from '../../../src/adapters/mysql/sqlFailure';

describe('rows of `mysql --xml`', () => {
  // Captured: mysql --xml -e "SELECT '<a> & \"b\"' AS x, NULL AS y, '' AS z, 'two\nlines' AS `n<m`; SELECT 1 AS one FROM DUAL WHERE 0"
  const xml = `<?xml version="1.0"?>

<resultset statement="SELECT '&lt;a&gt; &amp; &quot;b&quot;' AS x, NULL AS y, '' AS z, 'two
lines' AS \`n&lt;m\`" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <row>
	<field name="x">&lt;a&gt; &amp; &quot;b&quot;</field>
	<field name="y" xsi:nil="true" />
	<field name="z"></field>
	<field name="n&lt;m">two
lines</field>
  </row>
</resultset>
`;

  it('NULL is not text, text is not cut', () => {
    assert.deepEqual(parseBatchXml(xml), [{ x: '<a> & "b"', y: null, z: '', 'n<m': 'two\nlines' }]);
  });

  it('no rows', () => {
    assert.deepEqual(parseBatchXml('<?xml version="1.0"?>\n<resultset statement="x">\n</resultset>'), []);
    assert.deepEqual(parseBatchXml(''), []);
  });
});

describe('what MySQL answers', () => {
  it('a refused account is told from a failure', () => {
    assert.equal(sqlFailure('cc1', { message: 'Access denied', errno: 1045 }).code, 'sql-access-denied');
    assert.equal(sqlFailure('cc1', { message: 'gone', errno: 2006 }).code, 'sql-failed');
  });

  it('no literal of a statement is repeated, neither by us nor by the server', () => {
    const sql = "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD='s''ecr\\'et', SOURCE_HOST='cc1'";
    const message = `You have an error in your SQL syntax; near 'SOURCE_PASSWORD='s''ecr\\'et'' at line 1`;
    const error = sqlFailure('cc1', { message, errno: 1064 }, sql);
    for (const text of [error.message, error.command, error.state, error.next])
      assert.doesNotMatch(text ?? '', /ecr/);
  });
});
