import assert from 'node:assert/strict';
import { completionsAt } from '../../../../src/core/inventory/language/completion';
import type { SeenSites } from '../../../../src/core/inventory/language/seen';
import { parseInventory } from '../../../../src/core/inventory/parse';
import { marked, pair } from './marked';

const SEEN: SeenSites = {
  dc1: [
    {
      host: 'cc1',
      addresses: [{ interface: 'ens18', address: '10.0.0.1', prefixLength: 24 }],
      mysqlVersion: '8.4.3',
    },
    {
      host: 'cc2',
      addresses: [{ interface: 'ens19', address: '10.0.0.2', prefixLength: 24 }],
      mysqlVersion: undefined,
    },
  ],
};

function labels({ text, offset }: { text: string; offset: number }, seen: SeenSites = {}): string[] {
  return completionsAt(text, offset, seen).map(({ label }) => label);
}

/** The text after the first suggestion of this label was taken, tab stops filled with their defaults. */
function taken(
  { text, offset }: { text: string; offset: number },
  label: string,
  seen: SeenSites = {},
): string {
  const found = completionsAt(text, offset, seen).find((one) => one.label === label);
  assert.ok(found, `${label} is not among ${labels({ text, offset }, seen).join(', ')}`);
  const lineStart = text.lastIndexOf('\n', found.replace.start - 1) + 1;
  const indent = /^ */.exec(text.slice(lineStart))?.[0] ?? '';
  const insert = found.insert
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/(?<!\\)\$\d/g, '')
    .replace(/\\([\\$}])/g, '$1')
    .replaceAll('\n', `\n${indent}`);
  return text.slice(0, found.replace.start) + insert + text.slice(found.replace.end);
}

