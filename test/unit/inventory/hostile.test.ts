import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseInventory } from '../../../src/core/inventory/parse';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';

const TEXT = `version: 1
sites:
  dc1:
    scheme: replication
    profile: hardened
    ssh: { user: admin, port: 22, jump: gate.example }
    vip: 192.168.73.200
    controllers:
      cc1: { address: 192.168.73.201, priority: 105, os: debian }
      cc2: { address: 192.168.73.202, priority: 100, interface: ens18 }
    prometheus: { name: prom, address: 192.168.73.209 }
    mysql: { version: "8.4", admin: { user: root, password: { secret: admin } } }
    keepalived: { virtualRouterId: 61 }
    sync:
      directories:
        - /var/lib/cmon/ # comment
      files: ["/etc/cmon.cnf", /etc/s9s.conf]
    services: [cmon, cmon-ssh]
`;

/** Nothing may crash or hang, and every place must be inside of the text. */
function survives(text: string, limitMs = 8000): ReturnType<typeof parseInventory> {
  const start = performance.now();
  const parsed = parseInventory('a.yaml', text);
  for (const { where } of parsed.findings) {
    assert.ok(where.kind === 'inventory' && where.at !== undefined);
    assert.ok(where.at.start >= 0 && where.at.start <= where.at.end && where.at.end <= text.length + 1);
  }
  assert.ok(performance.now() - start < limitMs, `took ${performance.now() - start} ms`);
  return parsed;
}

const chain = 'abcdefghij';
const TEXTS: Record<string, string> = {
  'nested sequences': '['.repeat(100_000),
  'nested maps': '{a: '.repeat(20_000),
  'nested block sequences': '- '.repeat(20_000),
  'nested explicit keys': '? '.repeat(20_000),
  'ever deeper indentation': Array.from({ length: 2000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
  'a bomb of aliases': [...chain]
    .map(
      (name, n) =>
        `${name}: &${name} [${Array(9)
          .fill(n === 0 ? 'x' : `*${chain[n - 1]}`)
          .join(', ')}]`,
    )
    .join('\n'),
  'an alias to itself': 'sites: &a { dc1: *a }',
  'a line of a megabyte': `version: 1\nsites: { dc1: { scheme: replication, vip: ${'1'.repeat(1_000_000)} } }`,
  'an open string of a megabyte': `version: "${'x'.repeat(1_000_000)}`,
  '20,000 keys': `version: 1\nsites:\n${Array.from({ length: 20_000 }, (_, n) => `  s${n}: 1\n`).join('')}`,
  tabs: 'version: 1\n\tsites:\n\t\tdc1: {}',
  'keys that are no words': 'version: 1\n? {a: b}\n: c\n? [x]\n: d',
  'two documents': `${TEXT}---\n${TEXT}`,
  'names of object properties':
    'version: 1\nsites:\n  __proto__: { scheme: replication }\n  constructor: { toString: 1 }',
  'NUL and control characters': TEXT.replace('cc1', 'c\u0000c1').replace('prom,', '"pr\u0007om",'),
  nothing: '',
  'a number': '42',
  'a list': '- version: 1',
};

/** Characters that mean something to a shell, Lua, SQL, keepalived, an option file, or a terminal. */
const EVIL = [
  "'",
  '"',
  '`',
  '$(reboot)',
  ';',
  '\n',
  '\\',
  '{',
  '}',
  '!',
  '#',
  '../',
  '%',
  '|',
  '&',
  ']]',
  '\u0000',
  '\u202e',
  ' ',
];

describe('a hostile inventory', function () {
  this.timeout(60_000);

  for (const [name, text] of Object.entries(TEXTS)) {
    it(`of ${name} is refused without a crash or a hang`, () => {
      const { sites, findings } = survives(text);
      assert.deepEqual(sites, []);
      assert.ok(findings.length > 0);
    });
  }

  it('is read at every prefix of a text, as it is while someone types', () => {
    assert.deepEqual(survives(TEXT).findings, []);
    for (let length = 0; length < TEXT.length; length++) survives(TEXT.slice(0, length));
  });

  it('is read after any character was cut out or put in', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.nat(20), fc.string({ maxLength: 8 }), (at, cut, put) => {
        survives(TEXT.slice(0, at) + put + TEXT.slice(at + cut));
      }),
      { numRuns: 600 },
    );
  });

  it('is read as any value at any place', () => {
    const values = [
      '192.168.73.200',
      '105',
      'cc1',
      'ens18',
      'gate.example',
      '"8.4"',
      '61',
      '/var/lib/cmon/',
      '[cmon, cmon-ssh]',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.json({ maxDepth: 4 }), (from, to) => {
        survives(TEXT.replace(from, to));
      }),
      { numRuns: 500 },
    );
  });

  it('lets no character through that a target file would read as its own', () => {
    const places = [
      'cc1',
      'cc2',
      'prom',
      '192.168.73.200',
      '192.168.73.201',
      'ens18',
      'admin',
      '/var/lib/cmon/',
      '/etc/cmon.cnf',
      'cmon-ssh',
    ];
    for (const place of places) {
      for (const evil of EVIL) {
        const value = JSON.stringify(`${place.replace(/\/$/, '')}${evil}${place.endsWith('/') ? '/' : ''}`);
        const text = TEXT.replace(new RegExp(`"?${place.replaceAll('.', '\\.')}"?(?=[ ,:\\]}\n])`), value);
        assert.notEqual(text, TEXT, place);
        const { sites, findings } = survives(text);
        assert.deepEqual(sites, [], `${place} with ${JSON.stringify(evil)}`);
        assert.ok(findings.some(({ severity }) => severity === 'error'));
      }
    }
  });

  it('gives, for any names that are accepted, the same files with other names in them, and nothing else', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9_@+-]{0,6}$/),
      fc.stringMatching(/^[a-z0-9]{1,6}$/),
      fc.stringMatching(/^[A-Za-z0-9._/@+'"$`;\\ -]{0,6}$/),
    );
    const files = (names: readonly string[]) => {
      const [host = '', path = '', unit = ''] = names.map((name) => JSON.stringify(name));
      const text = TEXT.replace('cc1:', `${host}:`)
        .replace('/var/lib/cmon/ #', `${path} #`)
        .replace('cmon-ssh]', `${unit}]`);
      const [site] = survives(text).sites;
      return site === undefined ? undefined : replicationScheme.files(site).map(({ content }) => content);
    };
    const plain = ['qzhost', '/qzpath/', 'qzunit'];
    const expected = files(plain);
    assert.ok(expected !== undefined);
    let accepted = 0;
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        // A name with a domain has no `.local` in /etc/hosts: rightly another shape.
        fc.pre(!a.includes('.'));
        const names = [`qzhost${a}`, `/qzpath${b}/`, `qzunit${c}`];
        const found = files(names);
        if (found === undefined) return;
        accepted++;
        const back = (content: string) =>
          names.reduce((rest, name, n) => rest.replaceAll(name, plain[n] ?? ''), content);
        assert.deepEqual(found.map(back), expected);
      }),
      { numRuns: 1000 },
    );
    assert.ok(accepted > 20, `only ${accepted} were accepted`);
  });
});
