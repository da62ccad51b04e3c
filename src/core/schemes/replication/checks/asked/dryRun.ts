import { shellQuote } from '../../../../quote';
import type { PlanQuestion } from '../../../scheme';
import type { ReplicationSite } from '../../site';

const SHOWN = 10;

/** What a pass of rsync would do now. */
export interface DryRunAnswer {
  /** Files that rest for a minute and differ: lsyncd should have brought them. */
  readonly stale: number;
  /** Files that the standby alone has: the pass deletes them. */
  readonly extra: number;
  readonly shown: readonly string[];
}

/** Exit code of `timeout` for what it had to end. */
export const DRY_RUN_TOO_LONG = 124;

/**
 * The pass that a promotion makes, without making it, as lsyncd of that host reaches the other end. What changed within
 * the last minute is left out: lsyncd gathers changes for 15 s.
 */
export function dryRunQuestion(
  id: string,
  source: string,
  target: string,
  login: string | undefined,
  site: ReplicationSite,
): PlanQuestion {
  const paths = [...site.sync.directories, ...site.sync.files].map(shellQuote).join(' ');
  const to = shellQuote(`${login === undefined ? '' : `${login}@`}${target}:/`);
  const sudo = login === undefined || login === 'root' ? '' : `--rsync-path='sudo -n rsync' `;
  const ssh = `-e 'ssh -o BatchMode=yes -o ConnectTimeout=2'`;
  return {
    id,
    host: source,
    script: [
      `set --; for p in ${paths}; do [ -e "$p" ] && set -- "$@" "$p"; done; [ $# -gt 0 ] || exit 0`,
      `settled=$(date -d '-60 seconds' '+%Y/%m/%d-%H:%M:%S')`,
      `out=$(timeout 3 rsync -a --relative --delete --dry-run --out-format='%M %i %n' ${sudo}${ssh} "$@" ${to} 2>&1) || { code=$?; printf '%s\\n' "$out" | tail -n 2 >&2; exit $code; }`,
      // Times of folders follow their files.
      `printf '%s\\n' "$out" | awk -v settled="$settled" '$2 == "*deleting" { extra++; if (extra <= ${SHOWN}) print "shown only there:" substr($0, index($0, $2) + 9); next } $2 ~ /^[<>ch.]f/ && $1 < settled { stale++; if (stale <= ${SHOWN}) print "shown " $1 " " substr($0, index($0, $2) + 12) } END { printf "stale %d\\nextra %d\\n", stale, extra }'`,
    ].join('\n'),
    timeoutMs: 5_000,
    remote: true,
  };
}

export function readDryRun(text: string): DryRunAnswer {
  const count = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    stale: count('stale'),
    extra: count('extra'),
    shown: [...text.matchAll(/^shown (.*)$/gm)].map((match) => match[1] ?? ''),
  };
}
