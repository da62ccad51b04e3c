import type { Merge } from '../../../deploy/merge';
import type { RenderedFile } from '../../../deploy/renderedFile';
import { sectionKeys } from '../../../deploy/sections';
import { replicationFiles } from '../files/render';
import { pathsOf } from '../paths';
import type { Profile, ReplicationSite } from '../site';

/** How a rendered file of this scheme meets what others wrote into it. */
export function mergeOf(site: ReplicationSite, file: RenderedFile): Merge {
  if (file.shared !== undefined) return { kind: file.shared };
  const controller = site.controllers.find(({ name }) => name === file.host);
  if (controller !== undefined && file.path === pathsOf(controller.os).keepalived) {
    return { kind: 'sections', owned: { keys: ownedSections(site, file), vip: site.vip } };
  }
  return { kind: 'whole' };
}

/**
 * Blocks of keepalived.conf that are ours: those of this profile, and what the other one would leave behind.
 * `global_defs` is everybody's: it is ours only where this profile needs one.
 */
function ownedSections(site: ReplicationSite, file: RenderedFile): string[] {
  const other: Profile = site.profile === 'hardened' ? 'documented' : 'hardened';
  const others = replicationFiles({ ...site, profile: other }).find(
    ({ host, path }) => host === file.host && path === file.path,
  );
  const leftBehind = sectionKeys(others?.content ?? '').filter((key) => key !== 'global_defs');
  return [...new Set([...sectionKeys(file.content), ...leftBehind])];
}
