import { onSite } from '../rule';
import type { StateRule } from '../rule';

export const dualVip: StateRule = {
  code: 'dual-vip',
  severity: 'error',
  part: 'vip',
  why: 'Connections end at one host or the other by chance, and with them writes.',
  remedy: 'Look for a cut between the two hosts. Then stop keepalived on the one that is not the primary.',
  check(view) {
    if (view.holders.length < 2) return [];
    return [onSite(view, `${view.holders.map(({ name }) => name).join(' and ')} both hold ${view.site.vip}`)];
  },
};
