import { removeItem } from '../../../inventory/edits';
import { at } from './rule';
import type { ReplicationRule } from './rule';

/** A folder of that name: `backup`, `backups`, `cluster-backups`. */
const BACKUPS = /(^|[/._-])backups?([/._-]|$)/i;

export const backupsOnControllers: ReplicationRule = {
  code: 'backups-on-controllers',
  severity: 'warning',
  why: 'Backups of managed clusters are not to be kept on a controller (ClusterControl documentation): each is copied to the other one too, fills both disks, and is lost with them.',
  remedy:
    'Keep backups on the database nodes, in the cloud, or on shared storage mounted at the same path of both controllers, and do not copy them.',
  check(draft) {
    const paths = draft.value.sync?.directories ?? [];
    return paths.flatMap((path, index) => {
      if (!BACKUPS.test(path)) return [];
      const where = ['sync', 'directories', index];
      const fix = paths.length > 1 ? removeItem(draft.entry, where, `Do not copy ${path}`) : undefined;
      return [at(draft, where, `${path} would copy backups from one controller to the other`, { fix })];
    });
  },
};
