import type { HostObservation, SiteObservation } from '../../../observe/host';
import { unreachableHost } from '../../../observe/unreachable';
import type { ReplicationController, ReplicationSite } from '../site';
import { holdsVip, roleOf } from './roles';
import type { RoleJudgement } from './roles';

/** One controller: what the inventory says and what was seen. */
export interface ControllerView {
  readonly name: string;
  readonly controller: ReplicationController;
  readonly seen: HostObservation;
  readonly role: RoleJudgement;
  /** Undefined where it could not be read. */
  readonly holdsVip: boolean | undefined;
}

/** A site as state findings and topology read it. */
export interface SiteView {
  readonly site: ReplicationSite;
  readonly observation: SiteObservation;
  readonly controllers: readonly [ControllerView, ControllerView];
  readonly witness: HostObservation;
  /** The one likely primary; undefined where none or both look like it. */
  readonly primary: ControllerView | undefined;
  /** The controller beside the primary. */
  readonly standby: ControllerView | undefined;
  readonly holders: readonly ControllerView[];
}

const NOT_YET = 'not observed yet';

export function viewOf(site: ReplicationSite, observation: SiteObservation): SiteView {
  const view = (controller: ReplicationController): ControllerView => {
    const seen =
      observation.hosts[controller.name] ?? unreachableHost(controller.name, NOT_YET, observation.atMs);
    const role = roleOf(site, observation, controller.name);
    return { name: controller.name, controller, seen, role, holdsVip: holdsVip(site, seen) };
  };
  const [first, second] = [view(site.controllers[0]), view(site.controllers[1])];
  const primary = primaryOf(first, second);
  return {
    site,
    observation,
    controllers: [first, second],
    witness:
      observation.hosts[site.prometheus.name] ??
      unreachableHost(site.prometheus.name, NOT_YET, observation.atMs),
    primary,
    standby: primary === undefined ? undefined : primary === first ? second : first,
    holders: [first, second].filter((controller) => controller.holdsVip === true),
  };
}

export function otherOf(view: SiteView, controller: ControllerView): ControllerView {
  return view.controllers[0] === controller ? view.controllers[1] : view.controllers[0];
}

function primaryOf(a: ControllerView, b: ControllerView): ControllerView | undefined {
  if (a.role.likely === b.role.likely) return undefined;
  if (a.role.likely === 'primary' || b.role.likely === 'primary') return a.role.likely === 'primary' ? a : b;
  // One is the standby and the other can't be read: its primary is the other.
  return a.role.likely === 'standby' ? b : a;
}
