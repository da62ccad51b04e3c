import type { Site } from '../inventory/site';

/**
 * What the inventory says otherwise about a site since something was planned by `before`, in words. Empty: the same. Where it
 * stands in which file is no part of it.
 */
export function changedDefinition(before: Site, now: Site): string[] {
  const [was, is] = [before, now].map(({ file: _, ...said }) => new Map(Object.entries(said)));
  const keys = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
  const changed = keys.filter((key) => JSON.stringify(was?.get(key)) !== JSON.stringify(is?.get(key)));
  return changed.length === 0
    ? []
    : [`the inventory says otherwise about ${before.name} now (${changed.join(', ')})`];
}
