import { planReadiness } from '../../../src/core/plan/readiness';
import { sql } from '../documented/mysql';
import { helperStatus, isClosed } from '../hardened/look';
import type { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { isPrimary, isStandby, LOOK_EVERY_MS, replicates, waitForRoles } from '../promote/roles';
import { isHealthyStandby, planRejoin, reasons, whyNot } from '../rejoin/looks';
import { type ControllerName, peerOf } from '../site';
import { waitFor } from '../wait';
import { mendEverything } from './faultsOfTheHosts';
import type { Settling } from './scene';

/** A guard opens again 10 s after the end of a lease at the earliest, and a lease of a dead run lives 30 s. */
export const ROLES_TIMEOUT_MS = 120_000;

/** So long a standby may need to connect again by itself before it is prepared anew. */
const PATIENCE_MS = 10_000;

/** As the witness has it. */
export async function recordedPrimary(lab: Lab): Promise<ControllerName> {
  const { witness } = await helperStatus(lab, 'prom');
  return witness?.primary === 'cc2' ? 'cc2' : 'cc1';
}

/** Its guard has made it a standby that awaits its rejoin. */
export async function hasReturned(lab: Lab, host: ControllerName): Promise<boolean> {
  return (await lab.console(host, 'test -e /var/lib/clustercontrol-ha/returned')).code === 0;
}

/** A promotion would make them everybody's. The standby is asked first: what it has more by then is its own. */
async function hasOwnTransactions(lab: Lab, standby: ControllerName): Promise<boolean> {
  const executed = async (host: ControllerName): Promise<string> =>
    (await sql(lab, host, 'SELECT @@GLOBAL.gtid_executed')).replaceAll(/\s|\\n/g, '');
  const [own, all] = [await executed(standby), await executed(peerOf(standby))];
  return (await sql(lab, standby, `SELECT GTID_SUBTRACT('${own}', '${all}') <> ''`)).trim() === '1';
}

/**
 * A run that could not set the relay log back names that step as not done, and leaves its statement, which stands in the plan, to its
 * operator. Left so, the next failover to that host would lack the steps of it.
 */
async function relayLogAsConfigured(lab: Lab): Promise<void> {
  const back = 'RESET PERSIST IF EXISTS relay_log_recovery';
  await Promise.all((['cc1', 'cc2'] as const).map((host) => sql(lab, host, back)));
}

/**
 * A primary and its standby, replicating; by "Prepare as Secondary" where the standby does not come by itself. Returns the
 * primary. @throws with the state of both hosts.
 */
export async function soundPair(lab: Lab, journals: string): Promise<ControllerName> {
  await mendEverything(lab);
  const begunMs = performance.now();
  const look = async (): Promise<'sound' | 'rejoin' | false> => {
    const primary = await recordedPrimary(lab);
    const standby = peerOf(primary);
    if (!(await isPrimary(lab, primary))) return false;
    if ((await isStandby(lab, standby)) && (await replicates(lab, standby))) {
      return (await hasOwnTransactions(lab, standby)) ? 'rejoin' : 'sound';
    }
    const patient = performance.now() - begunMs < PATIENCE_MS;
    if (patient && !((await hasReturned(lab, standby)) && (await isClosed(lab, standby)))) return false;
    return 'rejoin';
  };
  const what = 'a sound pair, or one that needs a rejoin';
  const rejoined = await waitFor(what, ROLES_TIMEOUT_MS, look, LOOK_EVERY_MS).catch(() => 'sound' as const);
  const primary = await recordedPrimary(lab);
  if (rejoined === 'rejoin') {
    const product = await Product.on(lab, { journals });
    await rejoin(lab, product, peerOf(primary)).finally(() => product.close());
  }
  await waitForRoles(lab, primary, 30_000);
  await relayLogAsConfigured(lab);
  return primary;
}

/** So long a pair may need to come to rest by itself: a dead run's lease, and the guard's ten seconds. */
const ALONE_MS = 60_000;

/** A standby notices after a minute (replica_net_timeout) that its primary had lost its power, and lags as long. */
const HEALTHY_MS = 90_000;

export interface Resting extends Pick<Settling, 'lab' | 'product' | 'referee'> {
  /** A standby may be left by the case with an applier that has stopped. */
  readonly mayRejoin: boolean;
}

/**
 * `primary` and a standby from which a promotion could begin. A standby that lost its power, or whose disk was full, may come
 * back with an applier that has stopped: the product's own next step for that is "Prepare as Secondary". Returns what was
 * taken, for the report.
 */
export async function pairAtRest(resting: Resting, primary: ControllerName): Promise<string> {
  const { lab, product } = resting;
  const standby = peerOf(primary);
  const taken = await replicating(resting, primary);
  let why: unknown;
  const look = (): Promise<boolean> =>
    isHealthyStandby(lab, product, standby).then(
      () => true,
      (error: unknown) => {
        why = error;
        return false;
      },
    );
  await waitFor(`${standby} to be a healthy standby`, HEALTHY_MS, look, 2_000).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${String(why)}`);
  });
  return taken;
}

async function replicating(
  { lab, product, referee, mayRejoin }: Resting,
  primary: ControllerName,
): Promise<string> {
  const standby = peerOf(primary);
  try {
    await waitForRoles(lab, primary, ALONE_MS);
    return '';
  } catch (error) {
    const stuck = (await isPrimary(lab, primary)) && (await isStandby(lab, standby));
    if (!stuck || (await replicates(lab, standby))) {
      await waitForRoles(lab, primary, ROLES_TIMEOUT_MS - ALONE_MS);
      return '';
    }
    if (!mayRejoin) throw error;
    process.stderr.write(`${String(error)}\n`);
    await referee.rejoining(standby, () => rejoin(lab, product, standby));
    return ', rejoined';
  }
}

/** The product's own next step for a controller that is no standby any more. */
export async function rejoin(lab: Lab, product: Product, host: ControllerName): Promise<void> {
  let plan = await planRejoin(product, host);
  await waitFor('a rejoin that nothing blocks', 60_000, async () => {
    if (planReadiness(plan, reasons(plan)).ready) return true;
    plan = await planRejoin(product, host);
    return false;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${whyNot(plan)}`);
  });
  let run = await product.start(plan, reasons(plan));
  // What the guard wrote since the plan was read refuses it, rightly.
  for (let tries = 1; run.end === 'refused' && tries < 5; tries += 1) {
    plan = await planRejoin(product, host);
    run = await product.start(plan, reasons(plan));
  }
  if (run.end !== 'done') throw new Error(runText(run));
  await waitForRoles(lab, peerOf(host), ROLES_TIMEOUT_MS);
}
