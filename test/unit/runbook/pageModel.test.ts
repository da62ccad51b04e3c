import assert from 'node:assert/strict';
import { againBy } from '../../../webview/model/again';
import { announce, announcePlan, announceWish } from '../../../webview/model/announce';
import { groupChecks, markOf } from '../../../webview/model/checks';
import {
  formatDuration,
  formatElapsed,
  formatMoment,
  formatOffset,
  ranges,
} from '../../../webview/model/format';
import { askingHeadline } from '../../../webview/model/headline';
import { describePicture, placeArrows } from '../../../webview/model/picture';
import { phasesOf } from '../../../src/core/plan/phases';
import { phaseGroups, stepMark } from '../../../webview/model/steps';
import { timeline } from '../../../webview/model/timeline';
import type { PlanMessage } from '../../../src/shared/protocol';
import { healthyPlan, unknownPlan, withChecks } from '../../workbench/runbook/plan';
import { snapshotAt } from '../../workbench/runbook/snapshots';

const plan = healthyPlan(1_700_000_000_000);

describe('the page: checks', () => {
  it('never groups or marks an unknown check as passed', () => {
    const { checks } = unknownPlan(0);
    const unknowns = checks.filter((check) => check.outcome === 'unknown');
    assert.ok(unknowns.length > 0);
    const passed = groupChecks(checks).find((group) => group.id === 'passed')?.checks ?? [];
    for (const check of unknowns) {
      assert.ok(!passed.includes(check), check.id);
      assert.match(markOf(check).word, /^Unknown/);
    }
  });

  it('shows each check exactly once, what blocks first', () => {
    const mixed = withChecks(plan, { lag: { outcome: 'fired' }, durability: { outcome: 'fired' } });
    const groups = groupChecks(mixed.checks);
    assert.deepEqual(
      groups.map((group) => group.id),
      ['block', 'warn', 'passed'],
    );
    const shown = groups.flatMap((group) => group.checks.map((check) => check.id));
    assert.deepEqual([...shown].sort(), mixed.checks.map((check) => check.id).sort());
  });
});

describe('the page: steps', () => {
  const groups = phaseGroups(plan, phasesOf(plan), undefined);

  it('numbers every step once, in the order of the plan', () => {
    const rows = groups.flatMap((group) => group.rows);
    assert.deepEqual(
      rows.map((row) => [row.number, row.step.id]),
      plan.steps.map((step, index) => [index + 1, step.id]),
    );
  });

  it('draws one point of no return, before its step', () => {
    const lines = groups.filter((group) => group.lineBefore !== undefined);
    assert.equal(lines.length, 1);
    const [group] = lines;
    assert.equal(group?.rows[group.lineBefore ?? -1]?.step.id, plan.pointOfNoReturn);
  });

  it('does not say of a failover, or of a rejoin, that users notice from the outage on', () => {
    for (const operation of ['failover', 'rejoin', 'deploy', 'harden', 'rotate']) {
      const texts = phasesOf({ operation, mode: 'planned' }).map(({ meaning }) => meaning);
      assert.equal(texts.length, 4);
      assert.ok(!texts.some((text) => /Nothing changes for users|notice from here/.test(text)), operation);
    }
    assert.match(phasesOf(plan)[1]?.meaning ?? '', /notice from here/);
  });

  it('names what a step waits for, unless it is the one before', () => {
    for (const { number, step, after } of groups.flatMap((group) => group.rows)) {
      const needs = step.needs.map((id) => plan.steps.findIndex((other) => other.id === id) + 1);
      const onlyPrevious = needs.length === 1 && needs[0] === number - 1;
      assert.deepEqual(after, onlyPrevious ? [] : needs);
    }
  });
});

describe('the page: marks of steps', () => {
  it('promise nothing after the end', () => {
    assert.equal(stepMark('waiting').word, 'Waiting');
    assert.equal(stepMark('waiting', 'done').word, 'Not run');
    assert.equal(stepMark('failed', 'undone').word, 'Failed');
    assert.equal(stepMark('unknown', 'unfinished').word, 'Unknown');
    assert.equal(stepMark('unknown', 'undone').word, 'Nothing to undo');
  });
});

