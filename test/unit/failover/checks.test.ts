import assert from 'node:assert/strict';
import type { CheckLevel } from '../../../src/core/plan/plan';
import { answered, checkOf } from '../promote/setting';
import { CUT_OFF, type Emergency, emergency, halfWay, planOf, sample, silence } from './setting';

/** Replication began anew since: MySQL has forgotten when it heard the primary. */
const HEARD_NOTHING = answered(
  [1037, 1040].map((now) => sample({ heartbeat: 0, queued: 0, now })).join('\n'),
);

const catchingUp = (at: { heartbeat: number; queued: number; committed: number }) =>
  answered([8_197, 8_200].map((now) => sample({ ...at, now })).join('\n'));

describe('checks of a failover', () => {
  const cases: readonly [string, CheckLevel, (given: Emergency) => void, RegExp][] = [
    [
      'alive',
      'block',
      ({ answers }) => (answers['life-witness'] = silence(['icmp yes'])),
      /seen from prom: icmp/,
    ],
    [
      'alive',
      'block',
      ({ answers }) => (answers['life-target'] = silence(['3306 refused'])),
      /cc2: MySQL port 3306 \(refused/,
    ],
    ['alive', 'block', ({ answers }) => (answers['life-target'] = silence(['guard 2'])), /cc2: guard/],
    [
      'alive',
      'block',
      ({ answers }) => (answers['life-operator'] = answered('icmp no\n22 yes')),
      /this machine: ssh port/,
    ],
    [
      'alive',
      'block',
      ({ answers }) => (answers['life-target'] = silence(['vip 02:00:00:00:00:01'])),
      /virtual IP answers/,
    ],
    [
      'still-receiving',
      'block',
      ({ answers }) =>
        (answers['received-twice'] = answered(
          [sample({ heartbeat: 1, queued: 1, now: 5 }), sample({ heartbeat: 7, queued: 1, now: 8 })].join(
            '\n',
          ),
        )),
      /heartbeats arrive/,
    ],
    [
      'self-cut',
      'acknowledge',
      ({ answers }) => (answers['life-target'] = silence(['gateway no'])),
      /cc2 does not reach its gateway/,
    ],
    ['fence', 'block', (given) => (given.attested = {}), /nothing proves that cc1/],
    ['fence', 'block', (given) => (given.attested = { 'powered-off': 'cc2 is off' }), /does not name cc1/],
    ['fence', 'block', (given) => (given.attested = { 'powered-off': 'cc10 is off' }), /does not name cc1/],
    [
      'fence',
      'block',
      (given) => {
        given.attested = CUT_OFF;
        given.answers['life-target'] = silence();
        given.answers['life-witness'] = silence();
      },
      /nobody remembers that the guard of cc1/,
    ],
    [
      'fence',
      'block',
      (given) => {
        given.attested = CUT_OFF;
        given.site = { ...given.site, selfFenceSeconds: undefined };
      },
      /self-fencing is switched off/,
    ],
    [
      'fence',
      'block',
      (given) => {
        given.attested = CUT_OFF;
        given.answers['life-target'] = silence(['guard 41 0', 'clock 1040 0']);
      },
      /the guard of cc1 has said that self-fencing is off there/,
    ],
    [
      'witness',
      'block',
      (given) => {
        given.attested = CUT_OFF;
        given.unread.prom = { role: 'prom can not be reached' };
      },
      /witness record is unknown/,
    ],
    [
      'witness',
      'block',
      (given) => {
        given.attested = CUT_OFF;
        given.prom.role.record = { epoch: 6, role: 'witness', primary: 'b-cc1' };
      },
      /prom is the witness of another site: its record names b-cc1/,
    ],
    [
      'loss-bound',
      'acknowledge',
      () => undefined,
      /at most 40 s: what cc1 acknowledged after 1970-01-01T00:16:40/,
    ],
    [
      'loss-bound',
      'acknowledge',
      ({ answers }) => {
        answers['received-twice'] = HEARD_NOTHING;
        answers['last-transaction'] = answered('committed 1002500000');
      },
      /at most 38 s: what cc1 acknowledged after 1970-01-01T00:16:42.500Z, when the last transaction that cc2 holds/,
    ],
    [
      'loss-bound',
      'acknowledge',
      ({ answers }) => {
        answers['received-twice'] = HEARD_NOTHING;
        answers['last-transaction'] = answered('committed 0');
      },
      /the loss has no bound/,
    ],
    [
      'loss-bound',
      'acknowledge',
      ({ answers }) =>
        (answers['received-twice'] = catchingUp({ heartbeat: 0, queued: 8_190, committed: 4_590 })),
      /at most 3610 s: what cc1 acknowledged after 1970-01-01T01:16:30.000Z, when the last transaction that cc2 received was committed there/,
    ],
    // A heartbeat of the reconnect, before the first transaction that was missing.
    [
      'loss-bound',
      'acknowledge',
      ({ answers }) =>
        (answers['received-twice'] = catchingUp({ heartbeat: 8_180, queued: 8_190, committed: 4_590 })),
      /at most 3610 s: what cc1 acknowledged after 1970-01-01T01:16:30.000Z, when the last transaction that cc2 received/,
    ],
    // It had caught up, and was idle since: the heartbeat behind it says so.
    [
      'loss-bound',
      'acknowledge',
      ({ answers }) =>
        (answers['received-twice'] = catchingUp({ heartbeat: 8_195, queued: 8_190, committed: 4_590 })),
      /at most 5 s: what cc1 acknowledged after 1970-01-01T02:16:35.000Z, when cc2 last heard it/,
    ],
    // Busy to the end: what arrived behind the heartbeat was committed behind it.
    [
      'loss-bound',
      'acknowledge',
      ({ answers }) =>
        (answers['received-twice'] = catchingUp({ heartbeat: 8_180, queued: 8_190, committed: 8_189 })),
      /at most 11 s: what cc1 acknowledged after 1970-01-01T02:16:29.000Z, when the last transaction that cc2 received/,
    ],
    [
      'threads',
      'block',
      ({ cc2 }) => Object.assign(cc2.mysql.replica ?? {}, { sqlRunning: 'No', sqlError: 'error 1062' }),
      /SQL thread: No/,
    ],
    [
      'threads',
      'warn',
      ({ cc2 }) => Object.assign(cc2.mysql.replica ?? {}, { ioRunning: 'Connecting' }),
      /IO thread: Connecting/,
    ],
    [
      'durability',
      'block',
      ({ cc2 }) =>
        Object.assign(cc2.mysql, { relayLogRecovery: true, persisted: { relay_log_recovery: 'ON' } }),
      /persisted ON/,
    ],
    [
      'roles-agree',
      'acknowledge',
      ({ prom }) => (prom.role.record = { epoch: 9, role: 'witness', primary: 'cc2' }),
      /names cc2/,
    ],
    [
      'vip-holders',
      'block',
      ({ answers }) => (answers['life-target'] = silence(['vip 02:00:00:00:00:01'])),
      /sees 192/,
    ],
  ];
  for (const [id, level, edit, says] of cases) {
    it(`${id} fires as ${level}: ${says.source}`, () => {
      const check = checkOf(planOf(emergency('hardened', edit)), id);
      assert.equal(check.outcome, 'fired', JSON.stringify(check));
      assert.equal(check.level, level);
      assert.match(check.evidence.join('\n'), says);
      assert.notEqual(check.remedy, '');
    });
  }

  it('who could not ask is named beside the silence, and is no proof of it alone', () => {
    const plan = planOf(
      emergency(
        'hardened',
        ({ answers }) => (answers['life-witness'] = { answered: false, reason: 'no route' }),
      ),
    );
    assert.match(checkOf(plan, 'alive').evidence.join('\n'), /prom could not ask: no route/);
  });

  it('half-way refuses where MySQL answers, and offers the planned promotion', () => {
    const plan = planOf(
      emergency('hardened', (given) => {
        halfWay(given);
        given.unread.cc1 = {};
      }),
    );
    const check = checkOf(plan, 'half-way');
    assert.equal(check.outcome, 'fired');
    assert.match(check.remedy, /plan promote cc2/);
  });

  it('half-way takes a primary that lives and is held closed; the hold alone, or closed alone, is not enough', () => {
    const blocked = (role: object, mysql: object): readonly string[] => {
      const plan = planOf(
        emergency('hardened', (given) => {
          halfWay(given);
          given.unread.cc1 = {};
          Object.assign(given.cc1.role, role);
          Object.assign(given.cc1.mysql, mysql);
          // It hears its source: that one lives.
          given.answers['received-twice'] = answered(
            [
              sample({ heartbeat: 1000, queued: 990, now: 1037 }),
              sample({ heartbeat: 1002, queued: 990, now: 1040 }),
            ].join('\n'),
          );
        }),
      );
      return ['half-way', 'still-receiving'].filter((id) => checkOf(plan, id).outcome !== 'passed');
    };
    const shut = { readOnly: true, superReadOnly: true };
    const held = { held: true, activeEpoch: undefined };
    assert.deepEqual(blocked(held, shut), []);
    assert.deepEqual(blocked(held, {}), ['half-way', 'still-receiving']);
    assert.deepEqual(blocked({ activeEpoch: undefined }, shut), ['half-way', 'still-receiving']);
    assert.deepEqual(blocked({ held: true }, shut), ['half-way', 'still-receiving']);
  });

  it('half-way shows what only the dead server has', () => {
    const uuid = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
    const plan = planOf(
      emergency('hardened', (given) => {
        halfWay(given);
        given.answers['source-binlog'] = answered(
          `log /x/b.2\nprevious ${uuid}:1-5\nlog /x/b.1\nprevious\nrange ${uuid}:6-9\n`,
        );
      }),
    );
    assert.match(checkOf(plan, 'rescue').evidence.join('\n'), new RegExp(`9 transactions .* ${uuid}:1-9`));
  });

  it('documented hosts want a promise not to power the old primary on', () => {
    assert.equal(checkOf(planOf(emergency('documented')), 'old-primary-unfenced').level, 'acknowledge');
    assert.equal(checkOf(planOf(emergency()), 'old-primary-unfenced').outcome, 'passed');
  });

  it('a wait for self-fencing is as long as the guard itself has said, where the inventory has less', () => {
    const waits = (said: string): string =>
      checkOf(
        planOf(
          emergency('hardened', (given) => {
            given.attested = CUT_OFF;
            given.answers['life-witness'] = silence([said]);
          }),
        ),
        'fence',
      ).evidence.join();
    // And its watchdog's time: one that hangs meanwhile is killed by it, and the next one closes.
    assert.match(waits('guard 42'), /waits 82 s/);
    assert.match(waits('guard 42 15'), /waits 82 s/);
    assert.match(waits('guard 42 600'), /waits 667 s/);
  });
});
