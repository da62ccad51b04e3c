import { instanceOf } from '../../../../keepalived/config';
import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { keptFolder } from '../../deploy/install';
import { pathsOf } from '../../paths';
import type { ReplicationController } from '../../site';
import { leased, shownHelper, type StepKit } from '../../steps/kit';
import { rulesTo } from '../../steps/snatRule';
import type { HardenContext } from '../context';

/** Life of tracked flows of protocols without ports, VRRP among them. */
const TIMEOUT = '/proc/sys/net/netfilter/nf_conntrack_generic_timeout';
const VRRP_GROUP = '224.0.0.18';

const files = (context: HardenContext): Readonly<Record<'rules' | 'timeout', string>> => ({
  rules: shellQuote(`${keptFolder(context)}/snat-rules`),
  timeout: shellQuote(`${keptFolder(context)}/generic-timeout`),
});

/** Longer than two adverts of what runs now: only a packet shortens the life of its flow. */
function advertsSeconds({ seen, site }: HardenContext): string {
  const config = seen.source.keepalived.known ? seen.source.keepalived.value.config : undefined;
  const interval = instanceOf(config ?? '', site.vip)?.advertIntervalSeconds ?? 1;
  return (2 * interval + 0.3).toFixed(1);
}

/**
 * The flow of the adverts outlives the rule that rewrote it, and would rewrite those of VRRP 3, too, whose checksum covers
 * the source: the other host would take itself for alone (measured). With no life of its own each flow ends at its next packet.
 */
function forgetVrrp(context: HardenContext): string {
  const { timeout } = files(context);
  return `if [ -w ${TIMEOUT} ]; then
  [ -e ${timeout} ] || cat ${TIMEOUT} >${timeout} || exit 1
  trap 'cat ${timeout} >${TIMEOUT}' EXIT
  echo 0 >${TIMEOUT} && sleep ${advertsSeconds(context)}
  cat ${timeout} >${TIMEOUT} && trap - EXIT && rm -f ${timeout} || exit 1
fi
`;
}

/** Rewritten adverts, as the kernel tracks them; nothing where it does not say. */
function rewritten({ site }: HardenContext): string {
  return `grep -E ' 112 [0-9]+ .*dst=${VRRP_GROUP.replaceAll('.', '\\.')} ' /proc/net/nf_conntrack 2>/dev/null | grep -F ' dst=${site.vip} '`;
}

/** One transaction takes the documented rule away and puts the chain: no connection meets half of it, and flows that stand keep their way. */
export function snatChain(
  { context, helper }: StepKit & { readonly context: HardenContext },
  host: ReplicationController,
  needs: readonly string[],
): Step {
  const script = pathsOf(host.os).notifyScript;
  const primary = host.name === context.source.name;
  const { rules, timeout } = files(context);
  const list = `iptables -w 5 -t nat -S POSTROUTING | ${rulesTo(context.site.vip)}`;
  const tables = `{ echo '*nat'; echo ':CMON_SNAT - [0:0]'
  iptables -w 5 -t nat -S POSTROUTING | sed -n 's/^-A \\(POSTROUTING .*-j CMON_SNAT\\)$/-D \\1/p'
  ${list} | sed 's/^-A/-D/'
  echo '-X CMON_SNAT'; ${primary ? `cat ${rules}; ` : ''}echo COMMIT; } | iptables-restore -w 5 --noflush`;
  return {
    id: `snat-${host.name}`,
    title: primary
      ? 'Source rewriting moves into its own chain'
      : 'Source rewriting that was left behind goes',
    host: host.name,
    why: primary
      ? 'In one transaction, so that connections that stand are not cut. VRRP, the other controller and running connections are exempt from then on.'
      : 'The documented script leaves its rule when keepalived stops.',
    phase: 'prepare',
    needs,
    shown: [
      `${script} INSTANCE VI_1 ${primary ? 'MASTER' : 'BACKUP'} 0`,
      ...(primary
        ? [
            `echo 0 >${TIMEOUT}; sleep ${advertsSeconds(context)}; echo 600 >${TIMEOUT}   # adverts are tracked anew`,
          ]
        : []),
      shownHelper(`vip wait ${primary ? 'held' : 'absent'} 2000`),
    ],
    act: leased(
      `set -u; umask 077
[ -e ${rules} ] || { ${list} >${rules}.part; mv -f ${rules}.part ${rules}; } || exit 1
${script} INSTANCE VI_1 ${primary ? 'MASTER' : 'BACKUP'} 0 || exit 1
${primary ? forgetVrrp(context) : ''}for _ in $(seq 30); do
  left=$(${rewritten(context)}) || { ${helper} vip wait ${primary ? 'held' : 'absent'} 2000; exit; }
  ! command -v conntrack >/dev/null || conntrack -D -p 112 >/dev/null 2>&1
  sleep 0.1
done
echo "VRRP adverts are still rewritten: $left" >&2; exit 1`,
      25_000,
    ),
    undo: {
      shown: [
        'iptables-restore --noflush <<RULES   # CMON_SNAT removed',
        ...(primary ? ['# and what stood there before'] : []),
      ],
      script: leased(
        `[ ! -e ${timeout} ] || { cat ${timeout} >${TIMEOUT} && rm -f ${timeout}; }
[ -e ${rules} ] || exit 0
${tables} && rm -f ${rules}`,
        20_000,
      ),
      effect: `the NAT rules of ${host.name} are what they were`,
    },
    danger: 'none',
    usualMs: primary ? 2_600 : 60,
  };
}
