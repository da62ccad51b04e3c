import { type Check, need, passed, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';

const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** What the target has of the files is what there is. Only that it has any, and how new they are, can be told. */
export const filesFresh: Check<EmergencyContext> = {
  id: 'files-fresh',
  title: 'The target has the files of ClusterControl',
  level: 'acknowledge',
  run({ seen, source, target }) {
    const missing = { known: false, reason: 'no probe has asked for it', atMs: 0, source: 'find' } as const;
    const files = need(seen.target.files ?? missing, target.name, 'the copied files');
    return files.count === 0
      ? verdict(
          [`${target.name} has none of the files that are copied`],
          `ClusterControl knows no cluster on ${target.name}. Bring /etc/cmon.d and /var/lib/cmon there from a backup, or accept that.`,
          [],
        )
      : passed(
          `${target.name} has ${files.count} files, the newest of ${time(files.newestAtMs)}; what ${source.name} wrote and never sent is on its disk`,
        );
  },
};
