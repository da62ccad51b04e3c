import assert from 'node:assert/strict';
import type { ElectionEvent } from '../../../src/core/vrrp/event';
import { simulate } from '../../../src/core/vrrp/simulate';
import { pairWith } from './pairs';

const TAKEOVER: readonly ElectionEvent[] = [
  { kind: 'cmon-stops', host: 0 },
  { kind: 'cmon-starts', host: 1 },
];
const KEEPALIVED: readonly ElectionEvent[] = [
  { kind: 'keepalived-stops', host: 0 },
  { kind: 'keepalived-starts', host: 0 },
];
const HOST: readonly ElectionEvent[] = [
  { kind: 'host-dies', host: 0 },
  { kind: 'cmon-starts', host: 1 },
  { kind: 'host-returns', host: 0 },
];

/**
 * Measured with keepalived 2.3.4, cc1 105 and cc2 100, state BACKUP, before this simulation was written: cmon off cc1,
 * cmon on cc2 | keepalived off cc1 and on again, cmon on both | cc1 off, cmon on cc2, cc1 back without cmon.
 */
const MEASURED: readonly [weight: number | undefined, nopreempt: boolean, ...holders: string[]][] = [
  [2, true, 'cc1 cc1', 'cc2 cc2', 'cc2 cc2 cc2'],
  [2, false, 'cc1 cc1', 'cc2 cc1', 'cc2 cc2 cc1'],
  [10, true, 'cc1 cc1', 'cc2 cc2', 'cc2 cc2 cc2'],
  [10, false, 'cc1 cc2', 'cc2 cc1', 'cc2 cc2 cc2'],
  [-10, true, 'cc1 cc1', 'cc2 cc2', 'cc2 cc2 cc2'],
  [-10, false, 'cc1 cc2', 'cc2 cc1', 'cc2 cc2 cc2'],
  [undefined, true, 'none cc2', 'cc2 cc2', 'none cc2 cc2'],
  [undefined, false, 'none cc2', 'cc2 cc1', 'none cc2 cc2'],
];

describe('simulated election: the measured table', () => {
  for (const [weight, nopreempt, ...expected] of MEASURED) {
    const title = `weight ${weight ?? 'none'}, ${nopreempt ? 'nopreempt' : 'preempt'}`;
    it(title, () => {
      const pair = pairWith({ track: { kind: 'process', weight }, nopreempt });
      const names = (events: readonly ElectionEvent[], from = 0): string =>
        simulate(pair, events)
          .slice(from)
          .map(({ holders }) => holders.map((index) => pair.hosts[index].name).join('+') || 'none')
          .join(' ');
      const bothActive: ElectionEvent = { kind: 'cmon-starts', host: 1 };
      assert.deepEqual([names(TAKEOVER), names([bothActive, ...KEEPALIVED], 1), names(HOST)], expected);
    });
  }
});
