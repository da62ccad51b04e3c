import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replicationScheme } from '../../src/core/schemes/replication/scheme';
import { SITES, siteOf } from './sites';

// What documented.test.ts doesn't hold: the files that both variants of the documentation have alike, and its SQL.

const FAMILIES = ['documented-debian', 'documented-rhel'] as const;

function quoted(name: string): string {
  return readFileSync(join(__dirname, 'documentation', name), 'utf8');
}

function rendered(family: (typeof FAMILIES)[number], host: string, path: string): string {
  const file = replicationScheme
    .files(siteOf(SITES[family]))
    .find((one) => one.host === host && one.path === path);
  assert.ok(file, `${host}:${path}`);
  return file.content;
}

/** Lines as words: comments, blank lines and the width of blanks mean nothing to hosts(5), sysctl.d(5) and shell variables. */
function words(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').trim().split(/\s+/).join(' '))
    .filter((line) => line !== '');
}

describe('the rest of the documented profile', () => {
  for (const family of FAMILIES) {
    const site = siteOf(SITES[family]);

    it(`names the hosts of the documentation on all three (${family})`, () => {
      for (const host of ['cc1', 'cc2', 'prom'])
        assert.deepEqual(words(rendered(family, host, '/etc/hosts')), words(quoted('hosts.txt')));
    });

    it(`has its kernel setting and cmon's lines on both controllers (${family})`, () => {
      for (const host of ['cc1', 'cc2']) {
        const of = (path: string) => words(rendered(family, host, path));
        assert.deepEqual(of('/etc/sysctl.d/90-clustercontrol-ha.conf'), words(quoted('sysctl.conf')));
        assert.deepEqual(of('/etc/cmon.cnf'), words(quoted('cmon.cnf')));
        assert.deepEqual(of('/etc/default/cmon'), words(quoted('default-cmon.txt')));
      }
    });

    it(`starts and stops its six units (${family})`, () => {
      assert.deepEqual(site.services, [
        'cmon',
        'cmon-cloud',
        'cmon-ssh',
        'cmon-events',
        'cmon-proxy',
        'kuber-proxy',
      ]);
    });

    it(`renders nothing that the documentation has not (${family})`, () => {
      const paths = replicationScheme.files(site).map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
      const lsyncd = family === 'documented-rhel' ? 'lsyncd.conf' : 'lsyncd.conf.lua';
      assert.deepEqual([...new Set(paths)].toSorted(), [
        '90-clustercontrol-ha.conf',
        'cmon',
        'cmon.cnf',
        'hosts',
        'keepalived.conf',
        lsyncd,
        'manage_snat.sh',
        'zz-clustercontrol-ha.cnf',
      ]);
    });
  }
});

/** Statements without comments; passwords and optional quotes of a plugin's name taken out (manual, CREATE USER). */
function statements(sql: string): string[] {
  return sql
    .replace(/^--.*$/gm, '')
    .split(';')
    .map((one) =>
      one
        .replace(/'Secur3_p4ssword'|\{\{secret:[\w.-]+\}\}/g, 'PASSWORD')
        .replace(/WITH '(\w+)'/, 'WITH $1')
        .replace(/\s*=\s*/g, '=')
        .trim()
        .replace(/\s+/g, ' '),
    )
    .filter((one) => one !== '');
}

/** `CHANGE REPLICATION SOURCE TO` as its options. */
function sourceOptions(all: readonly string[]): string[] {
  const found = all.find((one) => one.startsWith('CHANGE REPLICATION SOURCE TO '));
  assert.ok(found);
  return found
    .slice('CHANGE REPLICATION SOURCE TO '.length)
    .split(', ')
    .flatMap((one) => one.split(',SOURCE').map((part, index) => (index === 0 ? part : `SOURCE${part}`)));
}

describe('SQL of the documented profile', () => {
  const theirs = statements(quoted('replication.sql'));

  function ours(version: '8.0' | '8.4' | '9'): string[] {
    const site = siteOf(`    profile: documented\n    mysql: { version: '${version}' }\n`);
    const [sql] = replicationScheme.documents?.(site) ?? [];
    return statements(sql?.content ?? '');
  }

  it('says all that the documentation says, on a server that takes it: 8.0', () => {
    const all = ours('8.0');
    const users = (list: readonly string[]) =>
      list
        .filter((one) => one.startsWith('CREATE USER'))
        .map((one) => one.replace('IF NOT EXISTS ', '').replace('WITH caching_sha2_password ', ''))
        .toSorted();
    // caching_sha2_password is what 8.0 takes where nothing is said (manual, default_authentication_plugin).
    assert.deepEqual(users(all), users(theirs));
    const grants = (list: readonly string[]) => list.filter((one) => one.startsWith('GRANT')).toSorted();
    assert.deepEqual(grants(all), grants(theirs));
    const alike = (list: readonly string[]) =>
      list.filter((one) => one.startsWith('CLONE INSTANCE') || one === 'START REPLICA');
    assert.deepEqual(alike(all), alike(theirs));
    // super_read_only switches read_only on, too (manual, super_read_only).
    assert.ok(all.includes('SET GLOBAL super_read_only=ON'));
  });

  it('adds to the source exactly what docs/rendering.md lists', () => {
    const all = sourceOptions(ours('8.0'));
    const documentedOnes = sourceOptions(theirs);
    for (const one of documentedOnes) assert.ok(all.includes(one), one);
    assert.deepEqual(
      all.filter((one) => !documentedOnes.includes(one)),
      [
        'SOURCE_PORT=3306',
        'SOURCE_SSL=0',
        'GET_SOURCE_PUBLIC_KEY=1',
        'SOURCE_HEARTBEAT_PERIOD=2',
        'SOURCE_RETRY_COUNT=0',
        'SOURCE_CONNECT_RETRY=1',
      ],
    );
  });

  it('differs on 8.4 and 9 in the plugin of the replication account alone', () => {
    for (const version of ['8.4', '9'] as const) {
      assert.deepEqual(
        ours(version),
        ours('8.0').map((one) => one.replace('mysql_native_password', 'caching_sha2_password')),
      );
    }
  });
});
