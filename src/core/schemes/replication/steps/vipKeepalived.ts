import { instanceOf } from '../../../keepalived/config';
import { type Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import type { ReplicationController } from '../site';
import { removeAddress, shownRemoval } from './address';
import { leased, shownHelper, type StepKit, unleased } from './kit';
import { rulesTo } from './snatRule';

/**
 * Hosts of the documented profile: there the VIP follows nothing but keepalived itself (measured: with the documented
 * weight and nopreempt, cmon's death moves nothing), so the old primary's keepalived is stopped.
 */
function cleanSnat(kit: StepKit): string {
  // The documented notify script ignores STOP: the rule stays, and the host goes on rewriting to an address it lost.
  return `iptables -w 5 -t nat -S POSTROUTING | ${rulesTo(kit.context.site.vip)} | sed 's/^-A/-D/' | while read -r rule; do eval "iptables -w 5 -t nat $rule"; done`;
}

/**
 * keepalived lets the address go at once and takes a second more to end (measured): the rule is removed as soon as the
 * address is gone, or this host would go on rewriting to an address that is another's by then.
 */
export function letGo(kit: StepKit, host: ReplicationController): string {
  const address = `ip -4 -o addr show dev ${shellQuote(host.interface)} to ${shellQuote(`${kit.context.site.vip}/32`)}`;
  return [
    'systemctl stop --no-block keepalived',
    `for _ in $(seq 20); do [ -n "$(${address})" ] || break; sleep 0.01; done`,
    removeAddress(kit, host),
    cleanSnat(kit),
    `${kit.helper} vip wait absent 5000`,
  ].join('; ');
}

/** What `letGo` does, as a plan shows it. */
export function shownLetGo(kit: StepKit, host: ReplicationController): string[] {
  return [
    'systemctl stop keepalived',
    shownRemoval(kit, host),
    `iptables -t nat -D POSTROUTING -o ${host.interface} -j SNAT --to-source ${kit.context.site.vip}   # as often as it stands there`,
    shownHelper('vip wait absent 5000'),
  ];
}

export function keepalivedReady(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'keepalived-ready',
    title: 'keepalived of the new primary is ready',
    host: kit.target,
    why: 'It must be BACKUP before the other one stops.',
    phase: 'prepare',
    needs,
    shown: ['systemctl start keepalived'],
    act: leased('systemctl start keepalived && systemctl is-active --quiet keepalived', 10_000),
    verify: unleased('systemctl is-active --quiet keepalived || exit 1', 5_000),
    undo: {
      shown: ['systemctl start keepalived'],
      script: leased('systemctl start keepalived', 10_000),
      effect: `keepalived runs on ${kit.target}, as BACKUP`,
    },
    danger: 'none',
    usualMs: 20,
  };
}

export function keepalivedStop(kit: StepKit, needs: readonly string[]): Step {
  const { vip } = kit.context.site;
  return {
    id: 'vip-drop',
    title: 'Stop keepalived on the old primary and clean its SNAT rule',
    host: kit.source,
    why: 'With the documented configuration this is the only thing that moves the virtual IP. Connections through it are cut here.',
    phase: 'outage',
    needs,
    shown: shownLetGo(kit, kit.context.source),
    act: leased(letGo(kit, kit.context.source), 20_000),
    verify: leased(
      `! systemctl is-active --quiet keepalived && ${kit.helper} vip wait absent 1 || exit 1`,
      10_000,
    ),
    undo: {
      shown: ['systemctl start keepalived'],
      script: leased(`systemctl start keepalived && ${kit.helper} vip wait held 15000`, 25_000),
      effect: `${kit.source} holds ${vip} again`,
    },
    danger: 'interrupts',
    usualMs: 300,
  };
}

export function keepalivedTaken(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'vip-taken',
    title: 'The new primary holds the virtual IP',
    host: kit.target,
    why: 'VIP and source rewriting must stand before cmon starts. Your own ssh session may be cut here; it is opened again.',
    phase: 'outage',
    needs,
    shown: [shownHelper('vip wait held 15000')],
    act: leased(`${kit.helper} vip wait held 15000`, 20_000, { unlocked: true }),
    undo: {
      shown: shownLetGo(kit, kit.context.target),
      script: leased(letGo(kit, kit.context.target), 20_000),
      effect: `${kit.target} gives ${kit.context.site.vip} back`,
    },
    danger: 'none',
    usualMs: 700,
  };
}

/** Only with nopreempt does the old primary come back as BACKUP; otherwise its priority would take the VIP at once. */
export function keepalivedReturns(kit: StepKit, needs: readonly string[]): Step | undefined {
  const keepalived = kit.context.seen.source.keepalived;
  const config = keepalived.known ? keepalived.value.config : undefined;
  if (instanceOf(config ?? '', kit.context.site.vip)?.nopreempt !== true) {
    return undefined;
  }
  return {
    id: 'keepalived-returns',
    title: 'keepalived of the new standby comes back as BACKUP',
    host: kit.source,
    why: 'nopreempt stands in its configuration, so it leaves the address where it is.',
    phase: 'after',
    needs,
    shown: ['systemctl start keepalived'],
    act: leased('systemctl start keepalived && systemctl is-active --quiet keepalived', 10_000),
    verify: unleased('systemctl is-active --quiet keepalived || exit 1', 5_000),
    optional: true,
    danger: 'none',
    usualMs: 30,
  };
}
