import type { Lab } from '../lab';
import { UNITS, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** Step 3.2: the six units stopped, cmon disabled. What steps 3.3 to 3.5 write is rendered. */
export async function stopCmon(lab: Lab, host: ControllerName): Promise<void> {
  await lab.mustConsole(host, `systemctl stop ${UNITS.join(' ')} && systemctl disable --quiet cmon`);
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
