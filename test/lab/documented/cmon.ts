import type { Lab } from '../lab';
import { ADDRESS, UNITS, VIP, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** Steps 3.2 to 3.5: the six units stopped, cmon disabled; the VIP is the controller's name; the RPC listens everywhere. */
export async function configureCmon(lab: Lab, host: ControllerName): Promise<void> {
  await lab.mustConsole(
    host,
    `systemctl stop ${UNITS.join(' ')} && systemctl disable --quiet cmon
     sed -i '/^hostname=/d; /^prometheus_hostname=/d' /etc/cmon.cnf
     printf 'hostname=${VIP}\\nprometheus_hostname=${ADDRESS.prom}\\n' >>/etc/cmon.cnf
     cat >/etc/default/cmon`,
    {
      input: `# New events client http callback as of v1.4.2!
EVENTS_CLIENT="http://127.0.0.1:9510"
CLOUD_SERVICE="http://127.0.0.1:9518"
RPC_BIND_ADDRESSES="0.0.0.0,127.0.0.1"
`,
    },
  );
}

/** Steps 5.6 and 5.7. */
export async function startCmon(lab: Lab, host: ControllerName): Promise<void> {
  await lab.mustConsole(host, `systemctl start ${UNITS.join(' ')}`);
  await waitForPing(lab, host);
}

export async function waitForPing(lab: Lab, host: ControllerName): Promise<void> {
  await waitFor(`cmon on ${host} to answer`, 20_000, async () => {
    const outcome = await lab.console(host, 's9s cluster --ping --cluster-id=0');
    return outcome.code === 0 && outcome.stdout.startsWith('PING Ok');
  });
}
