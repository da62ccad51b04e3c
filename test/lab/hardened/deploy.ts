import { stopCmon, waitForPing } from '../documented/cmon';
import { waitForVip } from '../documented/deploy';
import { setUpReplication, sql, waitForMysql, waitForReplication } from '../documented/mysql';
import type { Lab } from '../lab';
import { putRendered } from '../rendering/put';
import { labSite } from '../rendering/site';
import { CONTROLLERS, UNITS } from '../site';
import { waitFor } from '../wait';
import { HELPER } from './assets';
import { exchangeGuardKeys } from './keys';

/** From fresh hosts to the hardened profile: cc1 is primary of epoch 1, cc2 its standby, prom the witness. */
export async function deployHardened(lab: Lab): Promise<void> {
  await installHardened(lab);
  await activateHardened(lab);
}

/** Everything that is on disk, as the product renders it. The guards are enabled and have not run yet. */
export async function installHardened(lab: Lab): Promise<void> {
  const site = await labSite('hardened');
  await Promise.all(CONTROLLERS.map((host) => stopCmon(lab, host)));
  await putRendered(lab, site);
  await setUpReplication(lab, site);
  await exchangeGuardKeys(lab);
  await lab.mustConsole('prom', `${HELPER} witness commit 1 cc1`);
  await Promise.all(
    CONTROLLERS.map(async (host) => {
      const role = host === 'cc1' ? 'primary' : 'standby';
      await lab.mustConsole(
        host,
        `set -e
         systemd-tmpfiles --create /etc/tmpfiles.d/clustercontrol-ha.conf
         ${HELPER} lease take --plan deploy --operator lab --token 1 --ttl 60
         ${HELPER} run --token 1 -- 'clustercontrol-ha role write 1 ${role} cc1'
         ${HELPER} lease release --token 1
         keepalived -t -f /etc/keepalived/keepalived.conf
         systemctl daemon-reload
         systemctl disable --quiet ${UNITS.join(' ')} lsyncd 2>/dev/null || true
         systemctl enable --quiet keepalived mysql clustercontrol-ha-guard`,
      );
    }),
  );
}

/** Lets the guards open the site; the same as after a boot of all hosts, where they have done it by themselves. */
export async function activateHardened(lab: Lab): Promise<void> {
  await Promise.all(CONTROLLERS.map((host) => waitForMysql(lab, host)));
  await Promise.all(
    CONTROLLERS.map((host) =>
      lab.mustConsole(
        host,
        'sysctl -q -p /etc/sysctl.d/90-clustercontrol-ha.conf && systemctl start keepalived clustercontrol-ha-guard',
      ),
    ),
  );
  await sql(lab, 'cc2', 'SET GLOBAL super_read_only = ON');
  await waitForVip(lab, 'cc1', 60_000);
  await waitForPing(lab, 'cc1');
  await waitForReplication(lab, 'cc2');
  await waitFor('lsyncd on cc1', 20_000, async () => {
    return (await lab.console('cc1', 'systemctl is-active --quiet lsyncd')).code === 0;
  });
}
