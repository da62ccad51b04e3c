import type { RenderedFile } from '../../../core/schemes/scheme';

/**
 * Where a host's file goes below the generated folder: `SITE/HOST/etc/…`, the host's own tree.
 * @throws RangeError for a path that would lead elsewhere.
 */
export function generatedPath(site: string, file: Pick<RenderedFile, 'host' | 'path'>): string[] {
  const below = file.path.split('/').slice(1);
  const parts = [site, file.host, ...below];
  if (
    !file.path.startsWith('/') ||
    parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part))
  ) {
    throw new RangeError(`${file.path} of ${file.host} is no path of a file on a host`);
  }
  return parts;
}