describe('the page: what a screen reader hears', () => {
  const before = snapshotAt(plan, 0, { upTo: 'open' });

  it('is a step that ended, politely', () => {
    const now = snapshotAt(plan, 0, { upTo: 'services-start' });
    const { polite, assertive } = announce(plan, before, now);
    assert.equal(polite.length, 2);
    assert.match(polite[0] ?? '', /: Done\.$/);
    assert.equal(polite[1], 'Past the point of no return: forward only.');
    assert.deepEqual(assertive, []);
  });

  it('is a failure and a bad end, at once', () => {
    const now = snapshotAt(plan, 0, {
      upTo: 'open',
      states: { open: 'failed' },
      reasons: { open: ['cc2 refused the probe write.', ''] },
      end: 'undo-owed',
      summary: 'cc1 does not answer.',
    });
    const { assertive } = announce(plan, before, now);
    assert.match(assertive[0] ?? '', /: Failed\. cc2 refused the probe write\.$/);
    assert.equal(assertive[1], 'Undo owed. cc1 does not answer.');
  });

  it('is nothing when nothing changed, and no history after a reload', () => {
    assert.deepEqual(announce(plan, before, before), { polite: [], assertive: [] });
    assert.equal(announce(plan, undefined, before).polite.length, 1);
  });
});

describe('the page: how a run begins again that this page can not plan', () => {
  const journals = { canPlanAgain: false, command: 'Rotate Passwords' };

  it('is said by the name of its command, after an end that wants a new plan', () => {
    for (const end of ['refused', 'undone'] as const) {
      assert.match(againBy(journals, end), /run "ClusterControl HA: Rotate Passwords"/);
    }
    assert.match(againBy({ ...journals, command: '' }, 'undone'), /make a new plan/);
  });

  it('is not said of one that goes on, is done, or can be planned here', () => {
    for (const end of ['done', 'unfinished', 'undo-owed'] as const) assert.equal(againBy(journals, end), '');
    assert.equal(againBy({ ...journals, canPlanAgain: true }, 'undone'), '');
  });
});

describe('the page: what a screen reader hears of a plan that waits', () => {
  const message = (outdated: string): PlanMessage => ({
    type: 'plan',
    plan,
    key: { site: plan.site, operation: plan.operation, mode: plan.mode, planId: plan.id },
    acknowledged: {},
    readiness: { ready: true, blocking: [], unacknowledged: [] },
    phases: phasesOf(plan),
    outdated,
    canPlanAgain: true,
    command: 'Promote Standby',
    closed: undefined,
  });

  it('is that a new one is being made, and how that one stands, also where it is blocked', () => {
    assert.deepEqual(announceWish('planAgain'), { polite: ['Making a new plan…'], assertive: [] });
    assert.deepEqual(announceWish('exportPlan'), { polite: [], assertive: [] });
    assert.equal(askingHeadline('planAgain')?.mark.word, 'Planning');
    assert.deepEqual([askingHeadline('exportPlan'), askingHeadline(undefined)], [undefined, undefined]);
    const next: PlanMessage = { ...message(''), plan: { ...plan, id: 'plan-2' } };
    assert.match(announcePlan(message(''), next).polite[0] ?? '', /^New plan\. Ready\. Ready to start/);
    const blocked = { ...next, readiness: { ready: false, blocking: ['lag'], unacknowledged: [] } };
    const { polite, assertive } = announcePlan(message('x'), blocked);
    assert.deepEqual([polite, assertive], [['New plan. Blocked. 1 check blocks this plan.'], []]);
    const old = announcePlan(message(''), { ...next, outdated: 'cc2.read_only is false now.' });
    assert.match(old.assertive[0] ?? '', /^New plan\. Out of date\./);
  });

  it('is that it is out of date, at once, and that it fits again; nothing of the first plan', () => {
    const changed = announcePlan(message(''), message('cc2.read_only is false now.'));
    assert.match(changed.assertive[0] ?? '', /^Out of date\. .*cc2\.read_only is false now\.$/);
    assert.match(announcePlan(message('x'), message('')).polite[0] ?? '', /^Ready\./);
    assert.deepEqual(announcePlan(message('x'), message('x')), { polite: [], assertive: [] });
    assert.deepEqual(announcePlan(undefined, message('x')), { polite: [], assertive: [] });
  });
});

