import assert from 'node:assert/strict';
import { parseInventory } from '../../../src/core/inventory/parse';

const BLOCK = `# kept
version: 1
sites:
  dc1: # kept
    scheme: replication
    vip: 192.168.73.200 # kept
    controllers:
      cc1: { address: 192.168.73.201, priority: 105 } # kept
      cc2:
        address: 192.168.73.202 # kept
        priority: 100
    prometheus: { address: 192.168.73.209 }
`;
const FLOW = `version: 1
sites:
  dc1: { scheme: replication, vip: 192.168.73.200, prometheus: { address: 192.168.73.209 }, controllers: { cc1: { address: 192.168.73.201, priority: 105 }, cc2: { address: 192.168.73.202, priority: 100 } }, # kept
    # more
  }
`;

const DOCUMENTED = ['profile: documented'];

/** Lines that are added to the site, by the code of the finding that they give; `replace` changes what is there. */
const CASES: readonly { code: string; lines?: readonly string[]; replace?: readonly [string, string] }[] = [
  { code: 'unknown-key', lines: ['selffence: 15'] },
  { code: 'invalid-value', lines: ['profile: hardend'] },
  { code: 'missing-key', replace: ['scheme: replication', 'os: debian'] },
  { code: 'scheme-unknown', replace: ['scheme: replication', 'scheme: replicaton'] },
  { code: 'secret-in-clear', lines: ['mysql: { cloneUser: { password: hunter2 } }'] },
  {
    code: 'auth-password-unused',
    lines: ['keepalived: { virtualRouterId: 7, authPassword: { secret: x } }'],
  },
  { code: 'auth-password-unused', lines: ['keepalived: { authPassword: { secret: x } }'] },
  { code: 'advert-interval-fraction', lines: ['keepalived: { vrrpVersion: 2, advertInterval: 0.5 }'] },
  { code: 'self-fence-off', lines: ['selfFence: off'] },
  { code: 'replication-tls-off', lines: ['mysql: { tls: false }'] },
  { code: 'replication-tls-off', lines: ['mysql: { tls: false, port: 3307 }'] },
  { code: 'server-id-duplicate', replace: ['priority: 105', 'priority: 105, serverId: 2'] },
  { code: 'priorities-equal', lines: DOCUMENTED, replace: ['priority: 100', 'priority: 105'] },
  { code: 'priority-missing', lines: DOCUMENTED, replace: [', priority: 105', ''] },
  { code: 'services-without-cmon', lines: ['services: [cmon-ssh]'] },
  { code: 'sync-path-slash', lines: ['sync: { directories: [/var/lib/cmon] }'] },
  { code: 'sync-path-slash', lines: ['sync: { files: [/etc/s9s.conf, "/etc/cmon.cnf/"] }'] },
  { code: 'sync-path-nested', lines: ['sync: { directories: [/etc/cmon.d/x/, /etc/cmon.d/] }'] },
  { code: 'sync-path-nested', lines: ['sync: { directories: [/etc/cmon.d/, "/etc/cmon.d/x/"] }'] },
  { code: 'sync-path-nested', lines: ['sync: { directories: [/etc/cmon.d/, /etc/cmon.d/] }'] },
  { code: 'backups-on-controllers', lines: ['sync: { directories: [/root/backups/, /etc/cmon.d/] }'] },
  { code: 'auth-password-published', lines: DOCUMENTED },
  { code: 'auth-password-published', lines: [...DOCUMENTED, 'keepalived: { unicast: true }'] },
  { code: 's9s-conf-not-synced', lines: DOCUMENTED },
  { code: 's9s-conf-not-synced', lines: ['sync: { files: [/etc/cmon.cnf] }'] },
  { code: 's9s-conf-not-synced', lines: ['sync: { files: [/etc/s9s.cnf] }'] },
  { code: 's9s-conf-not-synced', lines: [...DOCUMENTED, 'sync: { directories: [/var/lib/cmon/] }'] },
  { code: 'weight-cannot-move-vip', lines: DOCUMENTED },
  { code: 'vip-stays-on-both', lines: DOCUMENTED },
  { code: 'documented-snat-left-behind', lines: DOCUMENTED },
  { code: 'documented-boots-writable', lines: DOCUMENTED },
  { code: 'documented-lsyncd-deletes', lines: DOCUMENTED },
];

