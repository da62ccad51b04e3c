import { sql, waitForMysql } from '../documented/mysql';
import { failOver } from '../hardened/operation';
import { helperStatus } from '../hardened/look';
import type { Lab } from '../lab';
import { type ControllerName, peerOf, UNITS } from '../site';
import { waitFor } from '../wait';

/** Loses nothing: cmon has stopped, and the standby has all of it, before the power goes. */
export async function returnedWithNothingExtra(
  lab: Lab,
  old: ControllerName,
  patienceMs?: number,
): Promise<void> {
  const next = peerOf(old);
  await lab.mustConsole(old, `systemctl stop ${UNITS.join(' ')}`);
  await untilCaughtUp(lab, next, patienceMs).catch(async (error: unknown) => {
    await lab.console(old, `systemctl start ${UNITS.join(' ')}`);
    throw error;
  });
  await lab.powerOff(old, 'hard');
  await failOver(lab, next);
  await comesBack(lab, old);
}

/** Writes on while the other one can't hear it, then loses power: what it acknowledged last is nowhere else. */
export async function returnedWithExtra(lab: Lab, old: ControllerName): Promise<void> {
  const next = peerOf(old);
  await lab.partition(old, next);
  await sql(
    lab,
    old,
    `CREATE DATABASE IF NOT EXISTS lonely; CREATE TABLE IF NOT EXISTS lonely.t (id INT PRIMARY KEY, what VARCHAR(40));
     REPLACE INTO lonely.t VALUES (1, 'nobody else has this'), (2, 'nor this');`,
  );
  // On its disk, also the very last one: durable commits.
  await lab.powerOff(old, 'hard');
  await lab.heal();
  await failOver(lab, next);
  await comesBack(lab, old);
}

/** Its guard has closed it and written what it is now. */
async function comesBack(lab: Lab, old: ControllerName): Promise<void> {
  await lab.powerOn(old);
  await waitForMysql(lab, old);
  await waitFor(`${old} to know that it is a standby`, 60_000, async () => {
    const { role } = await helperStatus(lab, old);
    return role?.role === 'standby' && role.primary === peerOf(old);
  });
}

export async function untilCaughtUp(lab: Lab, standby: ControllerName, patienceMs = 30_000): Promise<void> {
  await waitFor(`${standby} to have everything`, patienceMs, async () => {
    const there = (await sql(lab, peerOf(standby), 'SELECT @@GLOBAL.gtid_executed')).replaceAll(
      /\s|\\n/g,
      '',
    );
    return (
      (await sql(lab, standby, `SELECT GTID_SUBTRACT('${there}', @@GLOBAL.gtid_executed) = ''`)).trim() ===
      '1'
    );
  });
}

/** The guard, where there is one, closes a writable standby within seconds: trouble has to be made behind its back. */
export async function behindTheGuard(
  lab: Lab,
  host: ControllerName,
  trouble: () => Promise<unknown>,
): Promise<void> {
  const guard = (verb: string): Promise<string> =>
    lab.mustConsole(
      host,
      `! systemctl cat clustercontrol-ha-guard >/dev/null 2>&1 || systemctl ${verb} clustercontrol-ha-guard`,
    );
  await guard('stop');
  await trouble();
  await guard('start');
}

/** A row that the primary will insert, too: error 1062. */
export async function breakApplier(lab: Lab, standby: ControllerName): Promise<void> {
  await behindTheGuard(lab, standby, async () => {
    await sql(
      lab,
      standby,
      `SET GLOBAL super_read_only=OFF; SET sql_log_bin=0;
       INSERT INTO cmon.heartbeat (id, host, kind, at) SELECT MAX(id) + 30, 'stray', 'beat', NOW(6) FROM cmon.heartbeat;
       SET GLOBAL super_read_only=ON;`,
    );
    await waitFor('an applier error', 30_000, async () => {
      const query =
        'SELECT COUNT(*) FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER > 0';
      return Number(await sql(lab, standby, query)) > 0;
    });
  });
}

/** Three transactions, unless said otherwise. */
export async function writeErrant(
  lab: Lab,
  standby: ControllerName,
  statements = 'CREATE DATABASE errant; CREATE TABLE errant.t (id INT PRIMARY KEY); INSERT INTO errant.t VALUES (1)',
): Promise<void> {
  await behindTheGuard(lab, standby, () =>
    sql(lab, standby, `SET GLOBAL super_read_only=OFF; ${statements}; SET GLOBAL super_read_only=ON;`),
  );
}

/** Whatever stands in its binary logs now is gone from them: as after a week in which it was off. */
export async function purgeAll(lab: Lab, host: ControllerName): Promise<void> {
  await sql(lab, host, 'FLUSH LOCAL BINARY LOGS');
  const newest = (await sql(lab, host, 'SHOW BINARY LOGS')).trim().split('\n').at(-1)?.split('\t')[0];
  await sql(lab, host, `PURGE BINARY LOGS TO '${newest}'`);
}

/** The primary throws away logs that the standby has not read. */
export async function purgeWhatItLacks(lab: Lab, standby: ControllerName): Promise<void> {
  await sql(lab, standby, 'STOP REPLICA');
  const primary = peerOf(standby);
  await sql(
    lab,
    primary,
    'CREATE DATABASE IF NOT EXISTS later; CREATE TABLE IF NOT EXISTS later.t (id INT PRIMARY KEY)',
  );
  await purgeAll(lab, primary);
}

/** As after a new installation: configured, and without any data. */
export async function emptyServer(lab: Lab, standby: ControllerName): Promise<void> {
  await lab.mustConsole(
    standby,
    `systemctl stop mysql && find /var/lib/mysql -mindepth 1 -delete && mysqld --no-defaults --initialize-insecure --user=mysql --datadir=/var/lib/mysql && systemctl start mysql`,
  );
  await waitForMysql(lab, standby);
}
