import { type Step } from '../../../plan/plan';
import { controllerNamed } from '../operation/context';
import { pathsOf } from '../paths';
import { changeSource, startReplica } from '../sql/replication';
import { followTorn } from './followSource';
import { leased, sqlIs, type StepKit, undoneFirst } from './kit';

/** `replica` follows `source`: input of the client, the script that reads it, and both as they are shown. */
function followStatements(
  { context, helper, mysql }: StepKit,
  replica: string,
  source: string,
): { readonly sql: string; readonly script: string; readonly shown: readonly string[] } {
  const { site, method } = context;
  const both = [changeSource(site, controllerNamed(site, source)), startReplica()];
  const sql = `STOP REPLICA;\n${both.map(({ sent }) => `${sent}\n`).join('')}`;
  const shown = both.map((one) => one.shown);
  // Documented hosts may start open: MySQL is not restarted there.
  if (method !== 'role-flag') return { sql, script: mysql, shown };
  const torn = followTorn({ helper, mysql }, pathsOf(controllerNamed(site, replica).os).mysqlUnit);
  return { sql, script: torn.script, shown: [...shown, ...torn.shown] };
}

/** What the new primary has before it is opened; where its source lives, the source has told it already. */
const LAST_POSITION = `SELECT CONCAT('@final_gtid=', REPLACE(@@GLOBAL.gtid_executed, CHAR(10), ''))`;

/**
 * No RESET of binary logs: with them the old primary follows by auto position, without a CLONE.
 * @param tells prints what the new primary has, as `final_gtid`: where the source could not tell it
 */
export function replicationStop(kit: StepKit, needs: readonly string[], tells = false): Step {
  // A channel that a power cut has left half made is in the table alone (measured, 9.7.4).
  const none = sqlIs(
    kit,
    '(SELECT COUNT(*) FROM performance_schema.replication_connection_configuration) + (SELECT COUNT(*) FROM mysql.slave_master_info)',
    '0',
  );
  const stop = 'STOP REPLICA; RESET REPLICA ALL';
  const outputs = tells ? { outputs: ['final_gtid'] } : {};
  const back = followStatements(kit, kit.target, kit.source);
  return {
    id: 'replication-stop',
    title: 'Cut the replication channel of the new primary',
    host: kit.target,
    why: 'A primary replicates from nobody. Its binary logs are kept: the old primary will follow them.',
    phase: 'outage',
    needs,
    shown: ['STOP REPLICA;', 'RESET REPLICA ALL;', ...(tells ? ['SELECT @@GLOBAL.gtid_executed;'] : [])],
    act: leased(
      `${kit.helper} mysql ask 9 "${stop}; ${tells ? LAST_POSITION : "SELECT 'cut'"}"`,
      25_000,
      outputs,
    ),
    verify: leased(
      tells ? `${none} || exit 1; echo "${LAST_POSITION}" | ${kit.mysql} || exit 2` : none,
      5_000,
      outputs,
    ),
    undo: {
      shown: back.shown,
      script: leased(back.script, 90_000, { stdin: back.sql }),
      // A primary that its guard has opened meanwhile replicates from nobody.
      ...undoneFirst(kit, ['role-new']),
      effect: `${kit.target} replicates from ${kit.source} again`,
    },
    danger: 'none',
    usualMs: 30,
  };
}

/**
 * The same of a target that has none: what a power cut has left of one would come to life at a restart, and fails a plain RESET
 * (followSource.ts). No undo makes a channel.
 */
export function channelRemnants(kit: StepKit, needs: readonly string[]): Step {
  const { undo: _, ...step } = replicationStop(kit, needs, true);
  const noUndo = `${kit.target} followed nobody before`;
  if (kit.context.method !== 'role-flag') return { ...step, noUndo };
  const torn = followTorn(kit, pathsOf(kit.context.target.os).mysqlUnit);
  return {
    ...step,
    shown: [...step.shown, ...torn.shown],
    act: leased(`${torn.script}\necho "${LAST_POSITION}" | ${kit.mysql}`, 90_000, {
      stdin: 'STOP REPLICA;\nRESET REPLICA ALL;\n',
      outputs: ['final_gtid'],
    }),
    noUndo,
  };
}

export function replicateBack(kit: StepKit, needs: readonly string[]): Step {
  const follow = followStatements(kit, kit.source, kit.target);
  const threads =
    "(SELECT COUNT(*) FROM performance_schema.replication_connection_status WHERE SERVICE_STATE = 'ON') + (SELECT COUNT(*) FROM performance_schema.replication_applier_status WHERE SERVICE_STATE = 'ON')";
  const wait = `for _ in $(seq 100); do [ "$(echo "SELECT ${threads}" | ${kit.mysql})" = 2 ] && exit 0; sleep 0.1; done`;
  return {
    id: 'replicate-back',
    title: 'The old primary replicates from the new one',
    host: kit.source,
    why: `Until it does, ${kit.target} has no standby. Same GTID sets: auto position is enough, no CLONE.`,
    phase: 'after',
    needs,
    shown: follow.shown,
    act: leased(
      `${follow.script} || exit 1\n${wait}; echo 'the threads do not run; SHOW REPLICA STATUS names the cause' >&2; exit 1`,
      90_000,
      { stdin: follow.sql },
    ),
    verify: leased(sqlIs(kit, threads, '2'), 5_000),
    // Each waits ten seconds for the threads: users have their service, the operator waits for the end of the run.
    attempts: 3,
    danger: 'none',
    usualMs: 60,
  };
}
