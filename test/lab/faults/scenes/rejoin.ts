import { sql } from '../../documented/mysql';
import type { Lab } from '../../lab';
import { isPrimary, isStandby } from '../../promote/roles';
import { returnedWithNothingExtra, writeErrant } from '../../rejoin/situations';
import { type ControllerName, peerOf } from '../../site';
import { waitFor } from '../../wait';
import { FAULTS } from '../faults';
import { mendEverything } from '../faultsOfTheHosts';
import { hasReturned, pairAtRest, recordedPrimary, ROLES_TIMEOUT_MS, soundPair } from '../pair';
import { readyPlan } from '../ready';
import type { Scene, Settling } from '../scene';

/** A standby notices after replica_net_timeout, a minute, that its primary lost its power in the cell before. */
const SILENCE_NOTICED_MS = 90_000;

const order = (target: ControllerName) => ({
  operation: 'rejoin',
  target,
  mode: 'planned',
  acknowledged: {},
  acknowledgesAll: true,
  attested: {},
});

/** The standby that the last cell left as it was, where it did. */
async function stillWaiting(
  lab: Lab,
  is: (host: ControllerName) => Promise<boolean>,
): Promise<ControllerName | undefined> {
  await mendEverything(lab);
  const target = peerOf(await recordedPrimary(lab));
  const waits =
    (await isPrimary(lab, peerOf(target))) && (await isStandby(lab, target)) && (await is(target));
  return waits ? target : undefined;
}

/**
 * Done: a standby; a full disk may stop its applier behind the operation (error 1114), and then it is prepared once more.
 * Otherwise as before: closed, and the same operation is offered again.
 */
async function settled({ lab, end, target, product, referee, fault }: Settling): Promise<string> {
  const primary = peerOf(target);
  if (end === 'done')
    return pairAtRest({ lab, product, referee, mayRejoin: fault.stopsApplier === true }, primary);
  await waitFor(`${primary} open and ${target} closed`, ROLES_TIMEOUT_MS, async () => {
    return (await isPrimary(lab, primary)) && (await isStandby(lab, target));
  });
  await readyPlan(product, order(target));
  return '';
}

const common = {
  faults: FAULTS,
  order,
  primaryAfter: (_end, target) => peerOf(target),
  settled,
} satisfies Partial<Scene>;

/** "Prepare as Secondary": an old primary came back, and follows by auto position. */
export const rejoinFollow: Scene = {
  ...common,
  id: 'rejoin',
  title: 'Prepare as Secondary: an old primary came back and lacks nothing (auto position)',
  prepare: async (lab, journals) => {
    const waiting = await stillWaiting(lab, (host) => hasReturned(lab, host));
    if (waiting !== undefined) return waiting;
    const old = await soundPair(lab, journals);
    await returnedWithNothingExtra(lab, old, SILENCE_NOTICED_MS);
    return old;
  },
};

const hasErrant = async (lab: Lab, host: ControllerName): Promise<boolean> =>
  (await sql(lab, host, "SHOW DATABASES LIKE 'errant'")).trim() !== '';

/** "Prepare as Secondary" of a standby with a transaction of its own: it is given up, and all data comes by CLONE. */
export const rejoinClone: Scene = {
  ...common,
  id: 'rejoin-clone',
  title: 'Prepare as Secondary: a standby with transactions of its own (CLONE)',
  prepare: async (lab, journals) => {
    const waiting = await stillWaiting(lab, (host) => hasErrant(lab, host));
    if (waiting !== undefined) return waiting;
    const target = peerOf(await soundPair(lab, journals));
    await writeErrant(lab, target);
    return target;
  },
  around: ({ target }, referee, work) => referee.rejoining(target, work),
};
