import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const lsyncdDown: StateRule = {
  code: 'lsyncd-down',
  severity: 'warning',
  part: 'filesync',
  why: 'The files of ClusterControl on the standby grow old.',
  remedy:
    'Start lsyncd on the primary, and only there. It ends for good when its target is away at start (without `insist`).',
  check(view) {
    const { primary } = view;
    if (primary === undefined || primary.role.likely !== 'primary' || !primary.seen.lsyncd.known) return [];
    return primary.seen.lsyncd.value.running
      ? []
      : [onHost(view, primary.name, `lsyncd does not run on the primary ${primary.name}`)];
  },
};
