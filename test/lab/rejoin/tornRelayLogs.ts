import { sql, waitForMysql } from '../documented/mysql';
import type { Lab } from '../lab';
import { type ControllerName, peerOf } from '../site';

/** The channel of a half-way failover, for what only the old primary has. */
const RESCUE = 'clustercontrol_ha_rescue';

async function indexOf(lab: Lab, host: ControllerName): Promise<string> {
  return (await sql(lab, host, 'SELECT @@GLOBAL.relay_log_index')).trim();
}

async function powerCut(lab: Lab, host: ControllerName, leaves: string): Promise<void> {
  await lab.mustConsole(
    host,
    `pkill -KILL -x mysqld; while pgrep -x mysqld >/dev/null; do sleep 0.02; done
     ${leaves}; systemctl start mysql`,
  );
  await waitForMysql(lab, host);
}

/** Its length, and no content. */
const torn = (file: string): string =>
  `size=$(wc -c <${file}) && head -c "$size" /dev/zero >${file}.zero && cat ${file}.zero >${file} && rm ${file}.zero`;

/** As a power cut leaves it that strikes between CHANGE and START: its position is in a relay log that never reached the disk. */
export async function positionInNoRelayLog(lab: Lab, standby: ControllerName): Promise<void> {
  const index = await indexOf(lab, standby);
  await sql(
    lab,
    standby,
    `STOP REPLICA; RESET REPLICA ALL; CHANGE REPLICATION SOURCE TO SOURCE_HOST='${peerOf(standby)}', SOURCE_AUTO_POSITION=1`,
  );
  await powerCut(lab, standby, `rm -f ${index.replace(/index$/, '')}0*; : >${index}`);
}

/** As a power cut leaves it that strikes while the channel is dropped. */
export async function tornRelayLogIndex(lab: Lab, standby: ControllerName): Promise<void> {
  const index = await indexOf(lab, standby);
  await sql(lab, standby, 'STOP REPLICA; RESET REPLICA ALL');
  await powerCut(lab, standby, torn(index));
}

/** As a power cut leaves it that strikes while the rescue is applied. */
export async function tornRescue(lab: Lab, standby: ControllerName): Promise<void> {
  const index = await indexOf(lab, standby);
  await sql(
    lab,
    standby,
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST='binary logs', SOURCE_AUTO_POSITION=0 FOR CHANNEL '${RESCUE}'; FLUSH LOCAL RELAY LOGS FOR CHANNEL '${RESCUE}'`,
  );
  await powerCut(lab, standby, torn(index.replace(/(?=\.index$)/, `-${RESCUE}`)));
}

/** As a power cut leaves it that strikes behind the rescue: its channel is gone, the end of its files was not yet on disk. */
export async function leftOfRescue(lab: Lab, standby: ControllerName): Promise<void> {
  const name = (await indexOf(lab, standby)).replace(/\.index$/, `-${RESCUE}`);
  await lab.mustConsole(
    standby,
    `for log in ${name}.index ${name}.000001; do install -o mysql -g mysql -m 640 /dev/null $log && head -c 40 /dev/zero >$log; done`,
  );
}

/** Files and rows of the rescue's channel: none is left behind a failover. */
export async function tracesOfRescue(lab: Lab, host: ControllerName): Promise<string> {
  const name = (await indexOf(lab, host)).replace(/\.index$/, `-${RESCUE}`);
  const files = await lab.mustConsole(host, `ls ${name}.[0-9]* ${name}.index 2>/dev/null || true`);
  const rows = await sql(lab, host, `SELECT 1 FROM mysql.slave_master_info WHERE Channel_name='${RESCUE}'`);
  return `${files}${rows}`.trim();
}
