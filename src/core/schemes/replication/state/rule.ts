import type { Occurrence, Rule } from '../../../findings/rule';
import type { MysqlState, ReplicaState } from '../../../observe/mysql';
import type { NodeKind } from '../../../topology/node';
import type { ControllerView, SiteView } from './view';

/** One finding from what the hosts are. */
export interface StateRule extends Rule<SiteView> {
  /** The node of the topology that shows it: below its host, or below every controller when it is about the site. */
  readonly part: NodeKind;
}

export function onHost(
  view: SiteView,
  host: string,
  message: string,
  more: Partial<Occurrence> = {},
): Occurrence {
  return { where: { kind: 'host', site: view.site.name, host }, message, ...more };
}

export function onSite(view: SiteView, message: string, more: Partial<Occurrence> = {}): Occurrence {
  return { where: { kind: 'site', site: view.site.name }, message, ...more };
}

export function mysqlOf(controller: ControllerView | undefined): MysqlState | undefined {
  return controller?.seen.mysql.known === true ? controller.seen.mysql.value : undefined;
}

/** The channel of a standby that answers. */
export function replicaOf(controller: ControllerView | undefined): ReplicaState | undefined {
  return mysqlOf(controller)?.replica;
}

export function isWritable(mysql: MysqlState): boolean {
  return !mysql.readOnly && !mysql.superReadOnly;
}

/** Known not to answer; a host that was not asked yet is not gone. */
export function isGone(controller: ControllerView): boolean {
  return !controller.seen.reachable.known;
}

/**
 * The source sends a heartbeat after each interval without an event. The limit stays below replica_net_timeout, which is
 * twice the default interval: after that the status tells the truth by itself.
 */
export function isSilent(replica: ReplicaState): boolean {
  return replica.heartbeatAgeMs === null || replica.heartbeatAgeMs > 1.2 * replica.heartbeatIntervalMs + 2000;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
