import type { RunContext } from './context';

/** Waited before a host is asked again that did not answer a raise, ms. */
const RAISE_AGAIN_MS = 2_000;

/**
 * A stop lets what runs come to its end. What hangs, or copies for an hour, would hold up the undo for its whole time limit:
 * after a grace the token of its host is raised, which ends it there (docs/host-helper.md, `lease raise`). A host that can't be
 * asked is asked again while something runs there; an abort behind another stop begins a grace of its own. Not at the point of no
 * return, nor in a plan that may stop anywhere: an installer is not cut off in its midst.
 * @returns what ends the watch, when nothing runs any more
 */
export function endsWhatHangs(context: RunContext): { dispose(): void } {
  const { stop, plan, policy, deps } = context;
  const over = new AbortController();
  let underWay = false;
  const afterGrace = async (): Promise<void> => {
    await deps.clock.sleep(policy.stopGraceMs, over.signal);
    while (await raiseWhereItHangs(context, over.signal)) {
      await deps.clock.sleep(RAISE_AGAIN_MS, over.signal);
    }
  };
  const begin = (): void => {
    if (underWay) return;
    underWay = true;
    void afterGrace()
      .catch((error: unknown) => {
        if (!over.signal.aborted)
          deps.log.warn(`what runs on ${plan.leaseHosts.join(', ')} could not be ended: ${String(error)}`);
      })
      .finally(() => (underWay = false));
  };
  if (plan.stoppable === true) return { dispose: () => undefined };
  const requests = stop.onRequest(begin);
  if (stop.reason) begin();
  return {
    dispose: () => {
      requests.dispose();
      over.abort();
    },
  };
}

/** @returns whether a host could not be asked, so that what runs there may still run. */
async function raiseWhereItHangs(context: RunContext, over: AbortSignal): Promise<boolean> {
  const { stop, plan, state, lease, mayOvertake, deps } = context;
  const kind = stop.reason?.kind;
  const isOurs = kind !== undefined && kind !== 'overtaken' && kind !== 'opening-unknown';
  if (over.aborted || !isOurs || state.opening !== 'closed') return false;
  const runs = new Set(
    plan.steps.filter(({ id }) => state.record(id).state === 'running').map(({ host }) => host),
  );
  const hosts = plan.leaseHosts.filter((host) => runs.has(host));
  if (hosts.length === 0) return false;
  const { away, overtakenBy } = await lease.raise(hosts, mayOvertake);
  for (const [host, reason] of away) deps.log.warn(`what runs on ${host} could not be ended yet: ${reason}`);
  // Whoever has taken over ends what runs; the undo meets him, and says so.
  return overtakenBy === undefined && away.size > 0;
}
