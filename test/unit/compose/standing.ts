import { Operations, type OperationsDeps } from '../../../src/compose/operations';
import { OperatorError } from '../../../src/core/errors';
import { OPEN_ACCESS } from '../../../src/core/operate/hostAccess';
import type { SiteObservation } from '../../../src/core/observe/host';
import { AT_MS, observed } from '../observation';
import { VirtualClock } from '../run/world/virtualClock';

export const LATER_MS = 60_000;

/** The engine behind the page, on a site that is as the test says. Whoever looks at it is heard by all who wait. */
export function standing(more: Partial<OperationsDeps> = {}) {
  const listeners = new Set<(observation: SiteObservation) => void>();
  let now = observed();
  const look = (seen: SiteObservation, afterMs = LATER_MS): void => {
    now = { ...seen, atMs: AT_MS + afterMs };
    for (const listener of listeners) listener(now);
  };
  const away = new OperatorError({ code: 'host-unreachable', what: 'away', host: '', state: '', next: '' });
  const sessions = { get: () => Promise.reject(away) };
  const connections = {
    access: OPEN_ACCESS,
    use: (_: unknown, work: (held: { sessions: typeof sessions }) => unknown) => work({ sessions }),
    hold: () => ({ sessions, release: () => undefined }),
  };
  const deps = {
    sites: {
      observation: () => Promise.resolve(now),
      compareFiles: () => Promise.resolve([]),
      onObservation: (listener: (observation: SiteObservation) => void) => {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    },
    connections,
    journal: { list: () => Promise.resolve([]) },
    secrets: { get: () => Promise.resolve('secret') },
    clock: Object.assign(new VirtualClock(), { nowMs: () => AT_MS + 1 }),
    operator: 'ann@desk',
    ...more,
  } as unknown as OperationsDeps;
  return { operations: new Operations(deps), look, listeners };
}
