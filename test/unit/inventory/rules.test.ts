import assert from 'node:assert/strict';
import { parseInventories, parseInventory } from '../../../src/core/inventory/parse';
import { MANIFEST_NAME } from '../../../src/core/deploy/manifest';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import { SET_RULES, SITE_RULES } from '../../../src/core/schemes/replication/rules/table';
import type { Finding } from '../../../src/core/findings/finding';
import { exampleSite } from '../observation';
import { inventory, secondSite, SITE_CASES as CASES } from './siteCases';

function covered(text: string, finding: Finding | undefined): string {
  assert.ok(finding?.where.kind === 'inventory' && finding.where.at !== undefined);
  return text.slice(finding.where.at.start, finding.where.at.end);
}

describe('rules of a replication site', () => {
  it('say nothing of the shortest inventory', () => {
    const { findings, sites } = parseInventory('a.yaml', inventory());
    assert.deepEqual(findings, []);
    assert.equal(sites.length, 1);
  });

  for (const { code, severity } of [...SITE_RULES, ...SET_RULES]) {
    it(`${code} fires at its place, with the company that belongs to it`, () => {
      const one = CASES[code];
      assert.ok(one !== undefined, `no case for ${code}`);
      const { findings, sites } = parseInventory('a.yaml', one.text);
      assert.deepEqual(
        new Set(findings.map((finding) => finding.code)),
        new Set([code, ...(one.also ?? [])]),
      );
      assert.equal(
        covered(
          one.text,
          findings.find((finding) => finding.code === code),
        ),
        one.at,
      );
      // An error keeps its site from being used; a warning does not.
      const errors = findings.some((finding) => finding.severity === 'error');
      assert.equal(sites.length > 0, !errors);
      if (severity === 'error') assert.ok(errors);
    });
  }

  const documents = (replicationScheme.documents?.(exampleSite()) ?? []).map(({ name }) => name);
  for (const name of ['ccvip', 'CCVIP.local', 'localhost', 'Replication.SQL', MANIFEST_NAME, ...documents]) {
    it(`take ${name} for no host: not as a controller, not as the witness`, () => {
      for (const text of [
        inventory({ prometheus: `{ name: ${name}, address: 192.168.73.209 }` }),
        inventory().replace('cc1:', `${name}:`),
      ]) {
        const { findings, sites } = parseInventory('a.yaml', text);
        assert.deepEqual(
          findings.map(({ code }) => code),
          ['host-name-reserved'],
        );
        assert.deepEqual(sites, []);
      }
    });
  }

  it('take one name in two spellings for one name', () => {
    const text = inventory().replace('cc2:', 'CC1:');
    const [finding, ...more] = parseInventory('a.yaml', text).findings;
    assert.deepEqual([finding?.code, more], ['host-name-duplicate', []]);
    assert.equal(covered(text, finding), 'CC1');
  });

  it('know the folders of backups by their names, and no others', () => {
    const directories = [
      '/backup/',
      '/root/backups/',
      '/srv/cmon-backups/x/',
      '/var/lib/cmon/',
      '/etc/backupper/',
    ];
    const text = inventory({}, [`sync: { directories: [${directories.join(', ')}] }`]);
    const { findings } = parseInventory('a.yaml', text);
    assert.deepEqual(
      findings.map((finding) => [finding.code, covered(text, finding)]),
      directories.slice(0, 3).map((path) => ['backups-on-controllers', path]),
    );
  });

  it('has no case for a code that is none', () => {
    const codes = [...SITE_RULES, ...SET_RULES].map(({ code }) => code);
    assert.deepEqual(
      Object.keys(CASES).filter((code) => !codes.includes(code)),
      [],
    );
  });

  it('know a witness that two sites have by its address, or by a name with a domain', () => {
    const [own, router] = ['192.168.73.109', ['keepalived: { virtualRouterId: 52 }']];
    const both = (one: string, two: string, more: readonly string[] = []): string[] => {
      const first = inventory({ prometheus: one }, more);
      const { findings } = parseInventory(
        'a.yaml',
        first + secondSite({ prometheus: two }, [...router, ...more]),
      );
      return findings.map(({ code }) => code).filter((code) => code === 'witness-shared');
    };
    const shared = ['witness-shared', 'witness-shared'];
    const address = 'address: 192.168.73.209';
    assert.deepEqual(both(`{ ${address} }`, `{ name: other, ${address} }`), shared);
    assert.deepEqual(both(`{ name: p.example, ${address} }`, `{ name: P.example, address: ${own} }`), shared);
    assert.deepEqual(both(`{ name: prom, ${address} }`, `{ name: prom, address: ${own} }`), []);
    const documented = both(`{ ${address} }`, `{ ${address} }`, ['profile: documented']);
    assert.deepEqual(documented, [], 'they have no witness');
  });

  it('compare sites across files', () => {
    const first = { file: 'a.yaml', text: inventory() };
    const prometheus = '{ name: prom, address: 192.168.73.109 }';
    const second = { file: 'b.yaml', text: inventory({ vip: '192.168.73.100', prometheus }) };
    const codes = parseInventories([first, second]).findings.map(({ code }) => code);
    assert.deepEqual(new Set(codes), new Set(['site-name-duplicate', 'virtual-router-id-duplicate']));
    const other = {
      file: 'b.yaml',
      text: inventory({ vip: '192.168.73.100', prometheus }, ['keepalived: { virtualRouterId: 52 }'], 'dc2'),
    };
    assert.equal(parseInventories([first, other]).sites.length, 2);
  });
});
