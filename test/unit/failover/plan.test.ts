import assert from 'node:assert/strict';
import { StepGraph } from '../../../src/core/plan/graph';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { planProblems } from '../../../src/core/plan/validate';
import { healthyReplica } from '../observation';
import { answered, checkOf } from '../promote/setting';
import { CUT_OFF, type Emergency, emergency, halfWay, HOOK, planOf, sample } from './setting';

const SHAPES: Readonly<Record<string, () => Emergency>> = {
  'powered off': () => emergency(),
  'power hook': () =>
    emergency('hardened', (given) => Object.assign(given, { attested: {}, powerHook: HOOK })),
  isolated: () => emergency('hardened', (given) => Object.assign(given, { attested: CUT_OFF })),
  'powered off, without the witness': () =>
    emergency('hardened', (given) => {
      given.unread.prom = { role: 'prom can not be reached', reachable: 'prom can not be reached' };
    }),
  'half-way': () => emergency('hardened', halfWay),
  documented: () => emergency('documented'),
};

const before = (plan: Plan, id: string): ReadonlySet<string> => new StepGraph(plan.steps).ancestorsOf(id);

describe('a failover plan', () => {
  for (const [name, make] of Object.entries(SHAPES)) {
    it(`${name}: is sound, and only reasons are wanted`, () => {
      const plan = planOf(make());
      assert.deepEqual(planProblems(plan), []);
      assert.deepEqual(planReadiness(plan, {}).blocking, []);
      assert.ok(planReadiness(plan, {}).unacknowledged.includes('loss-bound'));
    });

    it(`${name}: says that the outage is older than the run, and how much as far as it is known`, () => {
      const given = make();
      const dead = given.mode === 'half-way' ? 'MySQL on cc1' : 'cc1';
      assert.equal(
        planOf(given).outageBegan,
        `with the death of ${dead}, before this run; cc2 heard it last at 1970-01-01 00:16:40 UTC, 40 s before this was planned`,
      );
      given.answers['received-twice'] = answered('', 1);
      assert.match(planOf(given).outageBegan ?? '', /before this run; when is not known$/);
    });

    it(`${name}: applies what was received before it cuts the channel, and opens last`, () => {
      const plan = planOf(make());
      assert.ok(before(plan, 'replication-stop').has('received-applied'));
      for (const id of ['received-applied', 'replication-stop', 'vip-taken'])
        assert.ok(before(plan, 'open').has(id));
      assert.ok(before(plan, 'services-start').has('open'));
    });

    it(`${name}: never starts lsyncd, and touches the old primary only where that answers`, () => {
      const plan = planOf(make());
      assert.ok(!plan.steps.some(({ id }) => id === 'file-sync-start'));
      const onSource = plan.steps.filter(({ host }) => host === 'cc1').map(({ id }) => id);
      assert.equal(onSource.length > 0, name === 'half-way', onSource.join());
      assert.equal(plan.leaseHosts.includes('cc1'), name === 'half-way');
    });
  }

  describe('to a controller that follows nobody', () => {
    const alone = (given: Emergency): void => {
      given.cc2.mysql.replica = undefined;
      given.answers['received-twice'] = answered('');
      given.answers['last-transaction'] = answered('committed 900000000');
    };

    it('is ready once its loss is typed, applies nothing and gives no channel back', () => {
      const plan = planOf(emergency('hardened', alone));
      assert.deepEqual(planProblems(plan), []);
      assert.deepEqual(planReadiness(plan, {}).blocking, []);
      const bound = checkOf(plan, 'loss-bound');
      assert.equal(bound.phrase, 'without the data of cc1');
      assert.match(bound.evidence.join(), /follows nobody.*was committed 1970-01-01T00:15:00.000Z/);
      for (const text of [plan.summary.join(' '), plan.confirmation.detail])
        assert.match(text, /WITHOUT all that cc1/);
      const ids = plan.steps.map(({ id }) => id);
      for (const id of ['keep-received', 'receiving-stop', 'received-applied', 'relay-log-as-before'])
        assert.equal(ids.includes(id), false, id);
      const cut = plan.steps.find(({ id }) => id === 'replication-stop');
      assert.equal(cut?.undo, undefined);
      assert.ok(before(plan, 'open').has('replication-stop'));
    });

    it('its sentence is typed also where its binary logs could not be read in time', () => {
      const plan = planOf(
        emergency('hardened', (given) => {
          alone(given);
          given.answers['last-transaction'] = { answered: false, reason: 'no answer within 10 s' };
        }),
      );
      const bound = checkOf(plan, 'loss-bound');
      assert.deepEqual([bound.outcome, bound.phrase], ['fired', 'without the data of cc1']);
      assert.match(bound.evidence.join(), /the loss has no bound/);
    });

    it('to the primary itself: an undo names nobody else, and puts marks back', () => {
      const plan = planOf(
        emergency('hardened', (given) => {
          alone(given);
          Object.assign(given.cc2.role, {
            record: { epoch: 9, role: 'primary', primary: 'cc2' },
            held: true,
            returned: true,
          });
        }),
      );
      const undoOf = (id: string): string =>
        plan.steps.find((step) => step.id === id)?.undo?.script.script ?? '';
      assert.match(undoOf('role-new'), /role write 11 primary cc2 .*returned.*close --hold/);
      assert.match(undoOf('epoch-commit'), /witness commit 11 cc2/);
    });

    it('its channel may be one that a power cut has torn', () => {
      const step = planOf(emergency('hardened', alone)).steps.find(({ id }) => id === 'replication-stop');
      assert.match(step?.act.script ?? '', /1373/);
      assert.match(step?.act.stdin ?? '', /RESET REPLICA ALL/);
    });

    it('half-cloned: blocked by its mark, and a typed sentence where MySQL alone says so', () => {
      const whole = (answer: string) =>
        checkOf(
          planOf(
            emergency('hardened', (given) => {
              alone(given);
              given.answers['clone-broken'] = answered(answer);
            }),
          ),
          'data-whole',
        );
      assert.deepEqual(
        [whole('broken=0 mark=1').outcome, whole('broken=0 mark=1').level],
        ['fired', 'block'],
      );
      assert.equal(whole('broken=1 mark=0').phrase, 'the data of cc2 is whole');
      assert.equal(whole('').outcome, 'unknown');
    });

    it('half-way stays blocked: the dead server has what is missing here', () => {
      const plan = planOf(
        emergency('hardened', (given) => {
          halfWay(given);
          alone(given);
        }),
      );
      assert.ok(planReadiness(plan, {}).blocking.includes('threads'));
    });
  });

  it('looks for life once more behind a backlog, and beside the receiving where there is none', () => {
    const looks = (unapplied: string): boolean =>
      before(
        planOf(
          emergency('hardened', ({ cc2 }) => {
            cc2.mysql.replica = { ...healthyReplica(), ...cc2.mysql.replica, unapplied };
          }),
        ),
        'still-dead-cc2',
      ).has('received-applied');
    assert.deepEqual([looks('00000000-0000-0000-0000-000000000001:7'), looks('')], [true, false]);
  });

  it('says of a standby that was catching up when it heard the primary last, not how far it had come', () => {
    const given = emergency();
    const line = sample({ heartbeat: 1_000, queued: 1_020, committed: 500, now: 1_040 });
    given.answers['received-twice'] = answered(`${line}\n${line}`);
    assert.match(
      planOf(given).outageBegan ?? '',
      /cc2 heard it last at 1970-01-01 00:17:00 UTC, 20 s before/,
    );
  });

  for (const [recovers, persisted, kept] of [
    [true, {}, true],
    // Its option file may say ON by now: only the next start reads it.
    [false, {}, true],
    [true, { relay_log_recovery: 'OFF' }, false],
  ] as const) {
    it(`keeps the relay log over a restart: recovery ${recovers}, persisted ${JSON.stringify(persisted)}`, () => {
      for (const half of [false, true]) {
        const plan = planOf(
          emergency('hardened', (given) => {
            if (half) halfWay(given);
            Object.assign(given.cc2.mysql, { relayLogRecovery: recovers, persisted });
          }),
        );
        assert.equal(checkOf(plan, 'durability').outcome, 'passed');
        assert.equal(before(plan, 'received-applied').has('keep-received'), kept);
        assert.equal(
          plan.steps.some(({ id }) => id === 'relay-log-as-before'),
          kept,
        );
      }
    });
  }

  it('looks for the dead once more after the fence, from both places that answer', () => {
    const plan = planOf(
      emergency('hardened', (given) => Object.assign(given, { attested: {}, powerHook: HOOK })),
    );
    for (const host of ['cc2', 'prom']) assert.ok(before(plan, `still-dead-${host}`).has('power-off'));
    assert.ok(before(plan, 'receiving-stop').has('power-off'));
    for (const change of ['vip-take', 'replication-stop', 'epoch-commit'])
      for (const host of ['cc2', 'prom']) assert.ok(before(plan, change).has(`still-dead-${host}`), change);
  });

  it('cut off: the witness knows the newer epoch before the wait, so that whoever heals the network opens nothing', () => {
    const plan = planOf(emergency('hardened', (given) => Object.assign(given, { attested: CUT_OFF })));
    assert.ok(before(plan, 'self-fenced-cc2').has('epoch-commit'));
    assert.ok(before(plan, 'still-dead-cc2').has('self-fenced-prom'));
  });

  it('the picture of before tells where the address was seen', () => {
    const holder = (given: Emergency): string | undefined => planOf(given).picture.before.vip.holder;
    assert.equal(holder(emergency()), undefined);
    assert.equal(holder(emergency('hardened', halfWay)), 'cc1');
  });

  it('shows what the wait for the applier may start and stop', () => {
    const step = planOf(emergency()).steps.find(({ id }) => id === 'received-applied');
    for (const [changes] of step?.act.script.matchAll(/(?:STOP|START) REPLICA \w+/g) ?? [])
      assert.ok(
        step?.shown.some((line) => line.startsWith(`${changes};`)),
        changes,
      );
    assert.equal(step?.shown.length, 3);
  });

  it('half-way: the host is closed and held before anything is taken from it', () => {
    const plan = planOf(emergency('hardened', halfWay));
    for (const id of ['vip-take', 'role-old', 'files-last-pass'])
      assert.ok(before(plan, id).has('source-close'), id);
    assert.ok(before(plan, 'epoch-commit').has('role-old'));
  });

  it('half-way: undone, a host that was held closed stays so, and one that was not is let go', () => {
    const undoOf = (plan: Plan, id: string) => plan.steps.find((step) => step.id === id)?.undo;
    const held = planOf(
      emergency('hardened', (given) => {
        halfWay(given);
        given.unread.cc1 = {};
        Object.assign(given.cc1.role, { held: true, activeEpoch: undefined });
        Object.assign(given.cc1.mysql, { readOnly: true, superReadOnly: true });
      }),
    );
    assert.match(undoOf(held, 'source-close')?.script.script ?? '', /close --hold \|\| \S+ close --hold$/);
    assert.equal(undoOf(held, 'source-close')?.effect, 'cc1 stays held closed');
    // A primary's record takes a hold away: the same call brings it back, or a host that is away by then opens.
    assert.match(undoOf(held, 'role-old')?.script.script ?? '', /primary cc1 && \{ \S+ close --hold/);
    assert.ok(before(held, 'role-old').has('source-close'), 'that of role-old is undone first');
    for (const { undo } of held.steps) assert.doesNotMatch(undo?.script.script ?? '', /hold --clear/);
    const dead = planOf(
      emergency('hardened', (given) => {
        halfWay(given);
        Object.assign(given.cc1.role, { held: true });
      }),
    );
    assert.match(undoOf(dead, 'source-close')?.script.script ?? '', /close --hold/);
    const free = planOf(emergency('hardened', halfWay));
    assert.match(undoOf(free, 'source-close')?.script.script ?? '', /hold --clear$/);
    assert.doesNotMatch(undoOf(free, 'role-old')?.script.script ?? '', /--hold/);
  });

  it('half-way: what was never sent is applied before the channel is cut, where the disk of the dead server can be read', () => {
    const plan = planOf(emergency('hardened', halfWay));
    assert.ok(before(plan, 'rescue-bring').has('source-close'));
    assert.ok(before(plan, 'rescue-bring').has('received-applied'));
    for (const id of ['replication-stop', 'role-old', 'epoch-commit', 'open'])
      assert.ok(before(plan, id).has('rescue-apply'), id);
    assert.match(plan.confirmation.detail, /brought over from its binary logs/);
    const unreadable = planOf(
      emergency('hardened', (given) => {
        halfWay(given);
        given.answers['source-binlog'] = answered('', 1);
      }),
    );
    assert.deepEqual(planProblems(unreadable), []);
    assert.ok(!unreadable.steps.some(({ id }) => id.startsWith('rescue-')));
    assert.match(unreadable.confirmation.detail, /stays on the disk of cc1/);
  });

  it('without the witness no step is asked of it', () => {
    const make = SHAPES['powered off, without the witness'];
    const plan = planOf((make ?? emergency)());
    assert.deepEqual(
      plan.steps.filter(({ host }) => host === 'prom'),
      [],
    );
    assert.equal(checkOf(plan, 'witness').level, 'warn');
  });
});
