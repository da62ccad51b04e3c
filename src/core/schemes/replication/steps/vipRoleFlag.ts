import { type Step, type StepUndo } from '../../../plan/plan';
import { pathsOf } from '../paths';
import type { ReplicationController } from '../site';
import { removeAddress, shownRemoval } from './address';
import { leased, shownHelper, type StepKit } from './kit';

/**
 * A give that is not followed by a drop is taken back by the host itself after this time. Shorter than three adverts with their
 * skew (0.6 s, at least 0.45 s, as schema.ts has it): a host that is cut off meanwhile has lost it before it would take the address.
 */
const GIVE_WINDOW_MS = 400;
/** What must be left of it when the old primary is asked to let go, as that takes a round trip to each of the two. */
const GIVE_LEFT_HUNDREDTHS = 30;

/** Sets the flag again with the epoch that the record names now. */
function flagAgain(kit: StepKit): string {
  return `read -r epoch _ </var/lib/clustercontrol-ha/role && ${kit.helper} flag set "$epoch" && ${kit.helper} vip wait held 8000`;
}

/** keepalived follows the flag; what one has left that was killed or hangs goes here. */
function giveUp(kit: StepKit, host: ReplicationController): string {
  return `${kit.helper} flag drop && ${removeAddress(kit, host)}`;
}

/** Takes back what made the new primary eligible, and sees the address gone. */
export function notEligible(kit: StepKit): StepUndo {
  const { target } = kit.context;
  return {
    shown: [shownHelper('flag drop'), shownRemoval(kit, target)],
    script: leased(`${giveUp(kit, target)} && ${kit.helper} vip wait absent 5000`, 10_000),
    // Its guard may have opened it: then users are there, and the address stays.
    requires: ['role-new'],
    effect: `${kit.target} is not eligible for ${kit.context.site.vip}`,
  };
}

/**
 * Give first: the new host is BACKUP before the old one lets go, so that the VIP has no holder for milliseconds, not 3.6 s.
 * Beside the stop of the services, which takes as long in a lab, and seconds with a busy cmon.
 */
export function vipGive(kit: StepKit, needs: readonly string[]): Step {
  const epoch = kit.context.epochs.next;
  return {
    id: 'vip-give',
    title: 'Make the new primary eligible for the virtual IP',
    host: kit.target,
    why: `Both are eligible for a moment; the flag is taken back after ${GIVE_WINDOW_MS} ms unless this host becomes MASTER.`,
    phase: 'outage',
    needs,
    shown: [shownHelper(`flag give ${epoch} ${GIVE_WINDOW_MS}`)],
    act: leased(`${kit.helper} flag give ${epoch} ${GIVE_WINDOW_MS}`, 10_000),
    undo: notEligible(kit),
    danger: 'none',
    usualMs: 30,
  };
}

/**
 * Costs a look where the services have stopped in time. Where they have not, it is taken back and given anew, with keepalived's
 * FAULT between: to lengthen it would leave the host eligible for longer than three adverts, and if it was cut off, a second holder.
 */
