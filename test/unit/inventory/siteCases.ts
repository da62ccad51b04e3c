const SITE: Record<string, string> = {
  vip: '192.168.73.200',
  cc1: '{ address: 192.168.73.201, priority: 105 }',
  cc2: '{ address: 192.168.73.202, priority: 100 }',
  prometheus: '{ name: prom, address: 192.168.73.209 }',
};

/** A valid inventory with some values replaced and keys added. */
export function inventory(
  replaced: Partial<typeof SITE> = {},
  more: readonly string[] = [],
  name = 'dc1',
): string {
  const { vip, cc1, cc2, prometheus } = { ...SITE, ...replaced };
  return `version: 1
sites:
  ${name}:
    scheme: replication
    vip: ${vip}
    controllers:
      cc1: ${cc1}
      cc2: ${cc2}
    prometheus: ${prometheus}
${more.map((line) => `    ${line}\n`).join('')}`;
}

const DOCUMENTED = [
  'auth-password-published',
  's9s-conf-not-synced',
  'weight-cannot-move-vip',
  'vip-stays-on-both',
  'documented-snat-left-behind',
  'documented-boots-writable',
  'documented-lsyncd-deletes',
];

export interface SiteCase {
  readonly text: string;
  /** What the finding's range must cover in the text. */
  readonly at: string;
  readonly also?: readonly string[];
}

/** What makes each rule of a site fire, and what else is rightly said then. */
export const SITE_CASES: Readonly<Record<string, SiteCase>> = {
  'controller-count': {
    text: inventory({ cc2: '{ address: 192.168.73.202 }\n      cc3: { address: 192.168.73.203 }' }),
    at: 'controllers',
  },
  'host-name-duplicate': {
    text: inventory({ prometheus: '{ name: cc2, address: 192.168.73.209 }' }),
    at: 'cc2',
  },
  'host-name-reserved': {
    text: inventory({ prometheus: '{ name: ccvip, address: 192.168.73.209 }' }),
    at: 'ccvip',
  },
  'address-duplicate': { text: inventory({ cc2: '{ address: 192.168.73.201 }' }), at: '192.168.73.201' },
  'prometheus-colocated': {
    text: inventory({ prometheus: '{ address: 192.168.73.202 }' }),
    at: '192.168.73.202',
  },
  'vip-is-host-address': { text: inventory({ vip: '192.168.73.202' }), at: '192.168.73.202' },
  'vip-outside-network': { text: inventory({ vip: '192.168.73.255' }), at: '192.168.73.255' },
  'controller-outside-network': {
    text: inventory({}, ['network: 192.168.73.0/25']),
    at: '192.168.73.201',
    also: ['vip-outside-network'],
  },
  'priority-missing': {
    text: inventory({ cc2: '{ address: 192.168.73.202 }' }, ['profile: documented']),
    at: 'cc2',
    also: DOCUMENTED,
  },
  'priorities-equal': {
    text: inventory({ cc2: '{ address: 192.168.73.202, priority: 105 }' }, ['profile: documented']),
    at: '105',
    also: DOCUMENTED,
  },
  'server-id-duplicate': { text: inventory({ cc1: '{ address: 192.168.73.201, serverId: 2 }' }), at: '2' },
  'virtual-router-id-duplicate': {
    text: `${inventory()}${secondSite({ prometheus: '{ name: prom, address: 192.168.73.109 }' })}`,
    at: 'dc1',
  },
  'witness-shared': {
    text: `${inventory()}${secondSite({}, ['keepalived: { virtualRouterId: 52 }'])}`,
    at: '192.168.73.209',
  },
  'auth-password-too-long': {
    text: inventory({}, ['keepalived: { vrrpVersion: 2, authPassword: "123456789" }']),
    at: '"123456789"',
    also: ['secret-in-clear'],
  },
  'auth-password-unused': {
    text: inventory({}, ['keepalived: { authPassword: { secret: x } }']),
    at: 'authPassword',
  },
  'auth-password-published': {
    text: inventory({}, ['profile: documented']),
    at: 'documented',
    also: DOCUMENTED,
  },
  'advert-interval-fraction': {
    text: inventory({}, ['keepalived: { vrrpVersion: 2, advertInterval: 0.5 }']),
    at: '0.5',
  },
  'sync-path-slash': { text: inventory({}, ['sync: { directories: [/var/lib/cmon] }']), at: '/var/lib/cmon' },
  'sync-path-nested': {
    text: inventory({}, ['sync: { directories: [/etc/cmon.d/, /etc/cmon.d/x/] }']),
    at: '/etc/cmon.d/x/',
  },
  'sync-path-forbidden': { text: inventory({}, ['sync: { directories: [/var/lib/] }']), at: '/var/lib/' },
  'backups-on-controllers': {
    text: inventory({}, ['sync: { directories: [/var/lib/cmon/, /root/backups/] }']),
    at: '/root/backups/',
  },
  's9s-conf-not-synced': { text: inventory({}, ['sync: { files: [/etc/cmon.cnf] }']), at: '[/etc/cmon.cnf]' },
  'self-fence-off': { text: inventory({}, ['selfFence: off']), at: 'off' },
  'replication-tls-off': { text: inventory({}, ['mysql: { tls: false }']), at: 'false' },
  'weight-cannot-move-vip': {
    text: inventory({}, ['profile: documented']),
    at: 'documented',
    also: DOCUMENTED,
  },
  'vip-stays-on-both': {
    text: inventory({}, ['profile: documented']),
    at: 'documented',
    also: DOCUMENTED,
  },
  'documented-snat-left-behind': {
    text: inventory({}, ['profile: documented']),
    at: 'documented',
    also: DOCUMENTED,
  },
  'documented-boots-writable': {
    text: inventory({}, ['profile: documented']),
    at: 'documented',
    also: DOCUMENTED,
  },
  'documented-lsyncd-deletes': {
    text: inventory({}, ['profile: documented']),
    at: 'documented',
    also: DOCUMENTED,
  },
  'documented-sql-refused': {
    text: inventory({}, ['profile: documented', 'mysql: { version: 8.4 }']),
    at: '8.4',
    also: DOCUMENTED,
  },
  'services-without-cmon': { text: inventory({}, ['services: [cmon-ssh]']), at: '[cmon-ssh]' },
  'os-mixed': { text: inventory({ cc2: '{ address: 192.168.73.202, os: rhel }' }), at: 'controllers' },
};

/** `dc2`, to be put behind an inventory with `dc1`: other controllers, and the same Prometheus host. */
export function secondSite(replaced: Partial<typeof SITE> = {}, more: readonly string[] = []): string {
  const [cc1, cc2] = ['{ address: 192.168.73.101 }', '{ address: 192.168.73.102 }'];
  return inventory({ vip: '192.168.73.100', cc1, cc2, ...replaced }, more, 'dc2')
    .split('\n')
    .slice(2)
    .join('\n');
}
