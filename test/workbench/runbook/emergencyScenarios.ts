// The page in the emergency: the product's own plans for hosts that are dead, cut off, or half alive.
import type { Plan } from '../../../src/core/plan/plan';
import { emergency, planOf } from '../../unit/failover/setting';
import { answered } from '../../unit/promote/setting';
import { foldJournal } from '../../../src/core/run/fold';
import { outageSpans } from '../../../src/core/run/outages';
import { ended, running } from './courses';
import { ScriptedController } from './scriptedController';

const CUT_OFF = { isolated: 'cc1 is cut off from everybody: its switch is dead' };

const proven = (): Plan => planOf(emergency());
const isolated = (): Plan =>
  planOf(emergency('hardened', (given) => Object.assign(given, { attested: CUT_OFF })));
const halfWay = (): Plan =>
  planOf(
    emergency('hardened', (given) => {
      given.mode = 'half-way';
      given.unread.cc1 = { mysql: 'connect ENOENT' };
      given.answers['source-binlog'] = answered('file /var/lib/mysql/mysql-bin.000002\n');
    }),
  );

function allDone(plan: Plan): ScriptedController {
  const controller = ended({
    states: Object.fromEntries(plan.steps.map(({ id }) => [id, 'done' as const])),
    end: 'done',
    summary: 'cc2 is the primary of dc1. cc1 is not: prepare it as a secondary when it is back.',
    next: 'Prepare cc1 as a secondary when it is back: `plan rejoin cc1`.',
    notes: [
      'Everything that cc2 had received is there. Nothing later than 40 s before the plan is promised.',
    ],
  })(plan);
  const lines = controller.journal.map((line) => JSON.stringify(line));
  controller.spans = outageSpans(foldJournal('run', lines));
  return controller;
}

/** The opening was begun, and the host went silent: whether it took place only that host can tell. */
const cutOff = (): ScriptedController =>
  ended({
    upTo: 'open',
    states: { open: 'unknown' },
    reasons: {
      open: [
        'The connection to cc2 was lost before this step ended.',
        'Resume when cc2 answers: it is asked first whether it is open.',
      ],
    },
    end: 'unfinished',
    summary: 'Whether cc2 accepts writes is not known: it went silent while it was opened.',
    next: 'Bring cc2 back, then resume.',
  })(proven());

export const emergencyScenarios: Readonly<Record<string, () => ScriptedController>> = {
  /** Nothing proves that the old primary is dead. */
  'failover-evidence': () =>
    new ScriptedController(planOf(emergency('hardened', (given) => Object.assign(given, { attested: {} })))),
  failover: () => new ScriptedController(proven()),
  'half-way': () => new ScriptedController(halfWay()),
  /** The guard of the old primary needs its time to close it. */
  waiting: () => running('self-fenced-cc2', { 'self-fenced-cc2': 'running' })(isolated()),
  'failover-done': () => allDone(proven()),
  'cut-off': cutOff,
  /** The same, brought back in a folder that is not trusted. */
  untrusted: () => {
    const controller = cutOff();
    controller.hostsClosed = {
      reason: 'Hosts are not contacted from a folder that is not trusted.',
      next: 'If you know who wrote it: "Workspaces: Manage Workspace Trust".',
    };
    return controller;
  },
};
