import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listCapsules } from '../capsule/capsule';
import type { HostName } from '../site';

/** A disk's image file, for the moment until its loop device holds it. Named by the lab: pids repeat in capsules. */
export function imageFile(folder: string, lab: string, host: HostName): string {
  return join(folder, `${lab}-${host}.img`);
}

/** Removes images of labs that were killed in that moment. */
export async function reapImages(folder: string): Promise<void> {
  const images = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.img'));
  // In this order: a lab whose image is listed and that lives is listed too.
  const alive = (await listCapsules()).map((capsule) => capsule.name);
  for (const image of images) {
    if (!alive.includes(image.replace(/-[^-]+\.img$/, ''))) await rm(join(folder, image), { force: true });
  }
}