describe('completion', () => {
  it('offers the keys of the file, of a site and of a controller', () => {
    assert.deepEqual(labels(marked('version: 1\n|')), ['sites']);
    assert.deepEqual(labels(marked('|')).slice(0, 2), ['version', 'sites']);
    const site = labels(pair('    |'));
    assert.ok(site.includes('keepalived') && site.includes('network'));
    assert.ok(
      !site.includes('vip') && !site.includes('controllers'),
      'what stands there is not offered again',
    );
    const controller = labels(marked(pair('    |').text.replace('priority: 105 }', 'priority: 105, | }')));
    assert.deepEqual(controller, ['serverId', 'os', 'interface', 'ssh']);
  });

  it('keeps what the nearest lines above say, also in half-typed text', () => {
    assert.deepEqual(labels(pair('    keepalived:\n      vrrpVersion: 3\n      un|')), [
      'virtualRouterId',
      'advertInterval',
      'authPassword',
      'unicast',
    ]);
    assert.deepEqual(labels(marked('sites:\n  dc1:\n    keepalived: { vrrpVersion: |')), ['2', '3']);
    assert.deepEqual(labels(marked('sites:\r\n  dc1:\r\n    os: |\r\n    vip: 1')), ['debian', 'rhel']);
    assert.deepEqual(labels(marked('\uFEFFversion: |')), ['1']);
  });

  it('replaces the whole word, and leaves the colon that follows', () => {
    assert.equal(taken(marked('ver|sn: 1\n'), 'version'), 'version: 1\n');
    assert.equal(
      taken(marked('sites:\n  dc1:\n    os: deb|xx # why\n'), 'rhel'),
      'sites:\n  dc1:\n    os: rhel # why\n',
    );
  });

  it('writes maps and lists as blocks, and in braces as braces', () => {
    assert.equal(taken(marked('sites:\n  a:\n    |'), 'mysql'), 'sites:\n  a:\n    mysql:\n      ');
    assert.equal(taken(marked('sites:\n  a: { | }'), 'mysql'), 'sites:\n  a: { mysql: {  } }');
    assert.equal(
      taken(marked('sites:\n  a:\n    sync:\n      |'), 'files'),
      'sites:\n  a:\n    sync:\n      files:\n        - ',
    );
  });

  it('offers what the hosts have: interfaces, addresses, networks, the series of MySQL', () => {
    const top = pair('    interface: |');
    assert.deepEqual(labels(top, SEEN).slice(0, 3), ['ens18', 'ens19', 'eth0']);
    const own = marked(pair('|').text.replace('priority: 105 }', 'interface: | }'));
    assert.deepEqual(labels(own, SEEN), ['ens18', 'eth0']);
    assert.equal(labels(pair('    network: |'), SEEN)[0], '10.0.0.0/24');
    assert.equal(labels(pair('    mysql: { version: |'), SEEN)[0], '"8.4"');
    assert.deepEqual(labels(pair('    mysql: { version: |')), ['"8.0"', '"8.4"', '"9"']);
  });

  it('writes a password as a reference to a secret', () => {
    assert.match(
      taken(pair('    mysql: { replicationUser: { password: |'), '{ secret: dc1-repl }'),
      /password: \{ secret: dc1-repl \}/,
    );
    assert.deepEqual(labels(pair('    mysql: { cloneUser: { password: { secret: |')), ['dc1-clone']);
  });

  it('offers values that the same key has elsewhere', () => {
    assert.ok(labels(pair('    ssh: { user: |')).includes('admin'));
    assert.deepEqual(labels(pair('    services:\n      - |')).slice(0, 2), ['cmon', 'cmon-cloud']);
  });

  it('says nothing in comments, behind brackets, and for keys it does not know', () => {
    assert.deepEqual(labels(pair('    # pro|')), []);
    assert.deepEqual(labels(pair('    mysql: {} |')), []);
    assert.deepEqual(labels(pair('    unheard:\n      |')), []);
  });

  for (const label of ['New site: replication', 'New site: replication, as documented']) {
    it(`"${label}" makes a site without an error`, () => {
      const text = taken(marked('version: 1\nsites:\n  |\n'), label);
      const { sites, findings } = parseInventory('a.yaml', text);
      assert.deepEqual(
        sites.map(({ name }) => name),
        ['dc1'],
        text,
      );
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'error'),
        [],
      );
    });
  }

  for (const label of ['New inventory: replication', 'New inventory: replication, as documented']) {
    it(`"${label}" makes a whole file without an error, where there is nothing yet`, () => {
      const { sites, findings } = parseInventory('a.yaml', taken(marked('|'), label));
      assert.equal(sites.length, 1);
      assert.ok(findings.every(({ severity }) => severity !== 'error'));
      assert.ok(!labels(marked('version: 1\n|')).includes(label));
    });
  }

  for (const label of ['New VRRP block: unicast', 'New VRRP block: version 2']) {
    it(`"${label}" fits into a site, once`, () => {
      const text = taken(pair('    |\n'), label);
      assert.deepEqual(parseInventory('a.yaml', text).findings, [], text);
      assert.ok(!labels(pair('    keepalived: { unicast: true }\n    |\n')).includes(label));
      assert.ok(!labels(marked('sites: { a: { | } }')).includes(label), 'not in braces');
    });
  }

  it('offers the hosts that a site lacks, as blocks', () => {
    const bare = 'version: 1\nsites:\n  dc1:\n    scheme: replication\n    vip: 10.0.0.9\n    |\n';
    const hosts = taken(marked(bare), 'New controllers').replaceAll('address: address', 'address: 10.0.0.1');
    const whole = taken(marked(`${hosts.trimEnd()}\n    |\n`), 'New Prometheus host');
    const text = whole
      .replace('address: address', 'address: 10.0.0.3')
      .replace('cc2: { address: 10.0.0.1', 'cc2: { address: 10.0.0.2');
    assert.deepEqual(parseInventory('a.yaml', text).findings, [], text);
  });

  it('offers the missing controller under a free name', () => {
    const one = marked('sites:\n  dc1:\n    controllers:\n      cc1: { address: 10.0.0.1 }\n      |');
    assert.deepEqual(labels(one), ['cc2']);
    assert.match(taken(one, 'cc2'), /cc2: \{ address: address, priority: 100 \}/);
    const full = marked(pair('|').text.replace('    prometheus', '      |\n    prometheus'));
    assert.deepEqual(labels(full), []);
  });
});
