import { type Step } from '../../../plan/plan';
import { leased, shownHelper, type StepKit } from './kit';
import { notEligible } from './vipRoleFlag';

/** No one to give it back to: the flag is set for good, and stands until it is dropped. */
export function vipTake(kit: StepKit, needs: readonly string[]): Step {
  const { next } = kit.context.epochs;
  return {
    id: 'vip-take',
    title: 'Make the new primary eligible for the virtual IP',
    host: kit.target,
    why: 'keepalived follows the flag. Nobody else sends adverts, so it becomes MASTER when its own timer has run out.',
    phase: 'outage',
    needs,
    shown: [shownHelper(`flag set ${next}`)],
    act: leased(`${kit.helper} flag set ${next}`, 10_000),
    undo: notEligible(kit),
    danger: 'none',
    usualMs: 10,
  };
}

/** Documented hosts: keepalived took the address when the other one died. */
export function vipHeld(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'vip-taken',
    title: 'The new primary holds the virtual IP',
    host: kit.target,
    why: 'VIP and source rewriting must stand before cmon starts, or it talks to the database nodes from the wrong address.',
    phase: 'outage',
    needs,
    shown: ['systemctl start keepalived', shownHelper('vip wait held 15000')],
    act: leased(`systemctl start keepalived && ${kit.helper} vip wait held 15000`, 25_000, {
      unlocked: true,
    }),
    noUndo: 'its keepalived holds the address since the other one died',
    danger: 'none',
    usualMs: 100,
  };
}
