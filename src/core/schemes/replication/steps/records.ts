import { type Step, WAS_OPENED } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { closeHeld, heldBefore, leased, shownHelper, type StepKit, targetOpened, unleased } from './kit';

const RETURNED = '/var/lib/clustercontrol-ha/returned';
const OPENED_MARKS = '/var/lib/clustercontrol-ha/opened /run/clustercontrol-ha/opened';

/** Announced before anything changes. Guards ignore it; a later plan sees that the number is used. */
export function epochPending(kit: StepKit, host: string, needs: readonly string[]): Step {
  const { next } = kit.context.epochs;
  const call = `role pending ${next} ${shellQuote(kit.target)}`;
  return {
    id: `epoch-pending-${host}`,
    title: `Announce epoch ${next}`,
    host,
    why: 'Anyone who looks at this host knows that a change is under way.',
    phase: 'prepare',
    needs,
    shown: [shownHelper(call)],
    // A resume runs it again, when the epoch may be committed here already.
    act: leased(
      `${kit.helper} ${call} || { read -r at _ named </var/lib/clustercontrol-ha/role && [ "$at $named" = ${shellQuote(`${next} ${kit.target}`)} ]; }`,
      10_000,
    ),
    undo: {
      shown: [shownHelper('role pending --clear')],
      script: leased(`${kit.helper} role pending --clear`, 10_000),
      effect: `epoch ${next} is no longer announced on ${host}`,
    },
    danger: 'none',
    usualMs: 15,
  };
}

export function epochPendingWitness(kit: StepKit, needs: readonly string[]): Step {
  const { next } = kit.context.epochs;
  const call = `witness pending ${next} ${shellQuote(kit.target)}`;
  return {
    id: 'epoch-pending-witness',
    title: `Announce epoch ${next} to the witness`,
    host: kit.context.site.prometheus.name,
    why: 'The witness must answer now: it has to commit in the middle of the outage.',
    phase: 'prepare',
    needs,
    shown: [shownHelper(call)],
    act: unleased(
      `${kit.helper} ${call} || [ "$(${kit.helper} witness show)" = ${shellQuote(`${next} ${kit.target}`)} ]`,
      10_000,
    ),
    danger: 'none',
    usualMs: 15,
  };
}

/** Old record first: at no moment two hosts are named primary of one epoch. */
export function roleOld(kit: StepKit, needs: readonly string[]): Step {
  const { next, undo } = kit.context.epochs;
  const call = `role write ${next} standby ${shellQuote(kit.target)}`;
  const back = `role write ${undo} primary ${shellQuote(kit.source)}`;
  const held = heldBefore(kit);
  return {
    id: 'role-old',
    title: 'The old primary is a standby from now on, on its disk',
    host: kit.source,
    why: 'Whatever happens next, a reboot of this host no longer opens it.',
    phase: 'outage',
    needs,
    shown: [shownHelper(call)],
    act: leased(`${kit.helper} ${call}`, 10_000),
    undo: {
      shown: [shownHelper(back), ...(held ? [shownHelper('close --hold')] : [])],
      // The flag may stand again already: undo of independent branches runs side by side. A primary's record takes a hold
      // away: one that was there before comes back in the same call, as this host may be out of reach for the next one.
      script: held
        ? leased(`${kit.helper} ${back} && { ${closeHeld(kit)}; }`, 90_000)
        : leased(
            `${kit.helper} ${back} && { [ ! -e /run/clustercontrol-ha/active ] || ${kit.helper} flag set ${undo}; }`,
            10_000,
          ),
      requires: ['role-new'],
      effect: `${kit.source} is primary on its disk, with epoch ${undo}${held ? ', and stays held closed' : ''}`,
    },
    danger: 'none',
    usualMs: 10,
  };
}

/**
 * Whom an undo names. Mostly the source; but a failover may go to the primary itself, whose epoch nobody else has (decision 35):
 * named a standby by its undo, it would make a primary of a dead host that lacks all that it took.
 */
