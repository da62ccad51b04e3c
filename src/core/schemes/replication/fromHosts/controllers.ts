import { PATTERNS } from '../../../inventory/allow';
import { InventoryLines, scalar } from '../../../inventory/fromHosts/lines';
import type { OsFamily, Profile } from '../site';
import { ofInstance, osOf } from './hosts';
import type { ReadHost } from './hosts';

/** keepalived.conf(5): the priority of an instance that names none. */
const KEEPALIVED_PRIORITY = 100;
const DEFAULT_INTERFACE = 'eth0';

interface Known {
  readonly profile: Profile | undefined;
  readonly vip: string | undefined;
  /** Of the site; a controller says its own where it has another. */
  readonly os: OsFamily;
}

/** One controller's block. `index` as in the file: server ids default to 1 and 2. */
export function controllerLines(host: ReadHost, index: number, { profile, vip, os }: Known): InventoryLines {
  const lines = new InventoryLines();
  const { name, address } = host.asked;
  lines.add(3, `${scalar(name)}:`);
  const addresses = host.seen?.addresses;
  if (addresses?.known === true && !addresses.value.some((one) => one.address === address)) {
    lines.doubt(4, `no interface of ${name} has this address`);
  }
  lines.add(4, `address: ${address}`);

  if (profile !== 'hardened') {
    const priority = ofInstance(host, vip, (one) => one.priority ?? KEEPALIVED_PRIORITY);
    if (priority.value === undefined) {
      if (profile === 'documented') lines.todo(4, 'priority', `VRRP priority: ${priority.reason}`);
    } else {
      const written = ofInstance(host, vip, (one) => one.priority).value;
      if (written === undefined) lines.note(4, 'keepalived.conf names no priority: this is its default.');
      lines.add(4, `priority: ${priority.value}`);
    }
  }

  const serverId = host.seen?.mysql;
  if (serverId?.known !== true) {
    lines.todo(4, 'serverId', `MySQL server_id: ${serverId?.reason ?? 'it was not asked'}`);
  } else if (serverId.value.serverId !== index + 1) {
    lines.add(4, `serverId: ${serverId.value.serverId}`);
  }

  const own = osOf(host).value;
  if (own === undefined) lines.todo(4, 'os', `debian or rhel: ${osOf(host).reason}`);
  else if (own !== os) lines.add(4, `os: ${own}`);

  interfaceLines(lines, host, vip);
  return lines;
}

function interfaceLines(lines: InventoryLines, host: ReadHost, vip: string | undefined): void {
  const configured = ofInstance(host, vip, (one) => one.interface);
  const addresses = host.seen?.addresses;
  const carrying =
    addresses?.known === true
      ? addresses.value.find((one) => one.address === host.asked.address)?.interface
      : undefined;
  const found = configured.value ?? carrying;
  if (found === undefined || !PATTERNS.interfaceName.test(found)) {
    lines.todo(4, 'interface', `network interface of address and VIP: ${configured.reason}`);
    return;
  }
  if (configured.value === undefined) {
    lines.note(4, `The interface is the one with the address: ${configured.reason}.`);
  }
  if (found !== DEFAULT_INTERFACE || configured.value === undefined)
    lines.add(4, `interface: ${scalar(found)}`);
}
