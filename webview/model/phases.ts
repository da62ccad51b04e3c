import type { Plan, StepPhase } from '../../src/shared/protocol';

/** A part of a plan, as it is headed on the page. */
export interface Phase {
  readonly phase: StepPhase;
  readonly title: string;
  /** What users notice in it, and whether it can be taken back. */
  readonly meaning: string;
}

const AFTER: Phase = {
  phase: 'after',
  title: 'Afterwards',
  meaning: 'Writes are possible again; services start and the rest is put in order.',
};
const OPEN: Phase = {
  phase: 'open',
  title: 'Open',
  meaning: 'The new primary takes over. Forward only.',
};

const PLANNED: readonly Phase[] = [
  { phase: 'prepare', title: 'Prepare', meaning: 'Nothing changes for users yet.' },
  { phase: 'outage', title: 'Outage', meaning: 'Users notice from here until the new primary is open.' },
  OPEN,
  AFTER,
];

const FAILOVER: readonly Phase[] = [
  {
    phase: 'prepare',
    title: 'Prepare',
    meaning: 'Users are cut off already. The old primary is shut out, and what was received is applied.',
  },
  {
    phase: 'outage',
    title: 'Take over',
    meaning: 'Virtual IP and role come here. Nothing takes writes yet.',
  },
  OPEN,
  AFTER,
];

const REJOIN: readonly Phase[] = [
  { phase: 'prepare', title: 'Prepare', meaning: 'Users notice nothing: the primary serves them.' },
  { phase: 'outage', title: 'Replace', meaning: 'Users notice nothing: the primary serves them.' },
  {
    phase: 'open',
    title: 'Follow',
    meaning: 'What this host had is applied over or replaced. Forward only.',
  },
  { phase: 'after', title: 'Afterwards', meaning: 'The standby is put in order.' },
];

const CLOSE: readonly Phase[] = [
  { phase: 'prepare', title: 'Before', meaning: 'Commands of your own that name this operation.' },
  { phase: 'outage', title: 'Outage', meaning: 'Users notice.' },
  {
    phase: 'open',
    title: 'Close',
    meaning: 'Not taken back by a failure. The way back is "Reopen This Host".',
  },
  { phase: 'after', title: 'Look', meaning: 'Whether all of it is closed, and stays so.' },
];

const REOPEN: readonly Phase[] = [
  { phase: 'prepare', title: 'Prepare', meaning: 'The host is still closed.' },
  { phase: 'outage', title: 'Prepare', meaning: 'MySQL is still closed.' },
  { phase: 'open', title: 'Open', meaning: 'The host goes on with what it has. Forward only.' },
  AFTER,
];

const OF_OPERATIONS: Readonly<Record<string, readonly Phase[]>> = {
  failover: FAILOVER,
  rejoin: REJOIN,
  close: CLOSE,
  reopen: REOPEN,
};

/** Of a plan that may be stopped anywhere: nobody is cut off, and each step may be run again. */
const STOPPABLE: readonly Phase[] = [
  { phase: 'prepare', title: 'Prepare', meaning: 'Nothing is changed yet.' },
  { phase: 'outage', title: 'Outage', meaning: 'Users notice.' },
  { phase: 'open', title: 'Begin', meaning: 'It can be stopped at any step, and gone on with later.' },
  { phase: 'after', title: 'Step by step', meaning: 'Each step looks first whether it is done.' },
];

/** The parts of a plan in order. */
export function phasesOf(plan: Pick<Plan, 'operation' | 'stoppable'>): readonly Phase[] {
  return plan.stoppable ? STOPPABLE : (OF_OPERATIONS[plan.operation] ?? PLANNED);
}
