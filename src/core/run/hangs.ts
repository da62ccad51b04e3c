import type { RunContext } from './context';

/**
 * A stop lets what runs come to its end. What hangs, or copies for an hour, would hold up the undo for its whole time limit:
 * after a grace the token of its host is raised, which ends it there (docs/host-helper.md, `lease raise`). Not at the point of
 * no return, nor in a plan that may stop anywhere: an installer is not cut off in its midst.
 * @returns what ends the watch, when nothing runs any more
 */
export function endsWhatHangs(context: RunContext): { dispose(): void } {
  const { stop, plan, policy, deps, state, lease } = context;
  const over = new AbortController();
  const afterGrace = async (): Promise<void> => {
    await deps.clock.sleep(policy.stopGraceMs, over.signal);
    const wanted = stop.reason?.kind === 'abort' || stop.reason?.kind === 'failure';
    if (over.signal.aborted || !wanted || state.opening !== 'closed') return;
    const runs = new Set(
      plan.steps.filter(({ id }) => state.record(id).state === 'running').map(({ host }) => host),
    );
    const hosts = plan.leaseHosts.filter((host) => runs.has(host));
    if (hosts.length > 0) await lease.raise(hosts, context.mayOvertake);
  };
  const begin = (): void =>
    void afterGrace().catch((error: unknown) => {
      if (!over.signal.aborted)
        deps.log.warn(`what runs on ${plan.leaseHosts.join(', ')} could not be ended: ${String(error)}`);
    });
  if (plan.stoppable !== true) {
    if (stop.reason) begin();
    else stop.signal.addEventListener('abort', begin, { once: true, signal: over.signal });
  }
  return { dispose: () => over.abort() };
}
