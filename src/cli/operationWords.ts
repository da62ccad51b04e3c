import type { Site } from '../core/inventory/site';
import { SCHEMES, schemeOf } from '../core/schemes/registry';
import { type PlanChoices, PLANNED_ONLY } from '../core/schemes/scheme';
import type { Options } from './args';
import { UsageError } from './exitCodes';
import { chooseSite } from './inventory';

/** What `plan` and `run` are asked for. */
export interface WantedOperation {
  readonly operation: string;
  readonly target: string;
  readonly mode: string;
}

/** `promote cc2`: the operation, its target, and how it is done. @throws UsageError */
export function operationWords({
  words,
  verb,
  mode,
}: Pick<Options, 'words' | 'verb' | 'mode'>): WantedOperation {
  const [operation, ...others] = words;
  // A deployment goes to all hosts unless one is named; a hardening always does.
  const [target = operation === 'deploy' || operation === 'harden' ? 'all' : undefined, ...rest] = others;
  const known = SCHEMES.flatMap(({ operations }) => [...operations]);
  const found = known.find(({ id }) => id === operation);
  if (found === undefined || target === undefined || rest.length > 0) {
    throw new UsageError(
      `${verb} takes an operation and its target: ${verb} promote cc2; operations: ${known.map(({ id }) => id).join(', ')}`,
    );
  }
  const modes = found.modes ?? PLANNED_ONLY;
  if (mode !== undefined && !modes.includes(mode)) {
    throw new UsageError(`${found.id} has no mode "${mode}"; it has: ${modes.join(', ')}`);
  }
  return { operation: found.id, target, mode: mode ?? modes[0] };
}

/** @throws UsageError where the operation can have no such target on this site, whatever its hosts are. */
export function checkTarget(site: Site, { operation, target }: WantedOperation): void {
  const found = schemeOf(site).operations.find(({ id }) => id === operation);
  if (found === undefined)
    throw new UsageError(`${site.name} (${site.scheme}) has no operation ${operation}`);
  const targets = found.targets(site, { site: site.name, atMs: 0, hosts: {} }).map(({ host }) => host);
  if (!targets.includes(target)) {
    throw new UsageError(
      `${operation} of ${site.name} has no target ${target}; it has: ${targets.join(', ')}`,
    );
  }
}

/** The operation and the site that it is wanted of. @throws UsageError */
export async function wantedOperation(options: Options): Promise<WantedOperation & { readonly site: Site }> {
  const wanted = operationWords(options);
  const site = await chooseSite(options);
  checkTarget(site, wanted);
  return { ...wanted, site };
}

/** What was chosen beyond the target. */
export function choicesOf({ files }: Options): PlanChoices | undefined {
  return files.length === 0 ? undefined : { files };
}
