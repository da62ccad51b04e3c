// Every state in which an operator can meet the page.
import { OperatorError } from '../../../src/core/errors';
import type { Plan } from '../../../src/core/plan/plan';
import { planOf as setupPlan } from '../../unit/setup/setting';
import { planOf as rejoinPlan } from '../../unit/rejoin/setting';
import { UUID_1, UUID_2 } from '../../unit/observation';
import { healthyPlan, unknownPlan, withChecks } from './plan';
import { ScriptedController } from './scriptedController';
import { ended, running, states } from './courses';
import { emergencyScenarios } from './emergencyScenarios';
import { snapshotAt, type Moment } from './snapshots';

const blocked = {
  lag: {
    outcome: 'fired',
    evidence: ['cc2 is 184 s behind cc1 (limit 20 s)', '5 312 transactions received, 4 876 not applied yet'],
    remedy: 'Wait until cc2 has caught up, then plan again.',
  },
  heartbeat: {
    outcome: 'unknown',
    evidence: ['cc2: performance_schema could not be read: connection lost after 4 s'],
    remedy: 'Make MySQL on cc2 answer, then plan again.',
  },
} as const;

const toAcknowledge = {
  snat: {
    level: 'acknowledge',
    outcome: 'fired',
    evidence: [
      'cc1: /etc/keepalived/manage_snat.sh does not handle STOP: its rule stays after keepalived stops',
    ],
    remedy: 'Deploy the hardened profile, or say why it is acceptable now.',
  },
  durability: {
    outcome: 'fired',
    evidence: ['cc2: sync_binlog is 1000'],
    remedy: 'SET PERSIST sync_binlog = 1 on cc2.',
  },
} as const;

const failure = {
  states: { 'files-last-pass': 'failed' },
  output: {
    'files-last-pass':
      'rsync: [sender] change_dir "/var/lib/cmon" failed: Input/output error (5)\nrsync error: some files/attrs were not transferred (code 23)',
  },
  reasons: {
    'files-last-pass': [
      'rsync ended with code 23 on cc1: not every file was transferred.',
      'Look at the disk of cc1, then plan again.',
    ],
  },
} as const satisfies Moment;

function undone(plan: Plan): ScriptedController {
  return ended({
    ...failure,
    states: { ...states(plan, 'files-last-pass', 'undone'), ...failure.states },
    end: 'undone',
    summary: 'Step "files-last-pass" failed on cc1. cc1 is the primary again, as before.',
    next: 'Look at the disk of cc1, then plan again.',
  })(plan);
}

function done(plan: Plan): ScriptedController {
  const all = Object.fromEntries(plan.steps.map((step) => [step.id, 'done' as const]));
  const controller = ended({
    states: all,
    end: 'done',
    summary: 'cc2 is the primary of dc1, cc1 replicates from it. Writes were away for 214 ms.',
    next: 'Nothing. A reboot of either host changes no role.',
    notes: ['GTID sets were equal before the opening: 8f6e…:1-48213.'],
  })(plan);
  const run = controller.run;
  const at = (id: string) => run?.steps.find((step) => step.id === id)?.startedAtMs ?? 0;
  controller.spans = [
    {
      id: 'writes',
      label: 'Writes',
      startedAtMs: at('database-close'),
      endedAtMs: at('database-close') + 214,
      measuredBy: 'from closing cc1 to the probe write on cc2, clocks of the hosts',
    },
    {
      id: 'vip',
      label: 'Virtual IP',
      startedAtMs: at('vip-drop'),
      endedAtMs: at('vip-drop') + 9,
      measuredBy: 'from its loss on cc1 to its arrival on cc2',
    },
  ];
  return controller;
}

/** Plays the whole run, a step each `beatMs`; Abort takes it back. */
function live(plan: Plan, beatMs = 120): ScriptedController {
  let timer: NodeJS.Timeout | undefined;
  let reached = 0;
  const startedAtMs = Date.now();
  const beat = (controller: ScriptedController): void => {
    const step = plan.steps[reached];
    if (!step) {
      controller.show({ run: done(plan).run });
      return;
    }
    controller.show({
      run: snapshotAt(plan, startedAtMs, { upTo: step.id, states: { [step.id]: 'running' } }),
    });
    reached += 1;
    timer = setTimeout(() => beat(controller), beatMs);
  };
  return new ScriptedController(plan, {
    start: beat,
    abort: (controller) => {
      clearTimeout(timer);
      const step = plan.steps[Math.max(0, reached - 1)];
      const moment: Moment = {
        states: states(plan, step?.id ?? '', 'undone'),
        end: 'undone',
        summary: 'Aborted by ada@console. Everything was taken back.',
        next: 'Plan again when you are ready.',
      };
      controller.show({ run: snapshotAt(plan, startedAtMs, moment) });
    },
  });
}

function settingUp(more: Moment = {}): ScriptedController {
  const plan = setupPlan();
  const opening = plan.steps.findIndex(({ id }) => id === plan.pointOfNoReturn);
  const at = plan.steps[opening + 3]?.id ?? '';
  return running(at, { [at]: 'running' }, more)(plan);
}

