import assert from 'node:assert/strict';

/** Nothing is to be said of it. */
export const VALID = `version: 1 # the format
sites:
  dc1: # the first
    scheme: replication
    vip: 192.168.73.200 # free since 2019
    controllers:
      cc1: { address: 192.168.73.201, priority: 105 }
      cc2:
        address: 192.168.73.202 # the new one
        priority: 100
    prometheus: { name: prom, address: 192.168.73.209 }
`;

/** That text with one part replaced. */
export function changed(from: string, to: string): string {
  assert.ok(VALID.includes(from), from);
  return VALID.replace(from, to);
}

export interface StructureCase {
  readonly text: string;
  readonly at: string;
  readonly message?: RegExp;
}

/** One text for each code of the structure, and the place it must name. */
export const STRUCTURE_CASES: Readonly<Record<string, StructureCase>> = {
  'yaml-syntax': { text: changed('{ address: 192.168.73.201', '{ address: "192.168.73.201'), at: '' },
  'duplicate-key': { text: changed('        priority: 100', '        address: 1.2.3.4'), at: 'address' },
  'yaml-aliases': { text: changed('192.168.73.202 #', '*there #'), at: '*there' },
  'inventory-too-large': { text: `${VALID}#${'x'.repeat(5_000_000)}`, at: 'v' },
  'inventory-version': { text: changed('version: 1', 'version: 2'), at: '2' },
  'unknown-key': { text: changed('vip:', 'vpi:'), at: 'vpi', message: /did you mean vip\?$/ },
  'missing-key': {
    text: changed('        address: 192.168.73.202 # the new one\n', ''),
    at: 'cc2',
    message: /address is missing/,
  },
  'wrong-type': {
    text: changed('192.168.73.200', '[a, list]'),
    at: '[a, list]',
    message: /expected a string/,
  },
  'invalid-value': {
    text: changed('scheme: replication', 'scheme: replication\n    os: solaris'),
    at: 'solaris',
    message: /debian or rhel/,
  },
  'scheme-unknown': {
    text: changed('replication', 'replicaton'),
    at: 'replicaton',
    message: /did you mean replication\?$/,
  },
  'scheme-not-supported': { text: changed('replication', 'cmon-ha'), at: 'cmon-ha' },
  'secret-in-clear': {
    text: changed(
      'scheme: replication',
      'scheme: replication\n    mysql: { admin: { user: root, password: hunter2 } }',
    ),
    at: 'hunter2',
  },
  'host-name-invalid': { text: changed('cc1:', '"cc1; reboot":'), at: '"cc1; reboot"' },
  'site-name-invalid': { text: changed('dc1:', '"../dc1":'), at: '"../dc1"' },
  'address-invalid': { text: changed('192.168.73.200', '192.168.73.300'), at: '192.168.73.300' },
  'network-invalid': {
    text: changed('scheme: replication', 'scheme: replication\n    network: 10.0.0.0/33'),
    at: '10.0.0.0/33',
  },
  'path-invalid': {
    text: changed('scheme: replication', 'scheme: replication\n    sync: { files: ["/etc/../x"] }'),
    at: '"/etc/../x"',
  },
  'name-invalid': {
    text: changed('scheme: replication', 'scheme: replication\n    interface: "eth0 up"'),
    at: '"eth0 up"',
  },
  'number-out-of-range': {
    text: changed('scheme: replication', 'scheme: replication\n    selfFence: 1'),
    at: '1',
    message: /from 5 to 600/,
  },
  'priority-out-of-range': { text: changed('priority: 100', 'priority: 255'), at: '255' },
  'virtual-router-id-out-of-range': {
    text: changed('scheme: replication', 'scheme: replication\n    keepalived: { virtualRouterId: 0 }'),
    at: '0',
  },
};
