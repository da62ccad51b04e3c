import type { RenderedFile } from './renderedFile';

/** Counted up when a reader of `manifest.json` would have to change. */
const FORMAT = 1;

/** Beside the trees of a site's hosts. */
export const MANIFEST_NAME = 'manifest.json';

/**
 * What a tree of files can't keep: mode, owner, and who else writes a file. JSON, with a line break at its end.
 * @param files those that stand in the tree. Sorted by host and path here: the same tree gives the same bytes.
 */
export function treeManifest(site: string, files: readonly RenderedFile[]): string {
  const listed = files
    .map(({ host, path, mode, owner, group, shared }) => ({
      host,
      path,
      mode,
      owner,
      group,
      ...(shared === undefined ? {} : { shared }),
    }))
    .sort((a, b) => compare(a.host, b.host) || compare(a.path, b.path));
  return `${JSON.stringify({ format: FORMAT, site, files: listed }, undefined, 2)}\n`;
}

/** By code units: a locale would give another order on another machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
