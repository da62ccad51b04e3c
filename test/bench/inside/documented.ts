import { waitForVip } from '../../lab/documented/deploy';
import { cloneFrom, replicateFrom, sql, waitForFlow, waitForMysql } from '../../lab/documented/mysql';
import type { Lab } from '../../lab/lab';
import { must } from '../../lab/run';
import { peerOf, UNITS, VIP, type ControllerName, type HostName } from '../../lab/site';
import { waitFor } from '../../lab/wait';

/** One command by the ssh program, as an operator types it. */
async function ssh(lab: Lab, host: HostName, command: string): Promise<void> {
  await must('ssh', ['-F', lab.operator.sshConfigFile, host, command]);
}

/**
 * The documentation's "Failover from cc1 to cc2" by an operator who never hesitates: one command after the other, each
 * sent as soon as the one before has ended. Two things are mended, or it would not end: MySQL 9 refuses the printed SQL
 * (1064), and the virtual IP stays where it is until keepalived is stopped on the old primary.
 */
export async function documentedFailover(lab: Lab, to: ControllerName): Promise<void> {
  const from = peerOf(to);
  const units = UNITS.join(' ');
  await ssh(lab, from, `systemctl stop ${units}`);
  await ssh(lab, from, 'systemctl stop mysql');
  await ssh(lab, from, 'systemctl stop lsyncd');
  const promotion =
    'STOP REPLICA; RESET BINARY LOGS AND GTIDS; RESET REPLICA ALL; SET GLOBAL read_only=0; SET GLOBAL super_read_only=0;';
  await ssh(lab, to, `mysql -e '${promotion}'`);
  await ssh(lab, to, `systemctl start ${units}`);
  // Its syncs fail while the other host's directories can't be reached; here they can.
  await ssh(lab, to, 'systemctl start lsyncd');
  await ssh(lab, from, 'systemctl stop keepalived');
  await ssh(lab, from, `iptables -t nat -D POSTROUTING -o eth0 -j SNAT --to-source ${VIP}`);
  await waitForVip(lab, to);
}

/** "Preparing old cc1 as secondary", CLONE and all: owed after each of these, and not part of the figures. */
export async function documentedRejoin(lab: Lab, primary: ControllerName): Promise<void> {
  const standby = peerOf(primary);
  if ((await lab.console(standby, 'systemctl is-active --quiet mysql')).code !== 0) {
    await lab.mustConsole(standby, 'systemctl start mysql');
    await waitForMysql(lab, standby);
    await cloneFrom(lab, primary);
    await waitForMysql(lab, standby);
    await replicateFrom(lab, primary);
    await sql(lab, standby, 'SET GLOBAL read_only = 1; SET GLOBAL super_read_only = 1;');
  }
  await lab.mustConsole(standby, 'systemctl start keepalived');
  await waitFor(`keepalived on ${standby} to be BACKUP`, 10_000, async () => {
    const log = await lab.mustConsole(
      standby,
      'journalctl -b -u keepalived -o cat | grep "Entering .* STATE" | tail -1',
    );
    return log.includes('BACKUP');
  });
  await waitForFlow(lab, primary);
}
