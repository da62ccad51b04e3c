import assert from 'node:assert/strict';
import { withHooks } from '../../../src/core/operate/hookSteps';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { planProblems } from '../../../src/core/plan/validate';
import { close } from '../../../src/core/schemes/replication/close/operation';
import { reopen } from '../../../src/core/schemes/replication/reopen/operation';
import type { Profile } from '../observe/recorded';
import { checkOf, edited, type Setting, setting } from '../promote/setting';
import { closed, made, observationOf } from './made';

const opening = (plan: Plan): string => plan.steps.find(({ id }) => id === 'reopen')?.act.script ?? '';

/** Nothing of a host is known. */
function away(given: Setting, host: 'cc1' | 'cc2' | 'prom'): void {
  for (const name of Object.keys(given[host])) {
    if (name !== 'host' && name !== 'atMs') Object.assign(given.unread[host], { [name]: 'no route' });
  }
}

const needs = (plan: Plan) => planReadiness(plan, {});
const openStandby = ({ cc2 }: Setting): void => {
  Object.assign(cc2.mysql, { readOnly: false, superReadOnly: false });
};
const swapVip = ({ cc1, cc2, site }: Setting): void => {
  cc2.addresses.push(...cc1.addresses.filter(({ address }) => address === site.vip));
};
describe('plan that closes one host', () => {
  for (const profile of ['hardened', 'documented'] satisfies Profile[]) {
    it(`${profile}: is sound, leases that host alone and does nothing on any other`, () => {
      const plan = made(close, setting(profile));
      assert.deepEqual(planProblems(plan), []);
      assert.deepEqual(plan.leaseHosts, ['cc1']);
      assert.deepEqual([...new Set(plan.steps.map(({ host }) => host))], ['cc1']);
      assert.equal(plan.bringHelper, profile === 'documented');
    });
  }

  it('of the only writer is an outage: it says so, and its reason must name the host', () => {
    const plan = made(close, setting('hardened'));
    assert.match(plan.summary.join(' '), /THIS IS AN OUTAGE/);
    assert.match(plan.confirmation.detail, /THIS IS AN OUTAGE/);
    assert.deepEqual(needs(plan).unacknowledged, ['outage']);
    assert.equal(planReadiness(plan, { outage: 'because' }).ready, false);
    assert.equal(planReadiness(plan, { outage: 'cc1 repairs clusters that are not broken' }).ready, true);
  });

  it('names ways out that are true of a host that lives', () => {
    const plan = made(close, setting('hardened'));
    assert.match(plan.afterwards ?? '', /"Reopen This Host" opens cc1.*"Fail Over" to cc2.*half-way/);
  });

  it('of a standby, or of the writer beside one that serves users, needs no reason', () => {
    assert.equal(needs(made(close, setting('hardened'), 'cc2')).ready, true);
    assert.equal(needs(made(close, edited('hardened', openStandby), 'cc2')).ready, true);
    const both = edited('hardened', (given) => {
      openStandby(given);
      swapVip(given);
    });
    assert.equal(needs(made(close, both)).ready, true);
  });

  it('of the primary beside a standby that takes writes is an outage all the same: users are here', () => {
    assert.deepEqual(needs(made(close, edited('hardened', openStandby))).unacknowledged, ['outage']);
  });

  it('does without the other controller and the witness, and takes what it does not know for an outage', () => {
    const alone = edited('hardened', (given) => {
      away(given, 'cc2');
      away(given, 'prom');
    });
    const plan = made(close, alone);
    assert.deepEqual(needs(plan).blocking, []);
    assert.deepEqual(needs(plan).unacknowledged, ['outage']);
    assert.match(checkOf(plan, 'outage').evidence.join(), /whether cc2 takes writes is not known/);
  });

  it('is not refused for what is broken on the host, but for nobody who could close it; then by hand', () => {
    const sick = edited('hardened', ({ unread }) => {
      Object.assign(unread.cc1, { mysql: 'timeout', units: 'timeout', cmonProcesses: 'timeout' });
    });
    assert.deepEqual(needs(made(close, sick)).blocking, []);
    const gone = made(
      close,
      edited('hardened', (given) => away(given, 'cc1')),
    );
    assert.deepEqual(needs(gone).blocking, ['closable']);
    assert.match(checkOf(gone, 'closable').remedy, /super_read_only=ON.*switch cc1 off/);
    const bare = edited('hardened', ({ cc1 }) => {
      Object.assign(cc1.role, { helperVersion: undefined });
    });
    assert.deepEqual(needs(made(close, bare)).blocking, ['closable']);
  });

  it('names who holds the lease, and takes over that one alone', () => {
    const given = edited('hardened', ({ cc1 }) => {
      const lease = { token: 9, plan: 'dc1-promote-cc2-1', operator: 'bob@desk/1', remainingSeconds: 20 };
      Object.assign(cc1.role, { lease });
    });
    const plan = made(close, given);
    assert.deepEqual([...needs(plan).unacknowledged].sort(), ['lease-taken-over', 'outage']);
    assert.match(
      checkOf(plan, 'lease-taken-over').evidence.join(),
      /bob@desk\/1 .*dc1-promote-cc2-1, 20 s left/,
    );
    assert.deepEqual(plan.takesOver, ['dc1-promote-cc2-1']);
    assert.deepEqual(made(close, setting('hardened')).takesOver, []);
  });

  it('tells of what was left half-way, and does not wait for it', () => {
    const plan = made(close, {
      ...setting('hardened'),
      unfinishedRuns: [{ runId: 'dc1-promote-cc2-1', end: undefined }],
    });
    assert.equal(checkOf(plan, 'operation-left-behind').outcome, 'fired');
    assert.deepEqual(needs(plan).blocking, []);
  });

  it('rests only on who serves users: a host that stops answering changes that, other facts do not', () => {
    const digest = (given: Setting): string => close.digest(given.site, observationOf(given));
    const before = digest(setting('hardened'));
    assert.equal(
      digest(
        edited('hardened', ({ cc1, unread }) => {
          Object.assign(cc1, { bootId: 'another' });
          Object.assign(unread.prom, { role: 'timeout' });
        }),
      ),
      before,
    );
    assert.notEqual(digest(edited('hardened', closed)), before);
  });

  it('waits for no command of the operator’s own that does not name it', () => {
    const hook = { name: 'silence', argv: ['/bin/silence'], timeoutMs: 1_000 };
    const around = { site: 'dc1', operation: 'close', mode: '', target: 'cc1', plan: 'p', operator: 'ann' };
    const ids = (operations?: readonly string[]): string[] => {
      const hooks = {
        before: [{ ...hook, ...(operations ? { operations } : {}) }],
        after: [],
        power: undefined,
      };
      return withHooks(made(close, setting('hardened')), hooks, around, close.urgent).steps.map(
        ({ id }) => id,
      );
    };
    assert.equal(ids().includes('hook-before-1'), false);
    assert.equal(ids(['close']).includes('hook-before-1'), true);
  });
});

