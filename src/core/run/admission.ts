import { OperatorError } from '../errors';
import type { RunContext } from './context';
import { isGuards, type LeaseOnHost, type LeaseStatus } from './leaseCalls';
import type { MayOvertake } from './leaseRaise';
import { refusedStarts } from './refusedStarts';
import { notResumable, type ResumeOptions } from './resume';

/**
 * Asks the hosts whether a run may be gone on with by this process, before anything is written or sent.
 * A lease that somebody still renews belongs to a running process; one that nobody renews is left over from a crash.
 * @throws OperatorError `lease-held`, `run-not-resumable` or `host-unreachable`.
 */
export async function admitResume(context: RunContext, options: ResumeOptions): Promise<MayOvertake> {
  const first = await statuses(context);
  checkReach(context, options, first);
  const leases = leasesOf(first);
  const refused = refusedStarts(context.plan, context.state, first);
  const others = leases.filter(
    (lease) =>
      lease.plan !== context.plan.id &&
      !isGuards(lease) &&
      !refused.plans.has(lease.plan) &&
      lease.token >= highest(context),
  );
  const foreign = others.find((lease) => lease.remainingSeconds > 0) ?? others[0];
  if (foreign) {
    const alive = foreign.remainingSeconds > 0;
    const what = `${foreign.operator} ${alive ? 'runs' : 'has run'} plan ${foreign.plan} on this site since.`;
    throw alive ? held(what) : notResumable(what, 'Look at the site as it is now, and make a new plan.');
  }
  const continued = leases.find(
    (lease) =>
      lease.plan === context.plan.id &&
      lease.token > highest(context) &&
      !context.state.holders.has(lease.operator),
  );
  const old = continued
    ? `${continued.operator} has gone on with this run since, from another machine: what this journal tells is old.`
    : refused.journalIsOld;
  if (old !== undefined) {
    throw notResumable(
      old,
      'Resume it from what the hosts tell ("Resume or Undo Operation"; cli.js resume --from-hosts).',
    );
  }
  if (!options.takeOver && leases.some((lease) => lease.remainingSeconds > 0))
    await refuseIfRenewed(context, first);
  const seen = leasesOf(options.takeOver ? first : await statuses(context));
  const known = Math.max(highest(context), ...seen.map((lease) => lease.token));
  return (lease) => {
    const left =
      lease.plan === context.plan.id || (refused.plans.has(lease.plan) && lease.state === 'released');
    if (left && lease.token <= known) return undefined;
    if (lease.operator === context.calls.holder) return undefined;
    return `${lease.operator} acts on this site now.`;
  };
}

async function refuseIfRenewed(context: RunContext, first: ReadonlyMap<string, LeaseStatus>): Promise<void> {
  const waitMs = 2 * context.policy.renewEveryMs + 1_000;
  await context.deps.clock.sleep(waitMs);
  for (const [host, status] of await statuses(context)) {
    const before = first.get(host);
    if (!status.known || !status.lease || !before?.known || !before.lease) continue;
    // Unrenewed, it has lost what was waited. Half a wait is room for rounding and slow answers.
    const renewed = status.lease.remainingSeconds > before.lease.remainingSeconds - waitMs / 2_000;
    if (status.lease.remainingSeconds > 0 && renewed) {
      throw held(
        `${status.lease.operator} is running this very operation; the lease on ${host} is being renewed.`,
      );
    }
  }
}

/** Undo goes as far as it gets. Going forward needs whom the rest of the plan needs. */
function checkReach(
  { plan, state }: RunContext,
  { intent }: ResumeOptions,
  found: ReadonlyMap<string, LeaseStatus>,
): void {
  const away = [...found].flatMap(([host, status]) =>
    status.known || status.missing ? [] : [[host, status.reason]],
  );
  const opening = state.graph.step(plan.pointOfNoReturn);
  const needed =
    state.opening === 'intended'
      ? away.filter(([host]) => host === opening.host)
      : intent === 'finish' && state.opening === 'closed'
        ? away
        : away.length === found.size
          ? away
          : [];
  if (needed.length === 0) return;
  throw new OperatorError({
    code: 'host-unreachable',
    what: needed.map(([host, reason]) => `${host} can't be asked: ${reason}`).join(' '),
    host: needed[0]?.[0],
    state: 'The run stays as it was.',
    next:
      intent === 'finish' && state.opening === 'closed'
        ? 'Try again when it answers, or undo.'
        : 'Try again when it answers.',
  });
}

async function statuses({ plan, calls }: RunContext): Promise<ReadonlyMap<string, LeaseStatus>> {
  return new Map(
    await Promise.all(plan.leaseHosts.map(async (host) => [host, await calls.status(host)] as const)),
  );
}

function leasesOf(found: ReadonlyMap<string, LeaseStatus>): readonly LeaseOnHost[] {
  return [...found.values()].flatMap((status) => (status.known && status.lease ? [status.lease] : []));
}

function highest({ state }: RunContext): number {
  return state.highestToken;
}

function held(what: string): OperatorError {
  return new OperatorError({
    code: 'lease-held',
    what,
    state: 'Nothing was changed by this.',
    next: 'Wait until it has ended, or take over knowingly: the other one can then do nothing more.',
  });
}