describe('the page: timeline', () => {
  it('keeps every bar on the axis, however short', () => {
    const states = Object.fromEntries(plan.steps.map((step) => [step.id, 'done' as const]));
    const rows = timeline(plan, snapshotAt(plan, 5_000, { states, end: 'done' }), []);
    assert.equal(rows.length, plan.steps.length + 1);
    for (const { left, width } of rows) {
      assert.ok(left >= 0 && width > 0 && left + width <= 100 + 1e-9, `${left} ${width}`);
    }
  });

  it('bounds the outage by the steps where nobody measured it', () => {
    const states = Object.fromEntries(plan.steps.map((step) => [step.id, 'done' as const]));
    const [outage] = timeline(plan, snapshotAt(plan, 0, { states, end: 'done' }), []);
    const tookMs = plan.steps
      .filter((step) => step.phase === 'outage' || step.phase === 'open')
      .reduce((sum, step) => sum + step.usualMs, 0);
    assert.equal(outage?.state, 'outage');
    assert.equal(outage?.durationMs, tookMs);
  });

  it('claims no outage for a run that never got there', () => {
    const rows = timeline(plan, snapshotAt(plan, 0, { upTo: 'files-first-pass', end: 'undone' }), []);
    assert.ok(rows.every((row) => row.state !== 'outage'));
  });

  it('counts an undone outage until the undo ended', () => {
    const moment = { upTo: 'database-close', states: { 'services-stop': 'undone' }, end: 'undone' } as const;
    const run = snapshotAt(plan, 0, moment);
    const [outage] = timeline(plan, run, []);
    const stop = run.steps.find((step) => step.id === 'services-stop');
    assert.equal(outage?.durationMs, (run.endedAtMs ?? 0) - (stop?.startedAtMs ?? 0));
  });
});

describe('the page: moments', () => {
  it('of another day have their date', () => {
    const now = new Date(2026, 10, 22, 3, 0).getTime();
    assert.match(formatMoment(now - 60_000, now), /^02:59:00$/);
    assert.match(formatMoment(now - 4 * 3_600_000, now), /^2026-11-21 23:00:00$/);
  });

  it('of a step without a known end have no duration', () => {
    const run = snapshotAt(plan, 0, { upTo: 'database-close', end: 'undo-owed' });
    const steps = run.steps.map((step) => ({ ...step, state: 'unknown' as const, durationMs: undefined }));
    const rows = timeline(plan, { ...run, steps }, []).filter(({ state }) => state !== 'outage');
    assert.ok(rows.length > 0 && rows.every(({ durationMs }) => durationMs === undefined));
  });
});

describe('the page: picture', () => {
  it('says in words all that it draws', () => {
    const words = describePicture(plan.picture.before);
    const { vip, nodes, arrows } = plan.picture.before;
    for (const part of [vip.address, ...nodes.flatMap((node) => [node.host, node.role, ...node.lines])]) {
      assert.ok(words.includes(part), `${part} in ${words}`);
    }
    for (const { from, to, label } of arrows) assert.ok(words.includes(`${label} from ${from} to ${to}`));
  });

  it('says so when no host holds the virtual IP', () => {
    const picture = { ...plan.picture.before, vip: { address: '192.0.2.1', holder: undefined } };
    assert.match(describePicture(picture), /^Virtual IP 192\.0\.2\.1 on no host\./);
  });

  it('points each arrow to its end, and leaves out what is not drawn', () => {
    const picture = {
      vip: { address: '192.0.2.1', holder: 'b' },
      nodes: ['a', 'b', 'c'].map((host) => ({ host, role: '', lines: [] })),
      arrows: [
        { from: 'c', to: 'a', label: 'x' },
        { from: 'a', to: 'nowhere', label: 'y' },
      ],
    };
    assert.deepEqual(placeArrows(picture), [
      { from: 'c', to: 'a', label: 'x', first: 1, last: 3, direction: 'left' },
    ]);
  });
});

describe('the page: figures', () => {
  it('have the unit that fits and no false precision', () => {
    const shown = [0, 1.44, 9.99, 106, 999.7, 1_250, 59_949, 59_999, 3_599_400, 3_600_000].map(
      formatDuration,
    );
    assert.deepEqual(shown, [
      '0 ms',
      '1.4 ms',
      '10 ms',
      '106 ms',
      '1 s',
      '1.25 s',
      '59.9 s',
      '1 min 00 s',
      '59 min 59 s',
      '1 h 00 min',
    ]);
  });

  it('tick evenly while something runs', () => {
    assert.deepEqual([0, 1_000, 1_249].map(formatElapsed), ['0.0 s', '1.0 s', '1.2 s']);
    assert.equal(formatElapsed(-5), '0.0 s');
    assert.equal(formatOffset(214), '+0.21 s');
  });

  it('draw runs of numbers together', () => {
    const plain = (numbers: readonly number[]) => ranges(numbers).replaceAll('\u2060', '');
    assert.equal(plain([7, 1, 2, 3]), '1–3, 7');
    assert.equal(plain([4, 5]), '4, 5');
    assert.equal(plain([]), '');
  });
});
