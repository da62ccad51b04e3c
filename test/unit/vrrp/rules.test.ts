import assert from 'node:assert/strict';
import type { ElectionEvent } from '../../../src/core/vrrp/event';
import type { VrrpPair } from '../../../src/core/vrrp/pair';
import { settlingSeconds } from '../../../src/core/vrrp/times';
import { holdersOf, normalOperation, simulate } from '../../../src/core/vrrp/simulate';
import { electionLine } from '../../../src/core/vrrp/table';
import { pairWith } from './pairs';

const CUT: readonly ElectionEvent[] = [{ kind: 'partition' }, { kind: 'partition-heals' }];

function last(pair: VrrpPair, events: readonly ElectionEvent[]): string {
  const rows = simulate(pair, events);
  const holders = rows[rows.length - 1]?.holders ?? [];
  return holders.map((index) => pair.hosts[index].name).join('+');
}

describe('simulated election: single rules', () => {
  it('after a cut the higher priority wins, among equals the higher address', () => {
    assert.equal(last(pairWith(), CUT), 'cc1');
    assert.equal(last(pairWith({ priorities: [100, 105] }), CUT), 'cc2');
    assert.equal(
      last(pairWith({ priorities: [100, 100], track: { kind: 'process', weight: -10 } }), CUT),
      'cc1',
    );
    const bothRun: ElectionEvent = { kind: 'cmon-starts', host: 1 };
    assert.equal(last(pairWith({ priorities: [100, 100] }), [bothRun, ...CUT]), 'cc2');
  });

  it('compares addresses as numbers, not as text', () => {
    const { hosts, ...rest } = pairWith({ priorities: [100, 100] });
    const pair: VrrpPair = {
      ...rest,
      hosts: [
        { ...hosts[0], address: '10.0.0.9' },
        { ...hosts[1], address: '10.0.0.10' },
      ],
    };
    assert.equal(last(pair, [{ kind: 'cmon-starts', host: 1 }, ...CUT]), 'cc2');
  });

  it('with the documented SNAT rule masters that met in a cut never hear each other again', () => {
    assert.equal(last(pairWith({ snat: 'documented' }), CUT), 'cc1+cc2');
    assert.equal(last(pairWith({ snat: 'hardened' }), CUT), 'cc1');
  });

  it('version 3 refuses rewritten adverts: two masters without a cut', () => {
    assert.deepEqual(holdersOf(normalOperation(pairWith({ snat: 'documented', version: 3 }))), [0, 1]);
    assert.deepEqual(holdersOf(normalOperation(pairWith({ snat: 'hardened', version: 3 }))), [0]);
  });

  it("a new master's first advert is its own: the lower one gives way to it", () => {
    const pair = pairWith({ snat: 'documented', nopreempt: false, track: { kind: 'process', weight: 10 } });
    assert.equal(
      last(pair, [
        { kind: 'cmon-stops', host: 0 },
        { kind: 'cmon-starts', host: 1 },
      ]),
      'cc2',
    );
  });

  it('state MASTER clears nopreempt', () => {
    const story: readonly ElectionEvent[] = [
      { kind: 'keepalived-stops', host: 0 },
      { kind: 'keepalived-starts', host: 0 },
    ];
    assert.equal(last(pairWith(), story), 'cc2');
    assert.equal(last(pairWith({ firstState: 'MASTER' }), story), 'cc1');
  });

  it('the role flag moves the VIP, whatever the priorities', () => {
    for (const priorities of [
      [254, 254],
      [105, 100],
    ] as const) {
      const pair = pairWith({ track: { kind: 'role' }, priorities, snat: 'hardened', version: 3 });
      const moved: readonly ElectionEvent[] = [
        { kind: 'role-given', host: 1 },
        { kind: 'role-taken', host: 0 },
      ];
      assert.equal(last(pair, moved), 'cc2');
      assert.equal(last(pair, [{ kind: 'cmon-stops', host: 0 }]), 'cc1');
    }
  });

  it('a host that is off starts nothing', () => {
    assert.equal(
      last(pairWith({ track: { kind: 'role' } }), [
        { kind: 'host-dies', host: 0 },
        { kind: 'role-given', host: 0 },
        { kind: 'keepalived-starts', host: 0 },
      ]),
      '',
    );
  });

  it('says the outcome of the documented pair in one line', () => {
    const line = electionLine(pairWith({ snat: 'documented' }));
    assert.match(line, /cmon moves from cc1 to cc2 → cc1 · cc1 dies → cc2 · network cut → cc1 and cc2 both/);
  });

  it('the stated settling time grows with the intervals; a file is seen at once', () => {
    assert.ok(settlingSeconds(pairWith({ track: { kind: 'role' } })) < settlingSeconds(pairWith()));
    assert.ok(settlingSeconds(pairWith({ advertIntervalSeconds: 2 })) > settlingSeconds(pairWith()));
  });
});
