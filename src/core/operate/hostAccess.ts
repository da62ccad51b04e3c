import { OperatorError } from '../errors';

/** Why hosts are not contacted from here, and what opens the way. Both are sentences for the operator. */
export interface HostsClosed {
  readonly reason: string;
  readonly next: string;
}

/** Whether hosts may be contacted from here at all. A folder that the operator doesn't trust may name any host. */
export interface HostAccess {
  /** Undefined where they may. */
  closed(): HostsClosed | undefined;
  /** Called when that has changed. */
  onDidChange(listener: () => void): { dispose(): void };
}

/** The command line: whoever calls it names the inventory himself. */
export const OPEN_ACCESS: HostAccess = {
  closed: () => undefined,
  onDidChange: () => ({ dispose: () => undefined }),
};

/** @throws OperatorError where hosts may not be contacted. */
export function requireAccess(access: HostAccess): void {
  const closed = access.closed();
  if (closed === undefined) return;
  const { reason, next } = closed;
  throw new OperatorError({ code: 'hosts-closed', what: reason, state: 'No host was contacted.', next });
}
