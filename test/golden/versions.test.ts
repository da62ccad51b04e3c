import assert from 'node:assert/strict';
import { replicationScheme } from '../../src/core/schemes/replication/scheme';
import { goldenText } from './goldenText';
import { siteOf } from './sites';

// MySQL 8.0 and 8.4 are not run by any test: what is rendered for them is held here. What differs, and which page of the
// manual says so, is the table "Server versions" of docs/rendering.md.

const SERIES = ['8.0', '8.4', '9'] as const;
const PROFILES = ['documented', 'hardened'] as const;
const SYSTEMS = ['debian', 'rhel'] as const;

function siteFor(profile: string, os: string, version: string) {
  return siteOf(`    profile: ${profile}\n    os: ${os}\n    mysql: { version: '${version}' }\n`);
}

/** What a series decides: MySQL's options of the first controller, and the SQL. */
function ofSeries(profile: string, os: string, version: string): string {
  const site = siteFor(profile, os, version);
  const options = replicationScheme
    .files(site)
    .find(({ host, group }) => host === 'cc1' && group === 'mysql');
  const sql = replicationScheme.documents?.(site).find(({ group }) => group === 'sql');
  assert.ok(options && sql);
  return `===== ${options.path}\n${options.content}===== ${sql.name}\n${sql.content}`;
}

describe('rendered for each series of MySQL', () => {
  for (const profile of PROFILES) {
    for (const os of SYSTEMS) {
      for (const version of SERIES) {
        it(`${version}, ${profile}, ${os}: options and SQL are as kept`, () => {
          goldenText(`mysql/${version}-${profile}-${os}.txt`, ofSeries(profile, os, version));
        });
      }

      it(`${profile}, ${os}: every other file is the same for all of them`, () => {
        const others = SERIES.map((version) =>
          replicationScheme.files(siteFor(profile, os, version)).filter(({ group }) => group !== 'mysql'),
        );
        assert.ok((others[0]?.length ?? 0) > 10);
        assert.deepEqual(others[1], others[0]);
        assert.deepEqual(others[2], others[0]);
      });
    }
  }

  it('holds no word that its series refuses', () => {
    // Removed in 8.4 (manual, "What Is New in MySQL 8.4 since MySQL 8.0"); in 9.0 the plugin, too.
    const removed =
      /RESET MASTER|MASTER STATUS|SLAVE STATUS|CHANGE MASTER|START SLAVE|expire_logs_days|master_info/i;
    for (const profile of PROFILES) {
      for (const version of SERIES) {
        const text = ofSeries(profile, 'debian', version).replace(/^(#|--).*$/gm, '');
        assert.doesNotMatch(text, removed, `${profile} ${version}`);
        // Off by default in 8.4: CREATE USER fails there just as well (error 1524, measured on 9).
        assert.equal(
          text.includes('mysql_native_password'),
          profile === 'documented' && version === '8.0',
          `${profile} ${version}`,
        );
      }
    }
  });

  it('asks 8.0 for nothing that came after 8.0.26', () => {
    // Of 8.4 and later: manual 8.4, RESET BINARY LOGS AND GTIDS and SHOW BINARY LOG STATUS.
    for (const profile of PROFILES) {
      const text = ofSeries(profile, 'debian', '8.0');
      assert.doesNotMatch(text, /BINARY LOGS AND GTIDS|BINARY LOG STATUS/);
    }
  });
});
