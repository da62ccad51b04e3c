import type { AskedHosts, InventoryDraft } from '../../../inventory/fromHosts/asked';
import { InventoryLines, scalar } from '../../../inventory/fromHosts/lines';
import { PATTERNS } from '../../../inventory/allow';
import { networkOf, networkText, smallestNetwork } from '../../../inventory/ipv4';
import type { SiteObservation } from '../../../observe/host';
import { SERVICES } from '../defaults';
import { controllerLines } from './controllers';
import { osOf, readHost } from './hosts';
import type { ReadHost } from './hosts';
import { keepalivedLines, profileOf, vipOf } from './keepalived';
import { mysqlLines } from './mysql';

/**
 * The inventory that two running hosts have already: only what differs from the defaults. What one host alone tells, or
 * nobody was asked, is a comment; what is unknown is a key without a value, an error until somebody writes it.
 * @param observation of `siteToRead`, by the names that were asked for
 */
export function inventoryFromHosts(asked: AskedHosts, observation: SiteObservation): InventoryDraft {
  const hosts = asked.controllers.map((host) => readHost(host, observation.hosts[host.name]));
  const lines = new InventoryLines();
  lines.note(0, 'Read from running hosts. What they did not tell is marked TODO.');
  lines.note(0, 'Read the rest before you use it.');
  lines.add(0, 'version: 1').add(0, 'sites:').add(1, 'dc1:').add(2, 'scheme: replication');

  const profile = profileOf(hosts);
  const named = profile.known ? profile.value : undefined;
  if (!profile.known) lines.todo(2, 'profile', `hardened or documented: ${profile.why}`);
  else {
    if (profile.only !== undefined) lines.note(2, `Assumed: ${profile.only}`);
    if (profile.value !== 'hardened' || profile.only !== undefined) lines.add(2, `profile: ${profile.value}`);
  }

  const os = osOf(hosts[0] ?? readHost(asked.controllers[0], undefined)).value ?? 'debian';
  if (os !== 'debian') lines.add(2, `os: ${os}`);

  const found = vipOf(hosts);
  const vip = found.known ? found.value : undefined;
  if (!found.known) lines.todo(2, 'vip', found.why);
  else {
    if (found.only !== undefined) lines.note(2, `Assumed: ${found.only}`);
    lines.add(2, `vip: ${found.value}`);
  }
  networkLine(lines, hosts);
  sshLine(lines, hosts);

  lines.add(2, 'controllers:');
  hosts.forEach((host, index) => lines.append(controllerLines(host, index, { profile: named, vip, os })));
  const { name, address } = asked.prometheus;
  const ready = observation.hosts[name]?.prometheusReady;
  if (ready?.known !== true) {
    lines.doubt(2, `Prometheus of ${name} could not be asked: ${ready?.reason ?? 'it was not asked'}`);
  } else if (!ready.value) {
    lines.doubt(2, `Prometheus of ${name} does not say that it is ready`);
  }
  lines.add(2, `prometheus: { name: ${scalar(name)}, address: ${address} }`);

  block(lines, 'mysql', mysqlLines(hosts, named));
  block(lines, 'keepalived', keepalivedLines(hosts, vip, named));
  servicesLine(lines, hosts);
  lines.note(2, 'Assumed: the defaults of sync, selfFence and ssh.');
  lines.note(2, 'Compare with Hosts shows what differs.');
  return { text: lines.toString(), open: lines.open };
}

/** Notes alone stand by themselves: a key without a value would be an error. */
function block(lines: InventoryLines, key: string, inner: InventoryLines): void {
  if (inner.empty) return;
  const notesOnly = !/^\s*[^#\s]/m.test(inner.toString());
  if (!notesOnly) lines.add(2, `${key}:`);
  else lines.note(2, `${key}:`);
  lines.append(inner);
}

/** Only where the hosts' own prefix is another than what would be derived from the addresses. */
function networkLine(lines: InventoryLines, hosts: readonly ReadHost[]): void {
  const own = hosts.map(({ asked, seen }) => {
    const entry = seen?.addresses.known
      ? seen.addresses.value.find(({ address }) => address === asked.address)
      : undefined;
    return entry && networkText(networkOf(entry.address, entry.prefixLength));
  });
  const derived = smallestNetwork(hosts.map(({ asked }) => asked.address));
  const [first, second] = own;
  if (first === undefined || first !== second || !PATTERNS.cidr.test(first)) {
    lines.note(2, 'Assumed: the network that follows from the addresses. The hosts tell no common one.');
  } else if (derived === undefined || first !== networkText(derived)) {
    lines.add(2, `network: ${first}`);
  }
}

/** Who file sync logs in as, by lsyncd's own configuration. That the operator does so too is an assumption. */
function sshLine(lines: InventoryLines, hosts: readonly ReadHost[]): void {
  const told = hosts.flatMap(({ seen }) =>
    seen?.lsyncd.known && seen.lsyncd.value.login !== undefined ? [seen.lsyncd.value.login] : [],
  );
  const [first, ...others] = told;
  if (first === undefined || first === 'root' || !PATTERNS.userName.test(first)) return;
  if (others.some((user) => user !== first)) {
    lines.doubt(2, `file sync logs in as ${told.join(' and ')}: which of them is ssh.user?`);
    return;
  }
  lines
    .note(2, `Assumed: you log in as ${first}, as file sync does.`)
    .add(2, `ssh: { user: ${scalar(first)} }`);
}

function servicesLine(lines: InventoryLines, hosts: readonly ReadHost[]): void {
  const units = hosts.flatMap(({ seen }) => (seen?.units.known ? [seen.units.value] : []));
  if (units.length < hosts.length) {
    lines.note(2, 'Assumed: the six units of ClusterControl. Not every host tells which it has.');
    return;
  }
  const loaded = SERVICES.filter((unit) => units.every((host) => host[unit]?.loaded === true));
  if (loaded.length === SERVICES.length) return;
  if (loaded.includes('cmon')) lines.add(2, `services: [${loaded.map(scalar).join(', ')}]`);
  else lines.todo(2, 'services', 'units that run on the primary only: not both hosts have cmon');
}
