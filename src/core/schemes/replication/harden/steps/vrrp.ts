import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { keptFolder } from '../../deploy/install';
import { pathsOf } from '../../paths';
import { leased, shownHelper, type StepKit } from '../../steps/kit';
import type { HardenContext } from '../context';

/** Seconds of a VRRP 2 speaker until it takes an address that nobody has, and of its predecessor to end. */
const AWAY_SECONDS = 5;

/**
 * Before keepalived.conf of the primary is replaced. It changes nothing; its undo comes when the old file is back. A reload
 * would not do there: a process that has once had script security keeps it, and drops the documented check and notify
 * script without a word (measured, 2.3.4). So it tells nobody that it ends, either: its rules are taken away as soon as
 * the address is gone, or they would outlive it until the next process has started (0.9 s, measured).
 */
export function keepalivedBefore(
  { context, helper }: StepKit & { readonly context: HardenContext },
  needs: readonly string[],
): Step {
  const { source, site } = context;
  const reread = shellQuote(`${keptFolder(context)}/reread-keepalived`);
  const notify = `${pathsOf(source.os).notifyScript} INSTANCE VI_1 STOP 0`;
  return {
    id: 'keepalived-before',
    title: 'The virtual IP is here, with its source rewriting',
    host: source.name,
    why: 'What is true before keepalived reads its new file must be true afterwards.',
    phase: 'prepare',
    needs,
    shown: [shownHelper('vip wait held 2000')],
    act: leased(`${helper} vip wait held 2000`, 10_000),
    undo: {
      shown: [
        'systemctl stop keepalived   # where it had read the new file',
        `${notify}   # as soon as ${site.vip} is gone`,
        'systemctl start keepalived',
      ],
      script: leased(
        `if [ -e ${reread} ]; then
  systemctl stop --no-block keepalived || exit 1
  for _ in $(seq 250); do [ -n "$(ip -4 -o addr show to ${shellQuote(`${site.vip}/32`)})" ] || break; sleep 0.02; done
  ${notify}
  systemctl stop keepalived && systemctl start keepalived && ${helper} vip wait held 20000 && rm -f ${reread}
fi`,
        40_000,
        { unlocked: true },
      ),
      effect: `keepalived of ${source.name} runs by its old file; ${site.vip} is away for about ${AWAY_SECONDS} s, and nobody else takes it`,
    },
    danger: 'none',
    usualMs: 20,
  };
}
