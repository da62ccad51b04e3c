import { staleSinceMs } from '../../../../observe/syncedFiles';
import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const filesStale: StateRule = {
  code: 'files-stale',
  severity: 'warning',
  part: 'filesync',
  why: 'After a failover ClusterControl on the standby would run by old files: clusters, keys and settings that were added since are missing.',
  remedy:
    "Read lsyncd's log on the primary (/var/log/lsyncd.log): can it log in to the standby, has that room? A restart of lsyncd brings everything over.",
  check(view) {
    const { primary, standby } = view;
    if (primary?.role.likely !== 'primary' || standby === undefined) return [];
    const [here, there] = [primary.seen.files, standby.seen.files];
    if (here?.known !== true || there?.known !== true) return [];
    const since = staleSinceMs(here.value, there.value);
    if (since === undefined) return [];
    const time = new Date(since).toISOString().slice(0, 19).replace('T', ' ');
    const message = `${standby.name} lacks files that ${primary.name} changed at ${time} UTC or before`;
    return [onHost(view, standby.name, message)];
  },
};
