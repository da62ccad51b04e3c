import type { Step } from '../../../../plan/plan';
import { leased } from '../../steps/kit';

/** Where guards and installed helpers look, and where a brought helper does. */
export const STATE = '/var/lib/clustercontrol-ha';
const BROUGHT_STATE = '/run/clustercontrol-ha/state';

/**
 * One lease for both worlds: from here on a helper that was brought and one that is installed see the same records, so that
 * guards leave this operation alone and nobody plans beside it. The lease's own short lock is held, so that no renewal falls
 * between the two renames.
 */
export function stateToDisk(host: string, needs: readonly string[]): Step {
  return {
    id: `state-${host}`,
    title: 'Keep the lease where guards look for it',
    host,
    why: 'A guard leaves a host alone as long as an operation holds its lease. Nobody else can begin anything meanwhile.',
    phase: 'prepare',
    needs,
    shown: [`mv ${BROUGHT_STATE}/* ${STATE}/`, `ln -s ${STATE} ${BROUGHT_STATE}`],
    act: leased(
      `set -u; umask 077
[ ! -L ${BROUGHT_STATE} ] || exit 0
mkdir -p ${STATE} || exit 1
exec 8>>/run/clustercontrol-ha/lease.lock && flock -w 5 8 || exit 1
cp -a ${BROUGHT_STATE}/. ${STATE}/ && sync ${STATE}/* || exit 1
rm -rf ${BROUGHT_STATE}.old && ln -sfn ${STATE} ${BROUGHT_STATE}.new || exit 1
mv -T ${BROUGHT_STATE} ${BROUGHT_STATE}.old && mv -T ${BROUGHT_STATE}.new ${BROUGHT_STATE} && rm -rf ${BROUGHT_STATE}.old`,
      10_000,
    ),
    verify: leased(`[ -L ${BROUGHT_STATE} ] || exit 1`, 5_000),
    noUndo: 'the records of this operation may stay on disk; without a role nothing on the host acts by them',
    danger: 'none',
    usualMs: 20,
  };
}
