import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replicationScheme } from '../../src/core/schemes/replication/scheme';
import { SITES, siteOf } from './sites';

// The documented profile says what the ClusterControl documentation says; its text is quoted in documentation/.

const FAMILIES = {
  debian: { site: siteOf(SITES['documented-debian']), lsyncd: '/etc/lsyncd/lsyncd.conf.lua' },
  rhel: { site: siteOf(SITES['documented-rhel']), lsyncd: '/etc/lsyncd.conf' },
} as const;
type Family = keyof typeof FAMILIES;

function quoted(family: Family, file: string): string {
  return readFileSync(join(__dirname, 'documentation', `${family}-${file}`), 'utf8');
}

function rendered(family: Family, host: string, ends: (path: string) => boolean): string {
  const file = replicationScheme
    .files(FAMILIES[family].site)
    .find((one) => one.host === host && ends(one.path));
  assert.ok(file !== undefined);
  return file.content;
}

/** keepalived.conf as nested words: blocks by name, lines as they are, in any order (keepalived.conf(5)). */
interface Words {
  [name: string]: string | Words;
}

function keepalivedWords(text: string): Words {
  const root: Words = {};
  const open = [root];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/(^|\s)[#!].*$/, '').trim();
    const top = open.at(-1) ?? root;
    if (line === '') continue;
    if (line === '}') open.pop();
    else if (line.endsWith('{')) {
      const block: Words = {};
      top[line.slice(0, -1).trim()] = block;
      open.push(block);
    } else top[line] = '';
  }
  assert.equal(open.length, 1, 'braces are balanced');
  return root;
}

/** Option names with hyphens and underscores alike (MySQL manual, "Using Options to Set Program Variables"). */
function options(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.replace(/#.*$/, '').trim());
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [name = '', value = ''] = line.split(/\s*=\s*/);
      return line === '' || line.startsWith('[') ? [] : [[name.trim().replaceAll('-', '_'), value.trim()]];
    }),
  );
}

/** Lua without comments and white space outside of strings; a comma before a closing brace means nothing. */
function lua(text: string): string {
  const words = text.match(/"[^"]*"|--[^\n]*|\S/g) ?? [];
  return words
    .filter((word) => !word.startsWith('--'))
    .join('')
    .replace(/,}/g, '}');
}

/** Shell without comments, empty lines and indentation. */
function shell(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^#(?!!)/.test(line));
}

describe('the documented profile', () => {
  for (const family of ['debian', 'rhel'] as const) {
    for (const host of ['cc1', 'cc2']) {
      it(`sets on ${host} (${family}) the MySQL options of the documentation`, () => {
        const ours = options(rendered(family, host, (path) => path.endsWith('zz-clustercontrol-ha.cnf')));
        assert.deepEqual(ours, options(quoted(family, `${host}-my.cnf`)));
        assert.ok(Object.keys(ours).length >= 11);
      });

      it(`gives lsyncd on ${host} (${family}) the program of the documentation`, () => {
        const ours = lua(rendered(family, host, (path) => path === FAMILIES[family].lsyncd));
        assert.equal(ours, lua(quoted(family, `${host}-lsyncd.lua`)));
      });
    }

    it(`has the notify script of the documentation on both (${family})`, () => {
      // The documentation's RHEL variant says eth0 here and ens18 in keepalived.conf, and "Change me" above it.
      const theirs = shell(quoted(family, 'manage_snat.sh')).map((line) =>
        family === 'rhel' ? line.replace("INTERFACE='eth0'", "INTERFACE='ens18'") : line,
      );
      for (const host of ['cc1', 'cc2'])
        assert.deepEqual(shell(rendered(family, host, (path) => path.endsWith('manage_snat.sh'))), theirs);
    });
  }

  for (const [family, host] of [
    ['debian', 'cc1'],
    ['debian', 'cc2'],
    ['rhel', 'cc1'],
    ['rhel', 'cc2'],
  ] as const) {
    it(`gives keepalived on ${host} (${family}) the blocks of the documentation`, () => {
      const ours = keepalivedWords(rendered(family, host, (path) => path.endsWith('keepalived.conf')));
      assert.deepEqual(ours, keepalivedWords(quoted(family, `${host}-keepalived.conf`)));
    });
  }

  it('is told from a configuration that differs in one word', () => {
    const ours = rendered('debian', 'cc1', (path) => path.endsWith('keepalived.conf'));
    const other = keepalivedWords(ours.replace('weight 2', 'weight 10'));
    assert.notDeepEqual(other, keepalivedWords(quoted('debian', 'cc1-keepalived.conf')));
  });
});
