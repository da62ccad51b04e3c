import type { FileComparison } from '../../../deploy/compare';
import { isDrift } from '../../../deploy/drift';
import type { SiteObservation } from '../../../observe/host';
import type { PlanRequest, QuestionAnswer } from '../../scheme';
import { promoteContext, type PromoteContext } from '../operation/context';
import { pathsOf } from '../paths';
import type { ReplicationController, ReplicationSite } from '../site';
import { roleOf } from '../state/roles';

/** All that checks and steps of a deployment read. `source` is the primary, `target` its standby, and both stay what they are. */
export interface DeployContext extends PromoteContext {
  readonly planId: string;
  /** Every rendered file beside what its host has. */
  readonly files: readonly FileComparison[];
  /** Those that this plan brings to the hosts. */
  readonly chosen: readonly FileComparison[];
}

/** The name of a file in `choices.files`. */
export function fileName({ host, path }: { readonly host: string; readonly path: string }): string {
  return `${host}:${path}`;
}

/** What of the differing files is chosen: by name, else by host (`all`: every host). */
function chosenFiles(request: PlanRequest<ReplicationSite>): readonly FileComparison[] {
  const differing = (request.files ?? []).filter(({ drift }) => isDrift(drift));
  const names = request.choices?.['files'];
  if (names !== undefined) return differing.filter(({ file }) => names.includes(fileName(file)));
  return differing.filter(({ file }) => request.target === 'all' || request.target === file.host);
}

/** The controller that is not the primary, as far as can be told; a check blocks where it can't. */
export function standbyOf(site: ReplicationSite, observation: SiteObservation): ReplicationController {
  const [first, second] = site.controllers;
  return roleOf(site, observation, second.name).likely === 'primary' ? first : second;
}

export function deployContext(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): DeployContext {
  const { site, observation } = request;
  const base = promoteContext({ ...request, answers, target: standbyOf(site, observation).name });
  return {
    ...base,
    planId: request.id,
    files: request.files ?? [],
    chosen: inOrder(base, chosenFiles(request)),
  };
}

/** Standby first: what its daemons refuse never reaches the primary. On a host, what others check for comes first. */
function inOrder(
  { source, target }: PromoteContext,
  files: readonly FileComparison[],
): readonly FileComparison[] {
  const hosts = [target.name, source.name];
  const rank = ({ file }: FileComparison): number => {
    const host = hosts.includes(file.host) ? hosts.indexOf(file.host) : hosts.length;
    // keepalived's own check looks for the script that its configuration names.
    const last = file.path.endsWith('/keepalived.conf') ? 1 : 0;
    return host * 2 + last;
  };
  return [...files].sort((a, b) => rank(a) - rank(b));
}

/** What is read again when files of a host have changed. */
export interface Effects {
  readonly systemd: boolean;
  readonly tmpfiles: boolean;
  readonly guard: boolean;
  readonly sysctl: boolean;
  readonly keepalived: boolean;
  readonly lsyncd: boolean;
}

export function effectsOn(context: DeployContext, host: string): Effects {
  const paths = context.chosen.filter(({ file }) => file.host === host).map(({ file }) => file.path);
  const controller = context.site.controllers.find(({ name }) => name === host);
  const has = (test: (path: string) => boolean): boolean => paths.some(test);
  const own = controller === undefined ? undefined : pathsOf(controller.os);
  return {
    systemd: has((path) => path.startsWith('/etc/systemd/')),
    tmpfiles: has((path) => path.startsWith('/etc/tmpfiles.d/')),
    guard:
      own !== undefined &&
      has((path) =>
        /\/(clustercontrol-ha-guard\.service|sbin\/clustercontrol-ha|default\/clustercontrol-ha)$/.test(path),
      ),
    sysctl: has((path) => path.startsWith('/etc/sysctl.d/')),
    keepalived: own !== undefined && has((path) => path === own.keepalived),
    lsyncd: own !== undefined && has((path) => path === own.lsyncd),
  };
}

/** What both VRRP speakers must say alike: as long as they differ, each takes itself for alone. */
const SHARED_VRRP = /^[-+][ \t]*(?:version|vrrp_version|virtual_router_id|advert_int|auth_|unicast_)/;

export function changesSharedVrrp(diff: readonly string[]): boolean {
  return diff.some((line) => SHARED_VRRP.test(line));
}

export function controllersOf({ target, source }: DeployContext): readonly ReplicationController[] {
  return [target, source];
}
