import { replicateFrom } from '../documented/mysql';
import type { Lab } from '../lab';
import type { Outcome } from '../run';
import { CONTROLLERS, peerOf, type ControllerName } from '../site';
import { shellQuote } from '../../../src/core/quote';
import { HELPER } from './assets';
import { helperStatus, untilHealthy } from './look';

/** A lease and what runs under it, as an operator of these tests holds it. */
export class Operation {
  private constructor(
    private readonly lab: Lab,
    readonly token: number,
  ) {}

  /** Takes the lease on `hosts`, with a token above every one that they have seen. */
  static async take(
    lab: Lab,
    ttlSeconds: number,
    hosts: readonly ControllerName[] = CONTROLLERS,
    verb: 'take' | 'raise' = 'take',
  ): Promise<Operation> {
    const seen = await Promise.all(
      hosts.map(async (host) => (await helperStatus(lab, host)).lease?.token ?? 0),
    );
    const token = Math.max(...seen) + 1;
    for (const host of hosts) {
      const lease = `--plan test-${token} --operator tester --token ${token} --ttl ${ttlSeconds}`;
      await lab.mustConsole(host, `${HELPER} lease ${verb} ${lease}`);
    }
    return new Operation(lab, token);
  }

  /** Runs a script under the lease; any exit code. */
  try(host: ControllerName, script: string, options = ''): Promise<Outcome> {
    return this.lab.console(host, `${HELPER} run --token ${this.token} ${options} -- ${shellQuote(script)}`);
  }

  /** As `try`, but an exit code other than 0 is an error. */
  async run(host: ControllerName, script: string, options = ''): Promise<string> {
    const outcome = await this.try(host, script, options);
    if (outcome.code !== 0)
      throw new Error(`${host}: ${script}: exit ${outcome.code}: ${outcome.stderr.trim()}`);
    return outcome.stdout;
  }

  async release(hosts: readonly ControllerName[] = CONTROLLERS): Promise<void> {
    for (const host of hosts) {
      await this.lab.mustConsole(host, `${HELPER} lease release --token ${this.token}`);
    }
  }
}

/** The site's epoch, as the witness has it. */
export async function epochOf(lab: Lab): Promise<number> {
  const { witness } = await helperStatus(lab, 'prom');
  if (!witness) throw new Error('the witness has no record');
  return witness.epoch;
}

/** The planned order up to and with the records: `target` is primary on its disk, nothing is open. Returns the epoch. */
export async function promoteUntilRecords(
  lab: Lab,
  operation: Operation,
  target: ControllerName,
): Promise<number> {
  const source = peerOf(target);
  const epoch = (await epochOf(lab)) + 1;
  await operation.run(source, `clustercontrol-ha role pending ${epoch} ${target}`);
  await operation.run(target, `clustercontrol-ha role pending ${epoch} ${target}`);
  await operation.run(source, 'systemctl stop lsyncd');
  await operation.run(target, `clustercontrol-ha flag give ${epoch} 5000`);
  await operation.run(source, 'clustercontrol-ha units stop && clustercontrol-ha flag drop');
  await operation.run(target, 'clustercontrol-ha vip wait held 5000');
  const closed = await operation.run(source, 'clustercontrol-ha mysql close');
  const gtid = /@final_gtid=(.*)/.exec(closed)?.[1] ?? '';
  const wait = `mysql -N -e "SELECT WAIT_FOR_EXECUTED_GTID_SET('${gtid}', 10)"`;
  await operation.run(target, `[ "$(${wait})" = 0 ]`);
  // The old primary's own record first: its guard gives way to a newer epoch of the witness at once, and takes the token.
  await operation.run(source, `clustercontrol-ha role write ${epoch} standby ${target}`);
  await lab.mustConsole('prom', `${HELPER} witness commit ${epoch} ${target}`);
  await operation.run(target, `clustercontrol-ha role write ${epoch} primary ${target}`);
  await operation.run(target, 'mysql -e "STOP REPLICA; RESET REPLICA ALL"');
  return epoch;
}

/** Where an earlier suite left the other host as the primary, it is promoted back. */
export async function settle(lab: Lab, primary: ControllerName): Promise<void> {
  const { witness } = await helperStatus(lab, 'prom');
  const current = witness?.primary === 'cc2' ? 'cc2' : 'cc1';
  await untilHealthy(lab, current, 90_000);
  if (current !== primary) await promote(lab, primary);
  await untilHealthy(lab, primary);
}

/** A planned promotion by the helper's calls alone, without a check: what these tests need of one. */
export async function promote(lab: Lab, target: ControllerName): Promise<number> {
  const operation = await Operation.take(lab, 60);
  const epoch = await promoteUntilRecords(lab, operation, target);
  await operation.run(target, `clustercontrol-ha mysql open ${epoch} && clustercontrol-ha units start`);
  await operation.run(peerOf(target), 'clustercontrol-ha units unmask');
  await replicateFrom(lab, target);
  await operation.release();
  return epoch;
}

/** The emergency order on a standby whose primary is off: everything received is applied already. */
export async function failOver(lab: Lab, target: ControllerName): Promise<number> {
  const operation = await Operation.take(lab, 60, [target]);
  const epoch = (await epochOf(lab)) + 1;
  await operation.run(target, 'mysql -e "STOP REPLICA; RESET REPLICA ALL"');
  await lab.mustConsole('prom', `${HELPER} witness commit ${epoch} ${target}`);
  await operation.run(
    target,
    `clustercontrol-ha role write ${epoch} primary ${target} && clustercontrol-ha flag set ${epoch} &&
     clustercontrol-ha vip wait held 8000 && clustercontrol-ha mysql open ${epoch} && clustercontrol-ha units start`,
  );
  await operation.release([target]);
  return epoch;
}
