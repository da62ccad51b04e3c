import type { Lab } from '../lab';
import { type ControllerName, CONTROLLERS, peerOf, VIP } from '../site';
import { waitFor } from '../wait';

/** Each look starts processes by the dozen; labs side by side pay for each other's impatience. */
export const LOOK_EVERY_MS = 400;

/** What one controller is, read at its console, the cheapest first: independent of the product. */
export async function isPrimary(lab: Lab, host: ControllerName): Promise<boolean> {
  const script = `
    ip -4 -o addr show eth0 | grep -q ' ${VIP}/' && pgrep -x cmon >/dev/null &&
    [ "$(echo 'SELECT @@GLOBAL.super_read_only' | mysql --batch --skip-column-names)" = 0 ]`;
  return (await lab.console(host, script)).code === 0;
}

/** Nothing of a primary: read-only, no address, no rewriting, no cmon, no lsyncd. */
export async function isStandby(lab: Lab, host: ControllerName): Promise<boolean> {
  const script = `
    ! ip -4 -o addr show eth0 | grep -q ' ${VIP}/' && ! pgrep -x cmon >/dev/null && ! pgrep -x lsyncd >/dev/null &&
    ! iptables -t nat -S | grep -q -e '--to-source ${VIP}' &&
    [ "$(echo 'SELECT @@GLOBAL.super_read_only' | mysql --batch --skip-column-names)" = 1 ]`;
  return (await lab.console(host, script)).code === 0;
}

/** One primary, one standby, replicating. The wait is for guards after a boot, and for threads to connect. */
export async function waitForRoles(lab: Lab, primary: ControllerName, timeoutMs = 60_000): Promise<void> {
  const standby = peerOf(primary);
  let seen = '';
  try {
    const sound = async (): Promise<boolean> => {
      const up = await isPrimary(lab, primary);
      seen = `primary ${up}`;
      if (!up) return false;
      const [down, flows] = await Promise.all([isStandby(lab, standby), replicates(lab, standby)]);
      seen = `primary ${up}, standby ${down}, replicating ${flows}`;
      return down && flows;
    };
    await waitFor(`${primary} as primary, ${standby} as its standby`, timeoutMs, sound, LOOK_EVERY_MS);
  } catch (error) {
    const states = await Promise.all(CONTROLLERS.map((host) => describeHost(lab, host)));
    throw new Error([String(error), seen, ...states].join('\n'), { cause: error });
  }
}

/** For the message of a failed test: what an operator would look at first. */
export async function describeHost(lab: Lab, host: ControllerName): Promise<string> {
  const script = `clustercontrol-ha status; ls /run/clustercontrol-ha /var/lib/clustercontrol-ha | tr '\n' ' '; echo
    echo 'SELECT @@GLOBAL.super_read_only, @@GLOBAL.gtid_executed; SELECT SERVICE_STATE, LAST_ERROR_MESSAGE FROM performance_schema.replication_connection_status; SELECT SERVICE_STATE FROM performance_schema.replication_applier_status; SELECT LAST_ERROR_NUMBER, LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_coordinator UNION SELECT LAST_ERROR_NUMBER, LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_worker' | mysql --batch --skip-column-names
    ip -4 -o addr show eth0; pgrep -l 'cmon|lsyncd|keepalived'; iptables -t nat -S | grep -c -e '--to-source'
    journalctl -u clustercontrol-ha-guard -n 12 --no-pager -o cat`;
  const outcome = await lab
    .console(host, script)
    .catch((error: unknown) => ({ stdout: String(error), stderr: '' }));
  return `--- ${host}\n${outcome.stdout}${outcome.stderr}`;
}

export async function replicates(lab: Lab, host: ControllerName): Promise<boolean> {
  const query = `SELECT COUNT(*) FROM performance_schema.replication_connection_status c, performance_schema.replication_applier_status a
    WHERE c.service_state = 'ON' AND a.service_state = 'ON'`;
  const outcome = await lab.console(host, 'mysql --batch --skip-column-names', { input: query });
  return outcome.stdout.trim() === '1';
}
