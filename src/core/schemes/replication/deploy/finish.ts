import type { Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { leased, unleased, type StepKit } from '../steps/kit';
import type { DeployContext } from './context';
import { KEPT, keptFolder, OLD_VERSIONS } from './install';

/** Of each host this many plans keep their old versions. */
const KEEP_PLANS = 10;

/** VIP and SNAT where they were, MySQL open. Anything else brings the old files back. */
export function lookAtPrimary(context: DeployContext, kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'look-primary',
    title: 'The primary works as before',
    host: context.source.name,
    why: 'The last look before the new files are kept: whatever is wrong here is undone.',
    phase: 'prepare',
    needs,
    shown: ['clustercontrol-ha vip wait held 3000', 'SELECT @@GLOBAL.super_read_only   -- 0'],
    act: leased(
      `${kit.helper} vip wait held 3000 || exit 1
out=$(echo 'SELECT @@GLOBAL.super_read_only' | ${kit.mysql}) || exit 1
[ "$out" = 0 ] || { echo 'MySQL is read-only' >&2; exit 1; }`,
      15_000,
      { unlocked: true },
    ),
    noUndo: 'it only looks',
    danger: 'none',
    usualMs: 60,
  };
}

export function lookAtStandby(context: DeployContext, kit: StepKit, needs: readonly string[]): Step {
  const running =
    "SELECT COUNT(*) FROM performance_schema.replication_connection_status WHERE SERVICE_STATE = 'ON' AND LAST_ERROR_NUMBER = 0";
  return {
    id: 'look-standby',
    title: 'The standby replicates as before',
    host: context.target.name,
    why: 'Its connection to the primary must have survived, and the virtual IP must not be here.',
    phase: 'prepare',
    needs,
    shown: ['SHOW REPLICA STATUS', 'clustercontrol-ha vip wait absent 1000'],
    act: leased(
      `${kit.helper} vip wait absent 1000 || exit 1
for _ in $(seq 50); do
  out=$(echo "${running}" | ${kit.mysql}) && [ "$out" = 1 ] && exit 0
  sleep 0.1
done
echo 'replication does not run' >&2; exit 1`,
      15_000,
      { unlocked: true },
    ),
    noUndo: 'it only looks',
    danger: 'none',
    usualMs: 60,
  };
}

/** Point of no return: until here every old file comes back by itself. */
export function keep(context: DeployContext, needs: readonly string[]): Step {
  const done = shellQuote(`${keptFolder(context)}/done`);
  const mark = shellQuote(`${keptFolder(context)}/${OLD_VERSIONS}`);
  return {
    id: 'keep',
    title: 'Keep the new files',
    host: context.source.name,
    why: `Every daemon has read them and works. The old ones stay in ${keptFolder(context)} of each host.`,
    phase: 'open',
    needs,
    shown: [`touch ${keptFolder(context)}/${OLD_VERSIONS} ${keptFolder(context)}/done`],
    act: leased(
      `mkdir -p -- ${shellQuote(keptFolder(context))} && true >${mark} && true >${done} && sync -- ${done}`,
      10_000,
    ),
    verify: leased(`[ -e ${done} ] || exit 1`, 10_000),
    danger: 'irreversible',
    usualMs: 15,
  };
}

export function tidy(context: DeployContext, host: string, needs: readonly string[]): Step {
  const script = host === context.site.prometheus.name ? unleased : leased;
  return {
    id: `tidy-${host}`,
    title: `Keep the old versions of the last ${KEEP_PLANS} deployments`,
    host,
    why: 'Old ones would fill the disk in the end. What a rejoin or a failover has kept there stays: it may be the last copy.',
    phase: 'after',
    needs,
    shown: [`ls -1td ${KEPT}/*/${OLD_VERSIONS} | tail -n +${KEEP_PLANS + 1}   # these folders are removed`],
    act: script(
      `cd ${KEPT} || exit 0; ls -1td -- */${OLD_VERSIONS} 2>/dev/null | tail -n +${KEEP_PLANS + 1} | while IFS= read -r one; do rm -rf -- "./\${one%/*}"; done`,
      20_000,
    ),
    optional: true,
    danger: 'none',
    usualMs: 15,
  };
}
