import type { AskedHost } from '../../../inventory/fromHosts/asked';
import type { Told } from '../../../inventory/fromHosts/agreed';
import { PATTERNS } from '../../../inventory/allow';
import { vrrpInstances } from '../../../keepalived/config';
import type { VrrpInstance } from '../../../keepalived/config';
import type { HostObservation } from '../../../observe/host';
import type { OsFamily } from '../site';

/** One controller as it was asked for and found. */
export interface ReadHost {
  readonly asked: AskedHost;
  readonly seen: HostObservation | undefined;
  /** Without what can't be an address of the inventory. Empty where there is none or it could not be read. */
  readonly instances: readonly VrrpInstance[];
  /** Why there are no instances. */
  readonly noInstance: string;
}

export function readHost(asked: AskedHost, seen: HostObservation | undefined): ReadHost {
  const keepalived = seen?.keepalived;
  const config = keepalived?.known ? keepalived.value.config : undefined;
  const instances = vrrpInstances(config ?? '').map((one) => ({
    ...one,
    addresses: one.addresses.filter((address) => PATTERNS.ipv4.test(address)),
  }));
  const noInstance =
    keepalived === undefined
      ? 'it was not asked'
      : !keepalived.known
        ? keepalived.reason
        : config === undefined
          ? 'it has no keepalived.conf that can be read'
          : 'its keepalived.conf has no vrrp_instance with this';
  return { asked, seen, instances, noInstance };
}

/** One value of one host's instance. */
export function ofInstance<T>(
  host: ReadHost,
  vip: string | undefined,
  read: (instance: VrrpInstance) => T | undefined,
): Told<T> {
  const instance =
    host.instances.find(({ addresses }) => vip !== undefined && addresses.includes(vip)) ??
    (host.instances.length === 1 ? host.instances[0] : undefined);
  return {
    host: host.asked.name,
    value: instance === undefined ? undefined : read(instance),
    reason: host.noInstance,
  };
}

/** By the name of MySQL's unit: the distributions differ in it. */
export function osOf(host: ReadHost): Told<OsFamily> {
  const units = host.seen?.units;
  const loaded = (unit: string) => units?.known === true && units.value[unit]?.loaded === true;
  const value = loaded('mysql') ? 'debian' : loaded('mysqld') ? 'rhel' : undefined;
  const reason =
    units === undefined
      ? 'it was not asked'
      : units.known
        ? 'it has neither a unit mysql nor a unit mysqld'
        : units.reason;
  return { host: host.asked.name, value, reason };
}
