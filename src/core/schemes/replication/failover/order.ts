import { countTransactions, parseGtidSet } from '../../../gtid/set';
import type { HookSurroundings } from '../../../operate/hooks';
import { type Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { lookAtNewPrimary } from '../steps/afterwards';
import { channelRemnants, replicationStop } from '../steps/channel';
import { clientsReady, open } from '../steps/database';
import { powerOffStep, selfFenced, stillDead } from '../steps/fence';
import { shownHelper, type StepKit } from '../steps/kit';
import { keepReceived, receivedApplied, receivingStop, relayLogAsBefore } from '../steps/received';
import { epochCommit, epochPending, epochPendingWitness, pendingClear, roleNew } from '../steps/records';
import { ping, servicesStart } from '../steps/services';
import { keepalivedReady } from '../steps/vipKeepalived';
import { vipTaken } from '../steps/vipRoleFlag';
import { vipHeld, vipTake } from '../steps/vipTake';
import { type EmergencyContext, followsNobody } from './context';
import { type Fence, isPowerOff } from './fence';
import { portsOf, stillDeadScript } from './lifeScript';
import { relayLogAtRestart } from './relayLog';

const ids = (steps: readonly Step[]): string[] => steps.map((step) => step.id);

/** Whether the relay log has to be kept over a restart of MySQL by hand. */
export function keepsRelayLog(context: EmergencyContext): boolean {
  const { seen } = context;
  return (
    !followsNobody(context) &&
    seen.target.mysql.known &&
    relayLogAtRestart(seen.target.mysql.value) === 'unknown'
  );
}

/**
 * The old primary can't be told of an epoch that an undo would make: where the record was never written, none is made, and
 * it comes back with the one that it has.
 */
function undoneWhere(step: Step, wasWritten: string): Step {
  const { undo } = step;
  if (undo === undefined) return step;
  const script = { ...undo.script, script: `${wasWritten} || exit 0; ${undo.script.script}` };
  return { ...step, undo: { ...undo, script } };
}

function roleHere(kit: StepKit, fence: Fence | undefined, needs: readonly string[]): Step {
  const record = '/var/lib/clustercontrol-ha/role';
  const written = `{ read -r was _ <${record} && [ "$was" -ge ${kit.context.epochs.next} ]; }`;
  const step = undoneWhere(roleNew(kit, needs), written);
  if (!isPowerOff(fence)) return step;
  // Its peer has no power: where no witness answers either, its guard must not take it for cut off. It goes at the first answer.
  const alone = 'touch /run/clustercontrol-ha/alone';
  const act = { ...step.act, script: `${alone} && ${step.act.script}` };
  return { ...step, shown: [alone, ...step.shown], act };
}

function commitHere(kit: StepKit, needs: readonly string[]): Step {
  const { next } = kit.context.epochs;
  const now = shellQuote(`${next} ${kit.target}`);
  // Withdrawn first: a promoter that another one has overtaken in its sleep may be about to commit it, and no lease stops it there.
  const withdraw = `${kit.helper} witness withdraw ${next} || exit 1`;
  const step = undoneWhere(
    epochCommit(kit, needs),
    `${withdraw}; [ "$(${kit.helper} witness show)" = ${now} ]`,
  );
  if (step.undo === undefined) return step;
  const shown = [shownHelper(`witness withdraw ${next}`), ...step.undo.shown];
  return { ...step, undo: { ...step.undo, shown } };
}

/**
 * Announced, fenced, and observed again. Users notice nothing of it: they have no service. Beside the second look, nothing
 * more is received, which takes MySQL up to four seconds while its thread waits for a dead host (measured), and what was
 * received is applied: nothing more can come once the fence stands. With a backlog, the second look comes behind it.
 */
function prepare(kit: StepKit, context: EmergencyContext, around: HookSurroundings): Step[] {
  const { fence, source, site } = context;
  const roleFlag = context.method === 'role-flag';
  const announced = roleFlag
    ? [epochPending(kit, kit.target, []), ...(kit.hasWitness ? [epochPendingWitness(kit, [])] : [])]
    : [keepalivedReady(kit, [])];
  const fenced: Step[] = [];
  if (fence?.kind === 'power-hook') {
    fenced.push(powerOffStep(kit, fence.hook, source, around, ids(announced)));
  }
  if (fence?.kind === 'isolated' && kit.hasWitness) {
    // Before the wait: whoever heals the network meanwhile meets the newer epoch, or the lease, and opens nothing.
    const commit: Step = { ...commitHere(kit, ids(announced)), phase: 'prepare' };
    const wait = [kit.target, site.prometheus.name].map((host) =>
      selfFenced(kit, host, fence.waitSeconds, [commit.id]),
    );
    fenced.push(commit, ...wait);
  }
  const before = ids([...announced, ...fenced]);
  const subject = { source, vip: site.vip, ports: portsOf(site, source) };
  const places = [kit.target, ...(context.seen.witness.reachable.known ? [site.prometheus.name] : [])];
  const applied = followsNobody(context) ? [] : received(kit, context, before);
  // What takes its time to be applied leaves time to a host that comes back: then it is looked for behind that.
  const looked = hasBacklog(context) ? ids(applied).slice(-1) : before;
  const again = places.map((host) =>
    stillDead(kit, host, stillDeadScript(subject, host === kit.target ? 'target' : 'witness'), looked),
  );
  const client = clientsReady(kit, kit.target, 2, ids(applied).slice(-1));
  return [...announced, ...fenced, ...again, ...applied, client];
}

function hasBacklog({ seen: { target } }: EmergencyContext): boolean {
  const replica = target.mysql.known ? target.mysql.value.replica : undefined;
  return replica !== undefined && countTransactions(parseGtidSet(replica.unapplied)) > 0;
}

function received(kit: StepKit, context: EmergencyContext, before: readonly string[]): Step[] {
  const kept = keepsRelayLog(context) ? [keepReceived(kit, before)] : [];
  return [
    ...kept,
    receivingStop(kit, [...before, ...ids(kept)], 'prepare'),
    receivedApplied(kit, ['receiving-stop'], 'prepare'),
  ];
}

function cut(kit: StepKit, context: EmergencyContext, needs: readonly string[]): Step {
  return followsNobody(context) ? channelRemnants(kit, needs) : replicationStop(kit, needs, true);
}

function outage(kit: StepKit, context: EmergencyContext, prepared: readonly string[]): Step[] {
  const roleFlag = context.method === 'role-flag';
  const committedEarly = context.fence?.kind === 'isolated';
  // keepalived's own timer is the longest part: it runs beside the database.
  const vip = roleFlag ? [vipTake(kit, prepared), vipTaken(kit, ['vip-take'])] : [vipHeld(kit, prepared)];
  const records = roleFlag
    ? [
        ...(kit.hasWitness && !committedEarly ? [commitHere(kit, ['replication-stop'])] : []),
        roleHere(kit, context.fence, ['replication-stop']),
      ]
    : [];
  return [...vip, cut(kit, context, prepared), ...records];
}

/**
 * No step for lsyncd: when the old primary returns, it would delete there what only that one has. The rejoin starts it; after a
 * half-way failover, where nothing can be missing, the guard.
 */
export function emergencyAfterwards(kit: StepKit, context: EmergencyContext): Step[] {
  const steps = [
    servicesStart(kit, ['open']),
    ping(kit, ['services-start']),
    ...(keepsRelayLog(context) ? [relayLogAsBefore(kit, ['services-start'])] : []),
    ...(context.method === 'role-flag' ? [pendingClear(kit, kit.target, ['services-start'])] : []),
  ];
  return [...steps, lookAtNewPrimary(kit, ids(steps), 'rest')];
}

/** The order of a failover from a dead primary, as a graph. Nothing of it touches the old primary. */
export function emergencySteps(kit: StepKit, context: EmergencyContext, around: HookSurroundings): Step[] {
  const before = prepare(kit, context, around);
  const during = outage(kit, context, ids(before));
  return [...before, ...during, open(kit, ids(during)), ...emergencyAfterwards(kit, context)];
}