const healthy = (): Plan => healthyPlan(Date.now());

/** A fresh controller for each state, by name. */
export const scenarios: Readonly<Record<string, () => ScriptedController>> = {
  plan: () => new ScriptedController(withChecks(healthy(), { durability: toAcknowledge.durability })),
  unknown: () => new ScriptedController(unknownPlan(Date.now())),
  blocked: () => new ScriptedController(withChecks(healthy(), { ...blocked, ...toAcknowledge })),
  acknowledge: () => new ScriptedController(withChecks(healthy(), toAcknowledge)),
  outdated: () => {
    const controller = new ScriptedController(healthy(), {
      planAgain: async (again) => {
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        again.show({ current: { ...healthy(), id: 'page-test-2' }, difference: '' });
      },
    });
    controller.difference = 'cc2.read_only was true and is false now.';
    return controller;
  },
  /** Its standby has transactions of its own: they are given up by words that name host and number. */
  rejoin: () =>
    new ScriptedController(
      rejoinPlan({
        hosts: ({ cc2 }) => (cc2.mysql.gtidExecuted = `${UUID_1}:1-100,${UUID_2}:1-12`),
        answers: {
          'extra-transactions':
            'touched=INSERT cmon.jobs: 9\ntouched=UPDATE cmon.alarms: 4\nbytes=18233\nend=1\n',
          'files-that-differ': '<f.st...... etc/cmon.cnf\n*deleting   etc/cmon.d/cmon_9.cnf\n',
        },
      }),
    ),
  live: () => live(healthy()),
  running: () =>
    running('vip-drop', { 'vip-drop': 'running', 'files-last-pass': 'running', 'database-close': 'running' })(
      healthy(),
    ),
  /** A set-up may be stopped anywhere behind its beginning. */
  stoppable: () => settingUp(),
  stopping: () => settingUp({ abortedBy: 'ada@console' }),
  /** The wish could not be met: the other end says why. */
  problem: () =>
    new ScriptedController(healthy(), {
      planAgain: () => {
        throw new OperatorError({
          code: 'host-unreachable',
          what: 'cc1 does not answer: no route to host.',
          host: 'cc1',
          state: 'The plan stays as it is.',
          next: 'Bring it back, then plan again.',
        });
      },
    }),
  past: () => running('services-start', { 'services-start': 'running' })(healthy()),
  done: () => done(healthy()),
  refused: () =>
    ended({
      end: 'refused',
      summary: 'The site changed between plan and start: cc2 super_read_only was ON, is OFF now.',
      next: 'Find out who made cc2 writable, then plan again.',
    })(healthy()),
  undone: () => undone(healthy()),
  /** From its journal: nobody knows any more what was asked for. */
  'undone-before': () => Object.assign(undone(healthy()), { plansAgain: false }),
  'undo-owed': () => {
    const plan = healthy();
    return ended({
      ...failure,
      states: {
        ...states(plan, 'files-last-pass', 'undone'),
        ...failure.states,
        'services-stop': 'undo-owed',
        'file-sync-stop': 'undo-owed',
      },
      reasons: {
        ...failure.reasons,
        'services-stop': ['cc1 does not answer: no route to host.', 'Finish the undo when cc1 answers.'],
        'file-sync-stop': ['cc1 does not answer: no route to host.', 'Finish the undo when cc1 answers.'],
      },
      end: 'undo-owed',
      summary: 'cc1 does not answer, so two effects could not be taken back. No host accepts writes.',
      next: 'Bring cc1 back, then finish the undo.',
    })(plan);
  },
  unfinished: () =>
    ended({
      upTo: 'replicate-back',
      states: { 'replicate-back': 'unknown' },
      reasons: {
        'replicate-back': [
          'The connection to cc1 was lost before this step ended.',
          'Resume: it looks first whether its effect stands.',
        ],
      },
      end: 'unfinished',
      summary: 'cc2 is the primary and open. cc1 does not replicate from it yet.',
      next: 'Resume when cc1 answers.',
    })(healthy()),
  aborting: () =>
    running('files-first-pass', { 'files-first-pass': 'running' }, { abortedBy: 'ada@console' })(healthy()),
  undoing: () => {
    const plan = healthy();
    return running(
      'files-last-pass',
      {
        ...states(plan, 'files-last-pass', 'done'),
        ...failure.states,
        'services-stop': 'undoing',
        'vip-give': 'undone',
        'vip-drop': 'undone',
      },
      failure,
    )(plan);
  },
  /** Another operator took the site over while this one slept. */
  overtaken: () =>
    ended({
      upTo: 'files-first-pass',
      states: { 'files-first-pass': 'failed' },
      reasons: {
        'files-first-pass': [
          'cc1 refuses: another operation has taken over (token 8, ours is 7).',
          'Look at the site: what was begun here is finished or undone by whoever took it over.',
        ],
      },
      notes: ['The lease on cc1 was lost: a higher token was seen.'],
      end: 'unfinished',
      summary: 'Another operation has taken over this site, so nothing more was done from here.',
      next: 'Ask who took it over. Resume says how it ended.',
    })(healthy()),
  ...emergencyScenarios,
};
