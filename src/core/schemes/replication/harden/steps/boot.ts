import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { keptFolder } from '../../deploy/install';
import { pathsOf } from '../../paths';
import type { ReplicationController } from '../../site';
import { leased } from '../../steps/kit';
import type { HardenContext } from '../context';

const GUARD = 'clustercontrol-ha-guard';

/** What starts at boot: the guard, and by it everything that only a primary runs. */
export function bootByRole(
  context: HardenContext,
  { name: host, os }: ReplicationController,
  needs: readonly string[],
): Step {
  const always = ['keepalived', pathsOf(os).mysqlUnit];
  const byRole = [...context.site.services, 'lsyncd'];
  const list = shellQuote(`${keptFolder(context)}/enabled`);
  return {
    id: `boot-${host}`,
    title: 'At boot the guard decides what starts',
    host,
    why: 'The documented units of a standby start with it. What runs now is not touched.',
    phase: 'prepare',
    needs,
    shown: [`systemctl disable ${byRole.join(' ')}`, `systemctl enable ${[...always, GUARD].join(' ')}`],
    act: leased(
      `set -u; umask 077
if [ ! -e ${list} ]; then
  for unit in ${[...byRole, ...always].join(' ')}; do
    [ "$(systemctl is-enabled "$unit" 2>/dev/null)" != enabled ] || echo "$unit"
  done >${list}.part && mv -f ${list}.part ${list} || exit 1
fi
systemctl enable --quiet ${[...always, GUARD].join(' ')} || exit 1
for unit in ${byRole.join(' ')}; do systemctl disable --quiet "$unit" 2>/dev/null || :; done
! systemctl is-enabled --quiet ${byRole[0] ?? 'cmon'}`,
      60_000,
    ),
    undo: {
      shown: ['systemctl enable …   # what was', `systemctl disable ${GUARD}`],
      script: leased(
        `systemctl disable --quiet ${GUARD} 2>/dev/null
[ -e ${list} ] || exit 0
for unit in ${[...byRole, ...always].join(' ')}; do
  if grep -qxF "$unit" ${list}; then systemctl enable --quiet "$unit" || exit 1; else systemctl disable --quiet "$unit" 2>/dev/null || :; fi
done
rm -f ${list}`,
        60_000,
      ),
      effect: `${host} boots as before`,
    },
    danger: 'none',
    usualMs: 900,
  };
}

/** It finds its host as its record says, and leaves it alone as long as this operation holds the lease. */
export function guardStart(host: string, needs: readonly string[]): Step {
  return {
    id: `guard-${host}`,
    title: 'The guard runs',
    host,
    why: 'It watches before anything trusts the role. Were this operation to die here, it would keep what it finds: the host as it is.',
    phase: 'prepare',
    needs,
    shown: [`systemctl start ${GUARD}`],
    // What a guard of an earlier attempt last heard is no silence of this one: it would close the host at its first look.
    act: leased(
      `systemctl is-active --quiet ${GUARD} || rm -f /run/clustercontrol-ha/contact
systemctl start ${GUARD} && systemctl is-active --quiet ${GUARD}`,
      30_000,
    ),
    undo: {
      shown: [`systemctl stop ${GUARD}`],
      script: leased(`systemctl stop ${GUARD} 2>/dev/null; ! systemctl is-active --quiet ${GUARD}`, 20_000),
      effect: `no guard runs on ${host}`,
    },
    danger: 'none',
    usualMs: 300,
  };
}
