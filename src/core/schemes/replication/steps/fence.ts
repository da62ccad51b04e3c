import { type HookSurroundings, type PowerHook, powerOff } from '../../../operate/hooks';
import { OPERATORS_MACHINE, type Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import type { SiteHost } from '../../../inventory/site';
import { closeHeld, heldBefore, leased, noProcess, shownHelper, type StepKit, unleased } from './kit';

/** The operator's own command switches the old primary off, and is asked whether it is off. */
export function powerOffStep(
  kit: StepKit,
  hook: PowerHook,
  host: SiteHost,
  around: HookSurroundings,
  needs: readonly string[],
): Step {
  return {
    id: 'power-off',
    title: `Switch ${kit.source} off`,
    host: OPERATORS_MACHINE,
    why: 'A host without power writes nothing. Your own command does it; it is asked whether it was done.',
    phase: 'prepare',
    needs,
    ...powerOff(hook, host, around),
    danger: 'none',
    usualMs: 3_000,
  };
}

/**
 * An old primary that is cut off closes itself after its self-fencing time. It is counted from now: an operation may have
 * opened it since its guard was heard last, and then that guard counts from there. A guard that asks here again is not cut
 * off: it hears the newer epoch, or a lease, and the wait is over with a refusal.
 */
export function selfFenced(kit: StepKit, host: string, waitSeconds: number, needs: readonly string[]): Step {
  const file = shellQuote(`/run/clustercontrol-ha/asked-${kit.source}`);
  return {
    id: `self-fenced-${host}`,
    title: `${kit.source} stays silent for ${waitSeconds} s`,
    host,
    why: `A primary that hears nobody closes itself: flag, MySQL, services. This is its time limit and a margin, counted from now: its guard may not ask ${host} meanwhile.`,
    phase: 'prepare',
    needs,
    shown: [`cat ${file}   # hundredths of a second of uptime; unchanged for ${waitSeconds} s`],
    act: unleased(
      [
        `now() { read -r up _ </proc/uptime; now=\${up%.*}; }`,
        `asked() { at=; { read -r at <${file}; } 2>/dev/null; }`,
        `now; began=$now; asked; first=$at`,
        `while :; do`,
        `  asked; [ "$at" = "$first" ] || { echo "the guard of ${kit.source} asks ${host} again: it is not cut off" >&2; exit 1; }`,
        `  now; [ $((now - began)) -lt ${waitSeconds} ] || exit 0`,
        `  sleep 0.5`,
        `done`,
      ].join('\n'),
      (waitSeconds + 15) * 1_000,
      { onlyWaits: true },
    ),
    danger: 'none',
    usualMs: waitSeconds * 1_000,
  };
}

/** Observed again when the fence stands: a host that was dead for the plan may have come back since. */
export function stillDead(kit: StepKit, host: string, script: string, needs: readonly string[]): Step {
  const { next } = kit.context.epochs;
  const isTarget = host === kit.target;
  // Once the record is on its disk there is no way round it: it is newer than the old primary's own.
  const decided = isTarget
    ? `read -r epoch role _ </var/lib/clustercontrol-ha/role 2>/dev/null; [ "$epoch $role" = '${next} primary' ] && exit 0`
    : `[ "$(${kit.helper} witness show 2>/dev/null)" = ${shellQuote(`${next} ${kit.target}`)} ] && exit 0`;
  return {
    id: `still-dead-${host}`,
    title: `${kit.source} shows no life, seen from ${host}`,
    host,
    why: 'It is looked for once more, after it was made sure that it cannot write.',
    phase: 'prepare',
    needs,
    shown: [
      `ping ${kit.context.source.address}`,
      `# its ARP, ssh, MySQL and cmon ports; who answers for ${kit.context.site.vip}; when its guard last asked`,
    ],
    act: unleased(script, 15_000),
    verify: unleased(`${decided}\n( ${script}\n)`, 15_000),
    danger: 'none',
    usualMs: 2_500,
  };
}

/** Half-way: the host lives, so its own helper closes it, and keeps its guard from opening it again. */
export function sourceClose(kit: StepKit, needs: readonly string[]): Step {
  const held = heldBefore(kit);
  return {
    id: 'source-close',
    title: `Close ${kit.source}`,
    host: kit.source,
    why: 'Its MySQL is dead, but may come back: flag, MySQL, services, lsyncd and virtual IP are closed, and held closed.',
    phase: 'outage',
    needs,
    shown: [shownHelper('close --hold')],
    act: leased(closeHeld(kit), 60_000),
    verify: leased(
      `[ -e /var/lib/clustercontrol-ha/hold ] && [ ! -e /run/clustercontrol-ha/active ] && ${noProcess('cmon')} || exit 1`,
      10_000,
    ),
    // A hold that was there before is not this operation's to take away.
    undo: held
      ? {
          shown: [shownHelper('close --hold')],
          script: leased(closeHeld(kit), 90_000),
          requires: ['role-new'],
          effect: `${kit.source} stays held closed`,
        }
      : {
          shown: [shownHelper('hold --clear')],
          script: leased(`${kit.helper} hold --clear`, 10_000),
          requires: ['role-new'],
          effect: `the guard of ${kit.source} may open it again, once its MySQL answers`,
        },
    danger: 'interrupts',
    usualMs: 300,
  };
}

/** Its record says standby: that keeps it closed from here on, over boots. */
export function holdClear(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'hold-clear',
    title: `${kit.source} is kept closed by its record alone`,
    host: kit.source,
    why: 'It is a standby of the new epoch on its disk. The hold by hand would only stand in the way later.',
    phase: 'after',
    needs,
    shown: [shownHelper('hold --clear')],
    act: leased(`${kit.helper} hold --clear`, 10_000),
    optional: true,
    danger: 'none',
    usualMs: 10,
  };
}
