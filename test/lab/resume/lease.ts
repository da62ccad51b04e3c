import { helperStatus } from '../hardened/look';
import type { Lab } from '../lab';
import { CONTROLLERS, type ControllerName } from '../site';

export const HOSTS_OF_THE_LEASE: readonly ControllerName[] = CONTROLLERS;

/** Seconds of life that the lease of one host has left. */
export async function leaseLeft(lab: Lab, host: ControllerName): Promise<number> {
  return (await helperStatus(lab, host)).lease?.remainingSeconds ?? 0;
}
