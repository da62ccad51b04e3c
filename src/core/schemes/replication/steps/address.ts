import { shellQuote } from '../../../quote';
import type { ReplicationController } from '../site';
import type { StepKit } from './kit';

/**
 * Takes the virtual IP off a host whose keepalived must not have it any more. One that was killed has left it, the one that
 * starts after it removes only what it added itself, and one that hangs keeps it: the other host takes it after three silent
 * intervals, and both have it (decision 31). A sound keepalived does the same at the same time: who comes second finds
 * nothing, so it exits 0 in any case, and a step behind it sees that the address is gone.
 */
export function removeAddress({ context }: StepKit, host: ReplicationController): string {
  const address = shellQuote(`${context.site.vip}/32`);
  return `{ ip addr del ${address} dev ${shellQuote(host.interface)} 2>/dev/null; true; }`;
}

/** As the plan shows it. */
export function shownRemoval({ context }: StepKit, host: ReplicationController): string {
  return `ip addr del ${context.site.vip}/32 dev ${host.interface}   # where it is still there`;
}
