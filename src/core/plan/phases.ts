import type { Plan, StepPhase } from './plan';

/** A part of a plan, as it is headed on the page and on paper. */
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

/** The old primary's host lives: it is closed later than a dead one, after its files were brought over. */
const HALF_WAY: readonly Phase[] = [
  {
    phase: 'prepare',
    title: 'Prepare',
    meaning: 'Users are cut off already. Files are brought over, and the new epoch is announced.',
  },
  {
    phase: 'outage',
    title: 'Take over',
    meaning:
      'The old primary is closed, and what it had is applied. Virtual IP and role come here. Nothing takes writes yet.',
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

/** Files and settings of a running pair (deploy, harden): nothing moves. */
const SETTINGS: readonly Phase[] = [
  {
    phase: 'prepare',
    title: 'Change',
    meaning:
      'Hosts are changed one step at a time; one that users notice says so. All of it can be taken back.',
  },
  {
    phase: 'outage',
    title: 'Change what users notice',
    meaning: 'Users notice. All of it can be taken back.',
  },
  { phase: 'open', title: 'Keep', meaning: 'What was changed stays. Forward only.' },
  { phase: 'after', title: 'Afterwards', meaning: 'The rest is put in order.' },
];

const ROTATE: readonly Phase[] = [
  { phase: 'prepare', title: 'Change', meaning: 'Users notice nothing: the old passwords still count.' },
  { phase: 'outage', title: 'Outage', meaning: 'Users notice.' },
  { phase: 'open', title: 'Discard', meaning: 'Only the new passwords count from here on. Forward only.' },
  { phase: 'after', title: 'Afterwards', meaning: 'The rest is put in order.' },
];

/** An emergency stop. Nothing opens in it. */
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

/** Of a plan that may be stopped anywhere: nobody is cut off, and each step may be run again. */
const STOPPABLE: readonly Phase[] = [
  { phase: 'prepare', title: 'Prepare', meaning: 'Nothing is changed yet.' },
  { phase: 'outage', title: 'Outage', meaning: 'Users notice.' },
  { phase: 'open', title: 'Begin', meaning: 'It can be stopped at any step, and gone on with later.' },
  { phase: 'after', title: 'Step by step', meaning: 'Each step looks first whether it is done.' },
];

const BY_OPERATION: Readonly<Record<string, readonly Phase[]>> = {
  failover: FAILOVER,
  rejoin: REJOIN,
  deploy: SETTINGS,
  harden: SETTINGS,
  rotate: ROTATE,
  close: CLOSE,
  reopen: REOPEN,
};

/** The parts of a plan in order, in words that are true of its operation. */
export function phasesOf({
  operation,
  mode,
  stoppable,
}: Pick<Plan, 'operation' | 'mode' | 'stoppable'>): readonly Phase[] {
  if (stoppable) return STOPPABLE;
  if (operation === 'failover' && mode === 'half-way') return HALF_WAY;
  return BY_OPERATION[operation] ?? PLANNED;
}