function primaryBefore({ context, source, target }: StepKit): string {
  const { role } = context.seen.target;
  const record = role.known ? role.value.record : undefined;
  return record?.role === 'primary' && record.primary === target ? target : source;
}

/** What `role write` takes away of the target's marks, and an undo puts back. */
function marksBack(kit: StepKit): { readonly shown: readonly string[]; readonly script: string } {
  const { role } = kit.context.seen.target;
  const had = role.known ? role.value : { returned: false, held: false };
  const lines = [
    ...(had.returned === true ? [{ shown: `touch ${RETURNED}`, script: `true >${RETURNED}` }] : []),
    ...(had.held === true ? [{ shown: shownHelper('close --hold'), script: `{ ${closeHeld(kit)}; }` }] : []),
  ];
  return {
    shown: lines.map(({ shown }) => shown),
    script: lines.map(({ script }) => ` && ${script}`).join(''),
  };
}

export function epochCommit(kit: StepKit, needs: readonly string[]): Step {
  const { next, undo } = kit.context.epochs;
  const call = `witness commit ${next} ${shellQuote(kit.target)}`;
  const before = primaryBefore(kit);
  const back = `witness commit ${undo} ${shellQuote(before)}`;
  return {
    id: 'epoch-commit',
    title: `The witness commits epoch ${next}`,
    host: kit.context.site.prometheus.name,
    why: 'An epoch holds when it is durable on two of three.',
    phase: 'outage',
    needs,
    shown: [shownHelper(call)],
    act: unleased(`${kit.helper} ${call}`, 5_000),
    undo: {
      shown: [shownHelper(back)],
      script: unleased(`${kit.helper} ${back}`, 10_000),
      requires: ['role-new'],
      effect: `the witness names ${before} again, with epoch ${undo}`,
    },
    danger: 'none',
    usualMs: 10,
  };
}

export function roleNew(kit: StepKit, needs: readonly string[]): Step {
  const { next, undo } = kit.context.epochs;
  const call = `role write ${next} primary ${shellQuote(kit.target)}`;
  const before = primaryBefore(kit);
  const role = before === kit.target ? 'primary' : 'standby';
  const back = `role write ${undo} ${role} ${shellQuote(before)}`;
  const marks = marksBack(kit);
  return {
    id: 'role-new',
    title: 'The new primary is primary on its disk',
    host: kit.target,
    why: 'A reboot of this host brings it back as primary, once another of the three confirms it.',
    phase: 'outage',
    needs,
    shown: [shownHelper(call)],
    act: leased(`${kit.helper} ${call}`, 10_000),
    letsOpen: true,
    undo: {
      shown: [shownHelper(back), ...marks.shown],
      // Its guard may have opened it meanwhile: the epoch was committed. Then there are writes, and only forward is right.
      // Where it is certain that there are none, the mark of an opening that failed goes: who resumes from another machine has
      // nothing else to tell by.
      script: leased(
        `(${targetOpened(kit)}); case $? in 1) ${kit.helper} ${back}${marks.script} && rm -f ${OPENED_MARKS} ;; 0) echo '${kit.target} was opened since: finish this operation, then switch back' >&2; exit ${WAS_OPENED} ;; *) echo 'it can not be told whether ${kit.target} was opened: its MySQL does not answer. Start it, then resume' >&2; exit 1 ;; esac`,
        marks.script === '' ? 10_000 : 90_000,
        { inputs: ['final_gtid'] },
      ),
      effect: `${kit.target} is a ${role} on its disk, with epoch ${undo}`,
    },
    danger: 'none',
    usualMs: 10,
  };
}

export function pendingClear(kit: StepKit, host: string, needs: readonly string[]): Step {
  return {
    id: `pending-clear-${host}`,
    title: 'Take the announcement back',
    host,
    why: 'The epoch is committed: nothing is under way any more.',
    phase: 'after',
    needs,
    shown: [shownHelper('role pending --clear')],
    act: leased(`${kit.helper} role pending --clear`, 10_000),
    optional: true,
    danger: 'none',
    usualMs: 15,
  };
}
