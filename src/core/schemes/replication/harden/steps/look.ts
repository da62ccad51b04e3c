import type { Step } from '../../../../plan/plan';
import { leased, shownHelper, type StepKit } from '../../steps/kit';

/** What holds from now on without anybody's help: the record, the guard, and keepalived that asks for the flag. */
export function lookAtRole(kit: StepKit, host: string, needs: readonly string[]): Step {
  const primary = host === kit.source;
  const epoch = kit.context.epochs.next;
  const record = `${epoch} ${primary ? 'primary' : 'standby'} ${kit.source}`;
  const flag = primary
    ? `[ "$(cat /run/clustercontrol-ha/active)" = ${epoch} ] || { echo 'the active flag is gone' >&2; exit 1; }`
    : `[ ! -e /run/clustercontrol-ha/active ] || { echo 'the standby has an active flag' >&2; exit 1; }`;
  return {
    id: `look-role-${host}`,
    title: `${host} is kept to its role`,
    host,
    why: 'Guard, record and keepalived of this host say the same.',
    phase: 'prepare',
    needs,
    shown: ['systemctl is-active clustercontrol-ha-guard keepalived', shownHelper('status')],
    act: leased(
      `systemctl is-active clustercontrol-ha-guard keepalived >/dev/null || { echo 'guard or keepalived does not run' >&2; exit 1; }
[ "$(cat /var/lib/clustercontrol-ha/role)" = '${record}' ] || { echo 'the role record says something else' >&2; exit 1; }
${flag}`,
      15_000,
      { unlocked: true },
    ),
    noUndo: 'it only looks',
    danger: 'none',
    usualMs: 30,
  };
}
