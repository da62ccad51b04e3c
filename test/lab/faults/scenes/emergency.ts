import { waitForMysql } from '../../documented/mysql';
import { hasAll, knowsItsPrimary, off, received, returnsAsStandby } from '../../failover/stage';
import type { Lab } from '../../lab';
import { butDying, butLost } from '../../referee/judge/judged';
import { type ControllerName, peerOf } from '../../site';
import { waitFor } from '../../wait';
import { without } from '../faults';
import { PEER_RETURNS } from '../faultsOfTheHosts';
import { pairAtRest, rejoin, soundPair } from '../pair';
import type { Scene, Settling } from '../scene';

/** What the target has received by now, applied or not, is on it in the end. */
async function keepsWhatItReceived(lab: Lab, target: ControllerName): Promise<() => Promise<void>> {
  const had = await received(lab, target);
  return () => hasAll(lab, target, had);
}

/** The old primary comes back: as a standby that is rejoined, or as the primary that it was. */
async function settled(
  settling: Settling,
  mayRejoin: boolean,
  returns: (lab: Lab, old: ControllerName) => Promise<void>,
): Promise<string> {
  const { lab, end, target, product, referee } = settling;
  const old = peerOf(target);
  await waitForMysql(lab, old);
  if (end !== 'done') return pairAtRest({ ...settling, mayRejoin }, old);
  await returns(lab, old);
  await referee.rejoining(old, () => rejoin(lab, product, old));
  return '';
}

const common = {
  prepare: async (lab, journals) => peerOf(await soundPair(lab, journals)),
  primaryAfter: (end, target) => (end === 'done' ? target : peerOf(target)),
} satisfies Partial<Scene>;

const order = (mode: string, target: ControllerName, attested: Readonly<Record<string, string>>) => ({
  operation: 'failover',
  target,
  mode,
  acknowledged: {},
  acknowledgesAll: true,
  attested,
});

/** "Fail Over": the primary lost its power. What happens to a host without power is no case; that it returns is one. */
export const failover: Scene = {
  ...common,
  id: 'failover',
  title: 'Fail Over: the primary lost its power',
  faults: [
    ...without('peer-off', 'peer-cable', 'controllers-partitioned', 'mysqld-peer', 'keepalived-peer'),
    PEER_RETURNS,
  ],
  judge: (verdict, { target }) => butLost(verdict, peerOf(target)),
  order: (target) => order('emergency', target, off(peerOf(target)).attested ?? {}),
  begin: async ({ lab, target }, referee) => {
    await referee.permit(target);
    await lab.powerOff(peerOf(target), 'hard');
    return keepsWhatItReceived(lab, target);
  },
  settled: async (settling) => {
    const { lab, target } = settling;
    if ((await lab.initOf(peerOf(target))) === undefined) await lab.powerOn(peerOf(target));
    return settled(settling, true, returnsAsStandby);
  },
};

/** "Fail Over", half-way: the host of the primary lives, its MySQL is dead. */
export const halfWay: Scene = {
  ...common,
  id: 'half-way',
  title: 'Fail Over, half-way: the host of the primary lives, its MySQL is dead',
  faults: without('mysqld-peer'),
  // Its binary logs can be read: nothing is lost.
  judge: (verdict, { target }) => butDying(verdict, peerOf(target)),
  order: (target) => order('half-way', target, {}),
  begin: async ({ lab, target }, referee) => {
    await referee.permit(target);
    await lab.mustConsole(peerOf(target), 'systemctl mask --runtime --quiet mysql; pkill -KILL -x mysqld');
    return keepsWhatItReceived(lab, target);
  },
  mend: async ({ lab, target }) => {
    const old = peerOf(target);
    await lab.mustConsole(old, 'systemctl unmask --runtime --quiet mysql');
    // A guard that is cut off stops one that is just starting, and the start is said to be canceled.
    await waitFor(`MySQL of ${old} to start`, 60_000, async () => {
      return (await lab.console(old, 'systemctl start mysql')).code === 0;
    });
  },
  // Its files were brought over first: the guard of the new primary may have started lsyncd.
  settled: (settling) => settled(settling, settling.fault.stopsApplier === true, knowsItsPrimary),
};
