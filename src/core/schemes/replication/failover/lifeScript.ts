import { shellQuote } from '../../../quote';
import { guardLine } from '../checks/asked/guardHeard';
import { type ReplicationController, type ReplicationSite, sshPort } from '../site';

/** Doors of a controller at which somebody may answer: ssh, MySQL, cmon's RPC. */
export function portsOf(site: ReplicationSite, source: ReplicationController): readonly number[] {
  return [sshPort(source), site.mysql.port, 9501];
}

export interface LifeSubject {
  readonly source: ReplicationController;
  readonly vip: string;
  readonly ports: readonly number[];
}

/**
 * Looks for the old primary from another host: echo, ARP, ports, who answers for the VIP, when its guard last asked here,
 * whether the gateway answers. All at once, three seconds at most; one line each. Entries of the neighbour table are
 * removed first, as an old one would outlive its host.
 */
export function lifeScript({ source, vip, ports }: LifeSubject): string {
  const address = shellQuote(source.address);
  const device = `$(ip -o route get ${address} 2>/dev/null | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p')`;
  const port = (one: number): string =>
    `( out=$(timeout 2 bash -c ${shellQuote(`exec 3<>/dev/tcp/${source.address}/${one}`)} 2>&1); code=$?; case "$code $out" in '0 '*) echo '${one} yes';; *[Rr]efused*) echo '${one} refused';; *) echo '${one} no';; esac ) &`;
  return [
    `dev=${device}`,
    `ip neigh del ${address} dev "$dev" 2>/dev/null`,
    `( ping -n -c 2 -i 0.3 -W 1 ${address} >/dev/null 2>&1 && echo 'icmp yes' || echo 'icmp no'; case "$(ip neigh show ${address} dev "$dev")" in *lladdr*FAILED*|*INCOMPLETE*) echo 'arp no';; *lladdr*) echo 'arp yes';; *) echo 'arp no';; esac ) &`,
    ...ports.map(port),
    vipLine(vip),
    gatewayLine(),
    guardLine(source.name),
    `wait`,
    `exit 0`,
  ].join('\n');
}

function vipLine(vip: string): string {
  const v = shellQuote(vip);
  return `( if [ -n "$(ip -4 -o addr show to ${shellQuote(`${vip}/32`)})" ]; then echo 'vip here'; else ip neigh del ${v} dev "$dev" 2>/dev/null; ping -n -c 2 -i 0.3 -W 1 ${v} >/dev/null 2>&1; at=$(ip neigh show ${v} dev "$dev" | sed -n 's/.*lladdr \\([0-9a-fA-F:]*\\).*/\\1/p'); echo "vip \${at:-none}"; fi ) &`;
}

function gatewayLine(): string {
  return `( gw=$(ip -4 route show default | sed -n 's/.* via \\([0-9.]*\\).*/\\1/p' | head -n 1); if [ -z "$gw" ]; then echo 'gateway none'; elif ping -n -c 2 -i 0.3 -W 1 "$gw" >/dev/null 2>&1; then echo 'gateway yes'; else echo 'gateway no'; fi ) &`;
}

/** Ends with 1 and names what it saw, where anything of the old primary answers. */
export function stillDeadScript(subject: LifeSubject, from: 'target' | 'witness'): string {
  // Seen from the witness the address may be the target's by now.
  const vip = from === 'target' ? '|^vip .*:' : '';
  return `signs=$(${lifeScript(subject).replace(/\nexit 0$/, '')}\n)\nsigns=$(echo "$signs" | grep -E '^(icmp|arp|[0-9]+) (yes|refused)$|^guard [0-6] ${vip}' | tr '\\n' ',')\n[ -z "$signs" ] || { echo "${subject.source.name} shows life again: $signs" >&2; exit 1; }`;
}