describe('plan that reopens a host', () => {
  for (const profile of ['hardened', 'documented'] satisfies Profile[]) {
    it(`${profile}: is sound and ready for a primary that was closed`, () => {
      const plan = made(reopen, edited(profile, closed));
      assert.deepEqual(planProblems(plan), []);
      assert.deepEqual(needs(plan), { ready: true, blocking: [], unacknowledged: [] });
    });
  }

  it('documented: the standby that took the address gives it back first, and gets its keepalived again', () => {
    const given = edited('documented', (one) => {
      swapVip(one);
      closed(one);
    });
    const plan = made(reopen, given);
    assert.deepEqual(planProblems(plan), []);
    assert.deepEqual(needs(plan).blocking, []);
    assert.deepEqual(plan.leaseHosts, ['cc2', 'cc1']);
    assert.equal(plan.steps[0]?.id, 'vip-given-back');
    assert.ok(plan.steps.some(({ id }) => id === 'keepalived-of-other'));
  });

  it('leases both: a failover to the other one, from another machine, must not meet it', () => {
    const plan = made(reopen, edited('hardened', closed));
    assert.deepEqual(plan.leaseHosts, ['cc2', 'cc1']);
    assert.match(opening(plan), / reopen && exit 0/);
    const alone = made(
      reopen,
      edited('hardened', (given) => {
        closed(given);
        away(given, 'cc2');
      }),
    );
    assert.deepEqual(alone.leaseHosts, ['cc1']);
    assert.match(opening(alone), / reopen alone && exit 0/);
  });

  it('documented: lsyncd starts only towards one that is seen to follow', () => {
    const ids = (edit: (given: Setting) => void) =>
      made(
        reopen,
        edited('documented', (given) => {
          closed(given);
          edit(given);
        }),
      ).steps.map(({ id }) => id);
    assert.ok(ids(() => undefined).includes('file-sync-start'));
    const others = ids((given) => (given.cc2.mysql.replica = undefined));
    assert.equal(others.includes('file-sync-start'), false);
    assert.equal(ids((given) => away(given, 'cc2')).includes('file-sync-start'), false);
  });

  it('a hold that was taken away for an opening that fails comes back', () => {
    const step = made(reopen, edited('hardened', closed)).steps.find(({ id }) => id === 'hold-clear');
    assert.match(step?.undo?.script.script ?? '', /close --hold/);
  });

  it('is refused beside a writer, behind a newer epoch, and of a host that is open', () => {
    const beside = edited('hardened', (given) => {
      closed(given);
      openStandby(given);
    });
    assert.deepEqual(needs(made(reopen, beside)).blocking, ['other-closed']);
    const newer = edited('hardened', (given) => {
      closed(given);
      Object.assign(given.cc2.role, { record: { epoch: 99, role: 'primary', primary: 'cc2' } });
    });
    assert.deepEqual(needs(made(reopen, newer)).blocking, ['newest-epoch']);
    assert.deepEqual(needs(made(reopen, setting('hardened'))).blocking, ['closed']);
  });

  it('of a standby takes the hold away and opens nothing', () => {
    const plan = made(
      reopen,
      edited('hardened', ({ cc2 }) => Object.assign(cc2.role, { held: true })),
      'cc2',
    );
    assert.deepEqual(planProblems(plan), []);
    assert.deepEqual(
      plan.steps.map(({ id }) => id),
      ['hold-clear'],
    );
  });
});
