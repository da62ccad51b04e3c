import { OperatorError } from '../errors';
import type { Plan, SiteAddresses } from './plan';

/** Whether a plan was made for the site that now has its name. A plan that doesn't tell is taken at its site's name. */
export function isOfSite({ siteAddresses }: Plan, now: SiteAddresses): boolean {
  return siteAddresses === undefined || sameAddresses(siteAddresses, now);
}

export function sameAddresses(one: SiteAddresses, other: SiteAddresses): boolean {
  return text(one) === text(other);
}

/**
 * Two workspaces may have a site of one name, with hosts of the same names: a run is gone on with on its own hosts only.
 * @throws OperatorError `run-not-resumable` where the site of the plan's name has other hosts now.
 */
export function checkSite(plan: Plan, now: SiteAddresses): void {
  if (plan.siteAddresses === undefined || isOfSite(plan, now)) return;
  throw notHere(
    `${plan.id} belongs to a site ${plan.site} with other hosts: ${text(plan.siteAddresses)}. The inventory here says ${text(now)}.`,
    'Open the workspace with the inventory of that site and resume it there. Where this inventory was changed on purpose, take it from the hosts ("Resume or Undo Operation"; cli.js resume --from-hosts).',
  );
}

/**
 * Hosts may have got new addresses while an operation had no end. They must not have exchanged them: its steps name hosts.
 * @throws OperatorError `run-not-resumable` where an address of the plan's is another host's now.
 */
export function checkNotExchanged(plan: Plan, now: SiteAddresses): void {
  for (const [host, address] of Object.entries(plan.siteAddresses?.hosts ?? {})) {
    const other = Object.keys(now.hosts).find((name) => name !== host && now.hosts[name] === address);
    if (other === undefined) continue;
    throw notHere(
      `What ${plan.id} calls ${host} (${address}) is ${other} in the inventory now.`,
      `Give the hosts the names of the plan in the inventory (${text(plan.siteAddresses ?? now)}), and try again.`,
    );
  }
}

function text({ vip, hosts }: SiteAddresses): string {
  const named = Object.entries(hosts).map(([host, address]) => `${host} ${address}`);
  return [`virtual IP ${vip}`, ...named.sort()].join(', ');
}

function notHere(what: string, next: string): OperatorError {
  return new OperatorError({ code: 'run-not-resumable', what, state: 'Nothing was changed by this.', next });
}
