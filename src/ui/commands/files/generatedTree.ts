import * as vscode from 'vscode';
import { MANIFEST_NAME, treeManifest } from '../../../core/deploy/manifest';
import type { Site } from '../../../core/inventory/site';
import type { RenderedFile, SiteDocument } from '../../../core/schemes/scheme';
import { generatedPath } from './generatedPath';

/** One text of the generated folder: a host's file, or a document of the site. */
export interface Piece {
  /** Undefined: it belongs to no host. */
  readonly host: string | undefined;
  readonly group: string;
  /** As it is shown: the path on the host, or the document's name. */
  readonly path: string;
  /** Below the generated folder. */
  readonly parts: readonly string[];
  readonly content: string;
}

export function piecesOf(
  site: Site,
  files: readonly RenderedFile[],
  documents: readonly SiteDocument[],
): readonly Piece[] {
  return [
    ...files.map((file) => ({ ...file, parts: generatedPath(site.name, file) })),
    ...documents.map(({ name, group, content }) => ({
      host: undefined,
      group,
      path: name,
      parts: [site.name, name],
      content,
    })),
  ];
}

/** Tells mode and owner of all files that stand in the tree. It is ours alone, and follows from them: nobody is asked. */
export async function writeManifest(
  folder: vscode.Uri,
  site: Site,
  files: readonly RenderedFile[],
): Promise<void> {
  const there = await Promise.all(
    files.map((file) => exists(vscode.Uri.joinPath(folder, ...generatedPath(site.name, file)))),
  );
  const standing = files.filter((_, index) => there[index]);
  if (standing.length === 0) return;
  await vscode.workspace.fs.writeFile(
    vscode.Uri.joinPath(folder, site.name, MANIFEST_NAME),
    new TextEncoder().encode(treeManifest(site.name, standing)),
  );
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
