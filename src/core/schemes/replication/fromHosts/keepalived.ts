import { agreed } from '../../../inventory/fromHosts/agreed';
import type { Agreed } from '../../../inventory/fromHosts/agreed';
import { InventoryLines } from '../../../inventory/fromHosts/lines';
import type { VrrpInstance } from '../../../keepalived/config';
import type { Profile } from '../site';
import { ofInstance } from './hosts';
import type { ReadHost } from './hosts';

/** What moves the VIP tells the profile. */
export function profileOf(hosts: readonly ReadHost[]): Agreed<Profile> {
  const told = hosts.map((host) => {
    const keepalived = host.seen?.keepalived;
    const follows = keepalived?.known === true ? keepalived.value.follows : undefined;
    const value: Profile | undefined =
      follows === 'role-flag' ? 'hardened' : follows === 'process-check' ? 'documented' : undefined;
    const reason = follows === 'none' ? 'nothing in its keepalived.conf moves the VIP' : host.noInstance;
    return { host: host.asked.name, value, reason };
  });
  return agreed('the profile', told);
}

/** The one address that the instances of both have. */
export function vipOf(hosts: readonly ReadHost[]): Agreed<string> {
  const told = hosts.map((host) => {
    const others = hosts.filter((other) => other !== host && other.instances.length > 0);
    const all = [...new Set(host.instances.flatMap(({ addresses }) => addresses))];
    const common = all.filter((address) =>
      others.every((other) => other.instances.some(({ addresses }) => addresses.includes(address))),
    );
    const candidates = common.length > 0 ? common : all;
    return {
      host: host.asked.name,
      value: candidates.length === 1 ? candidates[0] : undefined,
      several: candidates.length > 1,
      reason: candidates.length > 1 ? `it has several: ${candidates.join(', ')}` : host.noInstance,
    };
  });
  const doubtful = told.find(({ several }) => several);
  if (doubtful) return { known: false, why: `the virtual IP: ${doubtful.host}: ${doubtful.reason}` };
  return agreed('the virtual IP', told);
}

/** The block `keepalived`, where something differs from its defaults. */
export function keepalivedLines(
  hosts: readonly ReadHost[],
  vip: string | undefined,
  profile: Profile | undefined,
): InventoryLines {
  const lines = new InventoryLines();
  const line = <T extends string | number | boolean>(
    key: string,
    what: string,
    read: (instance: VrrpInstance, host: ReadHost) => T | undefined,
    usual: T | undefined,
  ): T | undefined => {
    const told = hosts.map((host) => ofInstance(host, vip, (one) => read(one, host)));
    const found = agreed(what, told);
    if (!found.known) {
      lines.todo(3, key, found.why);
      return undefined;
    }
    if (found.only !== undefined) lines.note(3, `Assumed: ${found.only}`);
    if (found.value !== usual || found.only !== undefined) lines.add(3, `${key}: ${String(found.value)}`);
    return found.value;
  };
  const usualVersion = profile === undefined ? undefined : profile === 'hardened' ? 3 : 2;
  line('virtualRouterId', 'the virtual router id', (one) => one.virtualRouterId, 51);
  const version = line('vrrpVersion', 'the VRRP version', (one) => one.version, usualVersion);
  line('advertInterval', 'the advert interval', (one) => one.advertIntervalSeconds, version === 3 ? 0.2 : 1);
  line('unicast', 'unicast', (_one, host) => /^\s*unicast_peer\b/m.test(configOf(host)), false);
  if (hosts.some((host) => /^\s*auth_pass\b/m.test(configOf(host)))) {
    lines.note(3, 'The VRRP password is never read. Where it is your own: authPassword: { secret: NAME }');
  }
  return lines;
}

/** Without comments, which begin with `#` or `!`. */
function configOf(host: ReadHost): string {
  const keepalived = host.seen?.keepalived;
  const config = keepalived?.known === true ? keepalived.value.config : undefined;
  return (config ?? '').replace(/[#!].*$/gm, '');
}