export function vipGiven(kit: StepKit, needs: readonly string[]): Step {
  const epoch = kit.context.epochs.next;
  const give = `flag give ${epoch} ${GIVE_WINDOW_MS}`;
  const state = (name: string): string =>
    `read -r state </run/clustercontrol-ha/vrrp_state && [ "$state" = ${name} ]`;
  const holds = `${state('MASTER')} && read -r active </run/clustercontrol-ha/active && [ "$active" = ${epoch} ]`;
  const left = [
    `read -r given until </run/clustercontrol-ha/given`,
    `read -r now _ </proc/uptime`,
    `[ "$given" = ${epoch} ]`,
    `[ $((until - \${now%.*}\${now#*.})) -ge ${GIVE_LEFT_HUNDREDTHS} ]`,
  ].join(' && ');
  return {
    id: 'vip-given',
    title: 'The new primary is still eligible',
    host: kit.target,
    why: 'Stopping the services may have taken longer than the time for which it is.',
    phase: 'outage',
    needs,
    shown: [
      `# where less than ${GIVE_LEFT_HUNDREDTHS * 10} ms are left:`,
      `# ${shownHelper('flag drop')}; ${shownHelper(give)}`,
    ],
    act: leased(
      [
        `{ ${left}; } 2>/dev/null && exit 0`,
        // Of a run that goes on: it holds the address, and its window is over.
        `{ ${holds}; } 2>/dev/null && exit 0`,
        `echo 'given anew'`,
        `${kit.helper} flag drop || exit 1`,
        `for _ in $(seq 100); do { ${state('FAULT')}; } 2>/dev/null && break; sleep 0.01; done`,
        `${kit.helper} ${give}`,
      ].join('\n'),
      10_000,
    ),
    noUndo: 'undone with the step that made it eligible',
    danger: 'none',
    usualMs: 10,
  };
}

export function vipDrop(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'vip-drop',
    title: 'The old primary gives up the virtual IP',
    host: kit.source,
    why: 'keepalived follows the flag: without it this host may not hold the address. Connections through it are cut here.',
    phase: 'outage',
    needs,
    shown: [shownHelper('flag drop'), shownRemoval(kit, kit.context.source)],
    act: leased(giveUp(kit, kit.context.source), 10_000),
    verify: leased(`[ ! -e /run/clustercontrol-ha/active ]`, 5_000),
    undo: {
      shown: [shownHelper('flag set EPOCH'), shownHelper('vip wait held 8000')],
      script: leased(flagAgain(kit), 15_000),
      // The flag gets the epoch of the record, which has its own of the undo by then.
      requires: ['role-new', 'role-old'],
      effect: `${kit.source} holds ${kit.context.site.vip} again`,
    },
    danger: 'interrupts',
    usualMs: 8,
  };
}

/** Beside the new primary's own wait: the rule that rewrites to the address must be gone with it. */
export function vipGone(kit: StepKit, needs: readonly string[]): Step {
  const notify = `${pathsOf(kit.context.source.os).notifyScript} INSTANCE VI_1 FAULT 0`;
  const absent = (ms: number): string => `${kit.helper} vip wait absent ${ms}`;
  return {
    id: 'vip-gone',
    title: 'The old primary holds the virtual IP no more',
    host: kit.source,
    why: 'A host that goes on rewriting to an address it lost is cut off, and could not replicate.',
    phase: 'outage',
    needs,
    shown: [
      shownHelper('vip wait absent 100'),
      `${notify}   # where that fails: keepalived did not call it`,
      shownHelper('vip wait absent 5000'),
    ],
    act: leased(`${absent(100)} || { ${notify}; ${absent(5_000)}; }`, 10_000, { unlocked: true }),
    noUndo: 'a rule for an address that is not here helps nobody',
    danger: 'none',
    usualMs: 40,
  };
}

export function vipTaken(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'vip-taken',
    title: 'The new primary holds the virtual IP',
    host: kit.target,
    why: 'VIP and source rewriting must stand before cmon starts, or it talks to the database nodes from the wrong address.',
    phase: 'outage',
    needs,
    shown: [shownHelper('vip wait held 6000')],
    act: leased(`${kit.helper} vip wait held 6000`, 10_000, { unlocked: true }),
    // Comes before the old primary's own undo: as long as this host is MASTER, that one can't have the address back.
    undo: {
      shown: [
        shownHelper('flag drop'),
        shownRemoval(kit, kit.context.target),
        shownHelper('vip wait absent 5000'),
      ],
      script: leased(`${giveUp(kit, kit.context.target)} && ${kit.helper} vip wait absent 5000`, 10_000),
      requires: ['role-new'],
      effect: `${kit.target} gives ${kit.context.site.vip} back`,
    },
    danger: 'none',
    usualMs: 40,
  };
}