const BLOCK_ONLY: typeof CASES = [
  {
    code: 'sync-path-nested',
    lines: [
      'sync:',
      '  directories:',
      '    - /etc/cmon.d/ # kept',
      '    - "/etc/cmon.d/x/" # gone',
      '    # kept',
      '    - /a/',
    ],
  },
  {
    code: 'sync-path-nested',
    lines: ['sync:', '  directories:', '  -   /etc/cmon.d/x/', '  - /etc/cmon.d/ # kept'],
  },
  {
    code: 'backups-on-controllers',
    lines: ['sync:', '  directories:', '    - /etc/cmon.d/', '    - /backup/'],
  },
  {
    code: 'auth-password-published',
    lines: [...DOCUMENTED, 'keepalived:', '  # kept', '  unicast: true # kept'],
  },
  { code: 's9s-conf-not-synced', lines: ['sync:', '  files:', '    - /etc/cmon.cnf # kept'] },
  { code: 'services-without-cmon', lines: ['services:', '  # kept', '  - cmon-ssh'] },
  { code: 'replication-tls-off', lines: ['mysql: # of both', '  tls: false # gone', '  port: 3307 # kept'] },
  { code: 'auth-password-unused', lines: ['keepalived:', '  authPassword: { secret: x }'] },
  { code: 'priority-missing', lines: DOCUMENTED, replace: ['        priority: 100\n', ''] },
];

function applied(text: string, code: string): string {
  const { findings } = parseInventory('a.yaml', text);
  const finding = findings.find((one) => one.code === code);
  assert.ok(finding, `${code} is not among ${findings.map((one) => one.code).join(', ')} of\n${text}`);
  assert.ok(finding.fix, `${code} has no fix`);
  return [...finding.fix.edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((rest, { range, newText }) => rest.slice(0, range.start) + newText + rest.slice(range.end), text);
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

/** The finding is gone, nothing worse has come, and comments stand as they stood. */
function heals(text: string, code: string): void {
  const fixed = applied(text, code);
  const before = parseInventory('a.yaml', text).findings;
  const after = parseInventory('a.yaml', fixed).findings;
  const of = (findings: typeof before): number => findings.filter((one) => one.code === code).length;
  assert.equal(of(after), of(before) - 1, fixed);
  const syntax = after.filter((one) => ['yaml-syntax', 'duplicate-key', 'wrong-type'].includes(one.code));
  assert.deepEqual(syntax, [], fixed);
  assert.equal(count(fixed, /# kept/g), count(text, /# kept/g), fixed);
}

describe('a fix', () => {
  for (const { code, lines = [], replace } of CASES) {
    const changed = (text: string): string => (replace ? text.replace(replace[0], replace[1]) : text);
    it(`of ${code} heals it (${lines.at(-1) ?? replace?.[1]})`, () => {
      heals(changed(BLOCK) + lines.map((line) => `    ${line}\n`).join(''), code);
      const inner = lines.map((line) => `${line}, `).join('');
      heals(changed(FLOW).replace('{ scheme', `{ ${inner}scheme`).replace('{ os', `{ ${inner}os`), code);
    });
  }

  for (const { code, lines = [], replace } of BLOCK_ONLY) {
    it(`of ${code} heals it in a block (${lines.at(-1) ?? ''})`, () => {
      const text = replace ? BLOCK.replace(replace[0], replace[1]) : BLOCK;
      heals(text + lines.map((line) => `    ${line}\n`).join(''), code);
    });
  }

  it('of virtual-router-id-duplicate heals both sites', () => {
    const second = BLOCK.slice(BLOCK.indexOf('  dc1')).replace('dc1', 'dc2').replaceAll('.20', '.10');
    for (const line of [
      '',
      '    keepalived: { unicast: true }\n',
      '    keepalived: { virtualRouterId: 51 }\n',
    ]) {
      const fixed = applied(BLOCK + line + second, 'virtual-router-id-duplicate');
      assert.deepEqual(parseInventory('a.yaml', fixed).findings, [], fixed);
    }
  });
});
