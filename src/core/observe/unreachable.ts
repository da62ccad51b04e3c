import type { OperatorErrorCode } from '../errors';
import { unknown } from './fact';
import type { HostObservation } from './host';

/** A host of which nothing is known, with the one reason. */
export function unreachableHost(
  host: string,
  reason: string,
  atMs: number,
  code?: OperatorErrorCode,
): HostObservation {
  const nothing = unknown(reason, atMs, 'ssh', code);
  return {
    host,
    atMs,
    reachable: nothing,
    bootId: nothing,
    uptimeSeconds: nothing,
    privileged: nothing,
    missingPrograms: nothing,
    addresses: nothing,
    snat: nothing,
    units: nothing,
    cmonProcesses: nothing,
    cmonCron: nothing,
    cmonPing: nothing,
    keepalived: nothing,
    lsyncd: nothing,
    files: nothing,
    role: nothing,
    resources: nothing,
    mysql: nothing,
    prometheusReady: nothing,
    configDigests: nothing,
  };
}
