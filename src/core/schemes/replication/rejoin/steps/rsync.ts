import { valueOf } from '../../../../observe/fact';
import type { SiteObservation } from '../../../../observe/host';
import { shellQuote } from '../../../../quote';
import type { ReplicationSite } from '../../site';

/** The other end as lsyncd of this host reaches it. Another user than root takes rsync through sudo. */
function remote(primary: string, host: string, observation: SiteObservation) {
  const seen = observation.hosts[primary];
  const user = seen === undefined ? undefined : valueOf(seen.lsyncd)?.login;
  return {
    login: user === undefined ? host : `${user}@${host}`,
    rsyncPath: user === undefined || user === 'root' ? '' : `--rsync-path='sudo -n rsync' `,
  };
}

/** On the primary: the documented set to the host. What does not exist is left out, or it would fail the rest. */
export function rsyncTo(
  site: ReplicationSite,
  primary: string,
  host: string,
  observation: SiteObservation,
  options: string,
): string {
  const { login, rsyncPath } = remote(primary, host, observation);
  const paths = [...site.sync.directories, ...site.sync.files].map(shellQuote).join(' ');
  return `set --; for p in ${paths}; do [ -e "$p" ] && set -- "$@" "$p"; done; [ $# -gt 0 ] || exit 1
rsync -a --relative --delete --timeout=20 ${options}${rsyncPath}-e 'ssh -o BatchMode=yes -o ConnectTimeout=3' "$@" ${shellQuote(`${login}:/`)} </dev/null`;
}

export function shownRsyncTo(site: ReplicationSite, host: string, options: string): string {
  return `rsync -a --relative --delete ${options}${[...site.sync.directories, ...site.sync.files].join(' ')} ${host}:/`;
}
