import { OperatorError } from '../core/errors';
import { addressesOf } from '../core/operate/addressesOf';
import type { Site } from '../core/inventory/site';
import type { Plan } from '../core/plan/plan';
import type { HostSession, HostSessions } from '../core/ports';
import type { RunDeps } from '../core/run/deps';
import { Run } from '../core/run/executor';
import type { ResumeOptions } from '../core/run/resume';
import type { RunSnapshot } from '../core/run/snapshot';
import type { StartOptions } from '../core/run/start';
import type { HeldConnections, SiteConnections } from './siteConnections';

/** A run over connections that it holds from its start to its end: an inventory that is saved meanwhile cuts nothing off. */
export class SiteRun extends Run {
  private readonly own: OwnSessions;

  constructor(deps: Omit<RunDeps, 'sessions' | 'siteAddresses'>, connections: SiteConnections, site: Site) {
    const own = new OwnSessions(connections, site);
    super({ ...deps, sessions: own, siteAddresses: addressesOf(site) });
    this.own = own;
  }

  override start(plan: Plan, options: StartOptions): Promise<RunSnapshot> {
    return this.own.during(() => super.start(plan, options));
  }

  override resume(runId: string, options: ResumeOptions): Promise<RunSnapshot> {
    return this.own.during(() => super.resume(runId, options));
  }
}

class OwnSessions implements HostSessions {
  private held: HeldConnections | undefined;

  constructor(
    private readonly connections: SiteConnections,
    private readonly site: Site,
  ) {}

  async during<T>(work: () => Promise<T>): Promise<T> {
    // A second call is refused by the run itself: it must not let go what the first one holds.
    if (this.held !== undefined) return work();
    const held = this.connections.hold(this.site);
    this.held = held;
    try {
      return await work();
    } finally {
      held.release();
    }
  }

  get(host: string): Promise<HostSession> {
    if (this.held !== undefined) return this.held.sessions.get(host);
    return Promise.reject(
      new OperatorError({
        code: 'internal',
        what: 'The run has not begun',
        host,
        state: 'Nothing was done.',
        next: 'Report it as a fault of the product.',
      }),
    );
  }

  /** Whose they are closes them. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
