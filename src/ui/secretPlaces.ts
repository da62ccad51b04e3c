/** What a window shows, as URIs. A window gets a workspace file when a second folder is added, or when it is saved. */
export interface OpenWindow {
  readonly workspaceFile: string | undefined;
  readonly folders: readonly string[];
}

/** Where a window keeps what belongs to none of its folders alone. */
export function windowPlace({ workspaceFile, folders }: OpenWindow): string {
  return workspaceFile ?? folders[0] ?? '';
}

/** Where a value is kept that sites of these inventory files use: with their folders, which stay when the window changes. */
export function placesToWrite(window: OpenWindow, files: readonly string[]): readonly string[] {
  const holds = (folder: string): boolean => files.some((file) => file.startsWith(`${folder}/`));
  return [...new Set([windowPlace(window), ...window.folders.filter(holds)])];
}

/**
 * The value that counts in this window: what its folders agree on, else the window's own.
 * @param valueAt asks the storage
 */
export async function valueOf(
  window: OpenWindow,
  valueAt: (place: string) => PromiseLike<string | undefined>,
): Promise<string | undefined> {
  const values = await Promise.all(window.folders.map(valueAt));
  const distinct = new Set(values.filter((value) => value !== undefined));
  const [first] = distinct;
  return distinct.size === 1 ? first : valueAt(windowPlace(window));
}
