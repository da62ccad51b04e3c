import type { Step } from '../../../../plan/plan';
import { pathsOf } from '../../paths';
import { followTorn } from '../../steps/followSource';
import { leased, sqlIs, unleased } from '../../steps/kit';
import { changeSource } from '../statements';
import { onlyGtids, type RejoinKit } from './kit';

/** Both threads run, no error, and something was heard within the last 5 s: status alone says Yes for a minute too long. */
const FLOWS = `(SELECT COUNT(*) FROM performance_schema.replication_connection_status WHERE SERVICE_STATE = 'ON' AND LAST_ERROR_NUMBER = 0 AND GREATEST(LAST_HEARTBEAT_TIMESTAMP, LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP) > NOW(6) - INTERVAL 5 SECOND) + (SELECT COUNT(*) FROM performance_schema.replication_applier_status WHERE SERVICE_STATE = 'ON')`;
const ERRORS = `SELECT SUBSTRING_INDEX(LAST_ERROR_MESSAGE, 'Query: ', 1) FROM performance_schema.replication_connection_status UNION ALL SELECT SUBSTRING_INDEX(LAST_ERROR_MESSAGE, 'Query: ', 1) FROM performance_schema.replication_applier_status_by_coordinator UNION ALL SELECT SUBSTRING_INDEX(LAST_ERROR_MESSAGE, 'Query: ', 1) FROM performance_schema.replication_applier_status_by_worker`;

export function follow(kit: RejoinKit, phase: 'open' | 'after', needs: readonly string[]): Step {
  const { sent, shown } = changeSource(kit.context);
  const torn = followTorn(kit, pathsOf(kit.context.host.os).mysqlUnit);
  const opening = phase === 'open';
  return {
    id: 'follow',
    title: `Replicate from ${kit.primary}`,
    host: kit.host,
    why: opening
      ? `It has nothing that ${kit.primary} lacks: auto position brings the rest. What is applied can't be taken back, so from here on only forward.`
      : 'The copy carries its position with it: auto position goes on from there.',
    phase,
    needs,
    shown: [
      'STOP REPLICA;',
      'RESET REPLICA ALL;',
      shown,
      'START REPLICA;',
      ...torn.shown,
      '# threads run and a heartbeat has come',
    ],
    act: leased(
      `${torn.script}
for _ in $(seq 150); do [ "$(echo "SELECT ${FLOWS}" | ${kit.mysql})" = 2 ] && exit 0; sleep 0.1; done
echo "nothing is heard from ${kit.primary}: $(echo "${ERRORS}" | ${kit.mysql} | grep . | head -n 1)" >&2; exit 1`,
      120_000,
      { stdin: `STOP REPLICA;\nRESET REPLICA ALL;\n${sent}\nSTART REPLICA;\n` },
    ),
    verify: leased(sqlIs(kit.inward, FLOWS, '2'), 5_000),
    danger: opening ? 'irreversible' : 'none',
    usualMs: 2_100,
  };
}

export function primaryPositionNow(kit: RejoinKit): Step {
  return {
    id: 'primary-position-now',
    title: 'Read how far the primary has come by now',
    host: kit.primary,
    why: 'The standby must reach this before it can be promoted without waiting.',
    phase: 'after',
    needs: ['follow'],
    shown: ['SELECT @@GLOBAL.gtid_executed;'],
    act: unleased(
      `out=$(echo 'SELECT @@GLOBAL.gtid_executed' | ${kit.mysql} --raw | tr -d ' \\n') && echo "@primary_gtid=$out"`,
      10_000,
      { outputs: ['primary_gtid'] },
    ),
    danger: 'none',
    usualMs: 15,
  };
}

export function caughtUp(kit: RejoinKit): Step {
  return {
    id: 'caught-up',
    title: 'It has caught up',
    host: kit.host,
    why: 'After a long absence this takes a while. It goes on by itself when this step gives up waiting.',
    phase: 'after',
    needs: ['primary-position-now'],
    shown: [`SELECT WAIT_FOR_EXECUTED_GTID_SET('<what ${kit.primary} had>', 60);`],
    act: unleased(
      `${onlyGtids('primary_gtid')}; out=$(echo "SELECT WAIT_FOR_EXECUTED_GTID_SET('$primary_gtid', 60)" | ${kit.mysql}); [ "$out" = 0 ] || { echo "still catching up with $primary_gtid" >&2; exit 1; }`,
      75_000,
      { inputs: ['primary_gtid'] },
    ),
    optional: true,
    danger: 'none',
    usualMs: 30,
  };
}
