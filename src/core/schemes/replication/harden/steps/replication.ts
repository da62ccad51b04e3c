import type { Step } from '../../../../plan/plan';
import { leased, type StepKit } from '../../steps/kit';

const COLUMNS =
  "CONCAT_WS(' ', IF(SSL_ALLOWED = 'NO', 0, 1), IF(GET_PUBLIC_KEY = 'NO', 0, 1), CONNECTION_RETRY_INTERVAL, CONNECTION_RETRY_COUNT, HEARTBEAT_INTERVAL)";
const FROM = "performance_schema.replication_connection_configuration WHERE CHANNEL_NAME = ''";

/** Options of the receiver alone: the applier goes on, and neither account nor password is touched. */
function change(options: string): string {
  return `STOP REPLICA IO_THREAD FOR CHANNEL ''; CHANGE REPLICATION SOURCE TO ${options} FOR CHANNEL ''; START REPLICA IO_THREAD FOR CHANNEL '';`;
}

function options(tls: string, key: string, interval: string, count: string, heartbeat: string): string {
  return `SOURCE_SSL=${tls}, GET_SOURCE_PUBLIC_KEY=${key}, SOURCE_CONNECT_RETRY=${interval}, SOURCE_RETRY_COUNT=${count}, SOURCE_HEARTBEAT_PERIOD=${heartbeat}`;
}

const OLD = options('$1', '$2', '$3', '$4', '$5');

/**
 * The standby's connection as a promotion of the product makes it: encrypted, with a way to the public key (without one it
 * fails after the source's next restart), trying for ever, with a heartbeat that tells early. Where it does not come up so, the old options are put back and the plan ends.
 */
export function replicationOptions(kit: StepKit, needs: readonly string[]): Step {
  const tls = kit.context.site.mysql.tls ? '1' : '0';
  const wanted = options(tls, '1', '1', '0', '2');
  const good = `${tls} 1 1 0 2.000`;
  const ask = (what: string): string => `echo "SELECT ${what}" | ${kit.mysql}`;
  const connected =
    "COUNT(*) FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = '' AND SERVICE_STATE = 'ON' AND LAST_ERROR_NUMBER = 0";
  return {
    id: 'replication-options',
    title: 'The connection of the standby is encrypted and never gives up',
    host: kit.target,
    why: 'Only the receiver is stopped for a moment. Account and password stay; what does not connect so is put back.',
    phase: 'prepare',
    needs,
    shown: change(wanted)
      .split('; ')
      .map((line) => line.replace(/;?$/, ';')),
    act: leased(
      `old=$(${ask(`${COLUMNS} FROM ${FROM}`)}) || exit 1
echo "@replication_options=$old"
[ "$old" != ${JSON.stringify(good)} ] || exit 0
[ -n "$old" ] || { echo 'there is no replication channel' >&2; exit 1; }
echo "${change(wanted)}" | ${kit.mysql} || exit 1
for _ in $(seq 100); do
  [ "$(${ask(connected)})" != 1 ] || exit 0
  sleep 0.1
done
why=$(${ask(`LAST_ERROR_MESSAGE FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''`)})
set -- $old
echo "${change(OLD)}" | ${kit.mysql}
echo "the standby does not connect so; the old options are back: $why" >&2; exit 1`,
      30_000,
      { unlocked: true, outputs: ['replication_options'] },
    ),
    undo: {
      shown: ['CHANGE REPLICATION SOURCE TO …   -- as it was'],
      script: leased(
        `set -- $replication_options
[ $# -eq 5 ] && [ "$replication_options" != ${JSON.stringify(good)} ] || exit 0
echo "${change(OLD)}" | ${kit.mysql}`,
        20_000,
        { inputs: ['replication_options'] },
      ),
      effect: `${kit.target} connects as before`,
    },
    danger: 'none',
    usualMs: 120,
  };
}
