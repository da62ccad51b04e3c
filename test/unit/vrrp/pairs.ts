import type { VrrpHost, VrrpPair } from '../../../src/core/vrrp/pair';

/** The documented pair: 105 and 100, state BACKUP, weight 2, nopreempt. */
export function pairWith(
  changes: Partial<Omit<VrrpPair, 'hosts'>> & {
    readonly nopreempt?: boolean;
    readonly priorities?: readonly [number, number];
    readonly firstState?: VrrpHost['state'];
  } = {},
): VrrpPair {
  const { nopreempt = true, priorities = [105, 100], firstState = 'BACKUP', ...rest } = changes;
  const [first, second] = priorities;
  return {
    hosts: [
      { name: 'cc1', address: '192.168.73.201', priority: first, state: firstState, nopreempt },
      { name: 'cc2', address: '192.168.73.202', priority: second, state: 'BACKUP', nopreempt },
    ],
    track: { kind: 'process', weight: 2 },
    snat: 'none',
    version: 2,
    advertIntervalSeconds: 1,
    checkIntervalSeconds: 2,
    ...rest,
  };
}
