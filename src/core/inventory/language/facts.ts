import type { InventoryPath } from '../../findings/finding';
import type { ReplicationSite } from '../../schemes/replication/site';
import { valueAt } from '../issues';

const UNITS: Readonly<Record<string, string>> = {
  'keepalived.advertInterval': 'seconds',
  selfFence: 'seconds',
  'mysql.bufferPoolSize': 'bytes, or with K, M, G, T (powers of 1024)',
};

const SOURCES: Readonly<Record<string, string>> = {
  vip: 'ClusterControl documentation, keepalived.conf: virtual_ipaddress',
  profile:
    'ClusterControl documentation (documented); measured with keepalived 2.3.4 and MySQL 9.7 (hardened)',
  network: 'RFC 5798: VRRP works inside one layer 2 network',
  interface: 'keepalived.conf(5): interface; IFNAMSIZ: at most 15 characters',
  controllers: 'ClusterControl documentation: host names are resolved by /etc/hosts of both controllers',
  'controllers.*': 'RFC 1123, 2.1: host names',
  'controllers.*.priority':
    'keepalived.conf(5): priority; RFC 5798, 5.2.4: 0 and 255 have a meaning of their own',
  'controllers.*.serverId': 'MySQL Reference Manual: server_id',
  'mysql.port': 'MySQL Reference Manual: port',
  'mysql.socket': 'MySQL Reference Manual: socket',
  'mysql.bufferPoolSize': 'MySQL Reference Manual: innodb_buffer_pool_size',
  'mysql.replicationUser': 'MySQL Reference Manual: CHANGE REPLICATION SOURCE TO, SOURCE_USER',
  'mysql.cloneUser': 'MySQL Reference Manual: CLONE INSTANCE FROM',
  'mysql.admin': 'MySQL Reference Manual: socket peer-credential authentication',
  'mysql.tls': 'MySQL Reference Manual: caching_sha2_password; error 2061 without TLS was measured',
  'keepalived.virtualRouterId': 'RFC 5798, 5.2.3; keepalived.conf(5): virtual_router_id',
  'keepalived.vrrpVersion': 'keepalived.conf(5): version',
  'keepalived.advertInterval': 'keepalived.conf(5): advert_int; RFC 3768 counts whole seconds',
  'keepalived.authPassword': 'keepalived.conf(5): auth_pass, 8 characters; RFC 5798 removed it',
  'keepalived.unicast': 'keepalived.conf(5): unicast_peer',
  'sync.directories': 'ClusterControl documentation, lsyncd; rsync(1): the slash at the end',
  'sync.files': 'ClusterControl documentation, lsyncd; it says s9s.cnf, the file is s9s.conf',
  services: 'ClusterControl documentation, "Deployment steps"',
  'ssh.jump': 'ssh(1): -J',
  'ssh.identityFile': 'ssh(1): -i',
};

/** In what a value is counted. */
export function unitOf(below: InventoryPath): string | undefined {
  return UNITS[patternOf(below)];
}

/** Where a rule comes from, for a path below a site. */
export function sourceOf(below: InventoryPath): string | undefined {
  const pattern = patternOf(below);
  const ssh = pattern.replace(/^.*(?=\bssh\.)/, '');
  return (
    SOURCES[pattern] ?? SOURCES[ssh] ?? SOURCES[pattern.replace(/^controllers\.\*\.(os|interface)$/, '$1')]
  );
}

function patternOf(below: InventoryPath): string {
  return below
    .map((part, index) => (index === 1 && below[0] === 'controllers' ? '*' : part))
    .filter((part) => typeof part === 'string')
    .join('.');
}

/** What holds at a path below a site, defaults filled in; undefined where nothing is known. */
export function effectiveValue(site: ReplicationSite, below: InventoryPath): string | undefined {
  const [first, host, ...rest] = below;
  if (first === 'network')
    return `${site.network.cidr}${site.network.assumed ? ' (assumed from the addresses)' : ''}`;
  if (first === 'interface' || first === 'os') {
    return [...new Set(site.controllers.map((controller) => controller[first]))].join(', ');
  }
  if (first === 'selfFence') {
    return site.selfFenceSeconds === undefined ? 'off' : `${site.selfFenceSeconds} s`;
  }
  if (first === 'ssh') return undefined;
  if (first === 'controllers') {
    const found = site.controllers.find(({ name }) => name === host);
    return found === undefined || rest.length === 0 ? undefined : shown(valueAt(found, rest));
  }
  const own =
    first === 'keepalived' && host === 'advertInterval' ? ['keepalived', 'advertIntervalSeconds'] : below;
  return shown(valueAt(site, own));
}

function shown(value: unknown): string | undefined {
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string') ? value.join(', ') : undefined;
  if (typeof value === 'object' && value !== null && 'secret' in value)
    return `the secret ${String(value.secret)}`;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
