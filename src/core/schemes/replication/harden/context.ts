import { isDrift } from '../../../deploy/drift';
import type { FileComparison } from '../../../deploy/compare';
import type { PlanRequest, QuestionAnswer } from '../../scheme';
import { deployContext, type DeployContext } from '../deploy/context';
import { methodOf } from '../operation/context';
import { pathsOf } from '../paths';
import type { ReplicationController, ReplicationSite } from '../site';

/** As of a deployment of every file that differs. Acts and moves nothing by a role until the roles are there. */
export type HardenContext = DeployContext;

export function hardenContext(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): HardenContext {
  const { choices: _, ...rest } = request;
  const base = deployContext({ ...rest, target: 'all' }, answers);
  // The helper is brought along, also where half of an earlier attempt stands: the one on disk is what is being installed.
  return { ...base, method: 'keepalived' };
}

/** What the two controllers are now; undefined where that could not be read. */
export function builtAs({ source, target, seen }: HardenContext): readonly {
  readonly host: string;
  readonly hardened: boolean | undefined;
}[] {
  return (
    [
      [source.name, seen.source],
      [target.name, seen.target],
    ] as const
  ).map(([host, observed]) => {
    const method = methodOf(observed);
    return { host, hardened: method === undefined ? undefined : method === 'role-flag' };
  });
}

/** Files of one controller, by when they count. */
export interface FileStages {
  /** Counts for nobody until something starts it. */
  readonly first: readonly FileComparison[];
  readonly mysql: readonly FileComparison[];
  readonly notifyScript: readonly FileComparison[];
  readonly keepalived: readonly FileComparison[];
  readonly lsyncd: readonly FileComparison[];
}

export function stagesOf({ chosen }: HardenContext, { name, os }: ReplicationController): FileStages {
  const paths = pathsOf(os);
  const files = chosen.filter(({ file, drift }) => file.host === name && isDrift(drift));
  const late = [paths.mysql, paths.notifyScript, paths.keepalived, paths.lsyncd];
  const only = (path: string): readonly FileComparison[] => files.filter(({ file }) => file.path === path);
  return {
    first: files.filter(({ file }) => !late.includes(file.path)),
    mysql: only(paths.mysql),
    notifyScript: only(paths.notifyScript),
    keepalived: only(paths.keepalived),
    lsyncd: only(paths.lsyncd),
  };
}
