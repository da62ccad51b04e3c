import { sql } from '../../lab/documented/mysql';
import { off, readyFailover, received, hasAll, rejoins, returnsAsStandby } from '../../lab/failover/stage';
import type { Lab } from '../../lab/lab';
import { Product, runText } from '../../lab/promote/product';
import { waitForRoles } from '../../lab/promote/roles';
import { reasons } from '../../lab/rejoin/looks';
import { peerOf, UNITS, type ControllerName } from '../../lab/site';
import { waitFor } from '../../lab/wait';
import { EmergencyFloor } from './emergencyFloor';
import { primaryOf } from './outages';

/** Milliseconds from "fenced, and observed again" to the first write through cmon, of each failover. */
export interface Emergencies {
  readonly ours: readonly number[];
  readonly floor: readonly number[];
}

/** CLOCK_MONOTONIC, which the hosts' heartbeats are logged by, too. */
const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

type Way = keyof Emergencies;

/**
 * Power cuts, in turn by the product and by the floor; the first of each is a warm-up. cmon rests when the power goes, so
 * that nothing is lost and the old primary comes back without a CLONE: the time measured has nothing to do with it.
 */
export async function measureEmergencies(lab: Lab, runs: number): Promise<Emergencies> {
  const product = await Product.on(lab);
  const measured = { ours: [] as number[], floor: [] as number[] };
  let primary = await primaryOf(lab);
  for (let run = -1; run < runs; run++) {
    for (const way of ['ours', 'floor'] as const) {
      const target = peerOf(primary);
      await waitForRoles(lab, primary, 90_000);
      await cutPower(lab, primary);
      const had = await received(lab, target);
      const ms = await (way === 'ours' ? byProduct(lab, target) : byFloor(lab, target));
      await hasAll(lab, target, had);
      say(way, run, target, ms);
      if (run >= 0) measured[way].push(ms);
      await lab.powerOn(primary);
      await returnsAsStandby(lab, primary);
      await rejoins(lab, product, primary);
      primary = target;
    }
  }
  await product.close();
  return measured;
}

function say(way: Way, run: number, target: string, ms: number): void {
  process.stderr.write(
    `bench: emergency, ${way} ${run < 0 ? '(warm-up) ' : ''}to ${target}: ${ms.toFixed(0)} ms\n`,
  );
}

/** Everything that was acknowledged has arrived before the cable goes. */
async function cutPower(lab: Lab, primary: ControllerName): Promise<void> {
  await lab.mustConsole(primary, `systemctl stop ${UNITS.join(' ')}`);
  const wanted = (await sql(lab, primary, "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')")).trim();
  await sql(lab, peerOf(primary), `SELECT WAIT_FOR_EXECUTED_GTID_SET('${wanted}', 20)`);
  await lab.powerOff(primary, 'hard');
}

/** The clock starts with the last look that found the old primary dead. */
async function byProduct(lab: Lab, target: ControllerName): Promise<number> {
  let beganMs = 0;
  const product = await Product.on(lab, {
    onJournal: (type, step) => {
      if (type === 'step-done' && step?.startsWith('still-dead-')) beganMs = nowMs();
      return Promise.resolve();
    },
  });
  try {
    const plan = await readyFailover(product, target, off(peerOf(target)));
    const run = await product.start(plan, reasons(plan));
    if (run.end !== 'done' || beganMs === 0) throw new Error(runText(run));
  } finally {
    await product.close();
  }
  return (await firstWriteMs(lab, target, beganMs)) - beganMs;
}

async function byFloor(lab: Lab, target: ControllerName): Promise<number> {
  const floor = await EmergencyFloor.prepare(lab, target);
  const beganMs = nowMs();
  await floor.failOver();
  const ms = (await firstWriteMs(lab, target, beganMs)) - beganMs;
  await floor.close();
  return ms;
}

/** cmon's own log of acknowledged heartbeats: `ID HOST ACKNOWLEDGED_NS SENT_NS KIND`. */
function firstWriteMs(lab: Lab, host: ControllerName, afterMs: number): Promise<number> {
  return waitFor('the first write through cmon', 10_000, async () => {
    const log = await lab.console(host, 'tail -n 200 /var/log/cmon-heartbeat.log');
    return log.stdout
      .split('\n')
      .map((line) => Number(line.split(' ')[2]) / 1e6)
      .find((atMs) => atMs > afterMs);
  });
}
