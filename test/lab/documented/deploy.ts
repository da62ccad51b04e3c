import { pathsOf } from '../../../src/core/schemes/replication/paths';
import type { Lab } from '../lab';
import { CONTROLLERS, UNITS, VIP, type ControllerName } from '../site';
import { waitFor } from '../wait';
import { putRendered } from '../rendering/put';
import { labSite } from '../rendering/site';
import { startCmon, stopCmon } from './cmon';
import { setUpReplication, sql, waitForFlow, waitForMysql } from './mysql';

/**
 * Steps 1 to 5.4: everything that is on disk, as the product renders it. Afterwards the hosts can be switched off and kept
 * as a template.
 */
export async function installDocumented(lab: Lab): Promise<void> {
  const site = await labSite('documented');
  await Promise.all(CONTROLLERS.map((host) => stopCmon(lab, host)));
  await putRendered(lab, site);
  await Promise.all(
    CONTROLLERS.map((host) => lab.mustConsole(host, 'systemctl disable --quiet lsyncd 2>/dev/null; true')),
  );
  await setUpReplication(lab, site);
}

/** Steps 5.5 to 5.14, and what a reboot loses of the steps before: cc2's read-only. */
export async function activateDocumented(lab: Lab): Promise<void> {
  await Promise.all(CONTROLLERS.map((host) => waitForMysql(lab, host)));
  // Step 3.2 disables cmon alone: its companions have come back with the boot, on both.
  await Promise.all(CONTROLLERS.map((host) => lab.mustConsole(host, `systemctl stop ${UNITS.join(' ')}`)));
  await sql(lab, 'cc2', 'SET GLOBAL read_only = 1; SET GLOBAL super_read_only = 1;');
  for (const host of CONTROLLERS) await lab.mustConsole(host, `sysctl -q -p ${pathsOf('debian').sysctl}`);
  await lab.mustConsole('cc1', 'systemctl start keepalived && systemctl enable --quiet keepalived');
  await waitForVip(lab, 'cc1');
  // The documented SNAT rule has just cut the replication stream, for a minute in which status says Yes/Yes/0; and cc2
  // may have asked before cc1 was there. A new connection is right at once.
  await sql(lab, 'cc2', 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD;');
  await startCmon(lab, 'cc1');
  await lab.mustConsole('cc1', 'systemctl start lsyncd && systemctl disable --quiet lsyncd');
  await lab.mustConsole('cc2', 'systemctl enable --quiet keepalived && systemctl start keepalived');
  await waitFor('keepalived on cc2 to be BACKUP', 10_000, async () => {
    const log = await lab.console(
      'cc2',
      'journalctl -b -u keepalived -o cat | grep -c "Entering BACKUP STATE"',
    );
    return Number(log.stdout) > 0;
  });
  await waitForFlow(lab, 'cc1');
}

/** Waits until a host has both the VIP and its SNAT rule. */
export async function waitForVip(lab: Lab, host: ControllerName, timeoutMs = 20_000): Promise<void> {
  const script = `ip -4 -o address show dev eth0 | grep -qF ' ${VIP}/' && iptables -t nat -S | grep -qF -- '--to-source ${VIP}'`;
  await waitFor(`the VIP on ${host}`, timeoutMs, async () => (await lab.console(host, script)).code === 0);
}
