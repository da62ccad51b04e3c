import { onHost, replicaOf, isGone, isSilent } from '../rule';
import type { StateRule } from '../rule';

export const primaryUnreachableButReplicating: StateRule = {
  code: 'primary-unreachable-but-replicating',
  severity: 'warning',
  part: 'controller',
  why: 'The primary lives: its replica hears it. What is broken is our own way to it, and a failover would make two writers.',
  remedy: 'Mend the network or the ssh login between this machine and the primary.',
  check(view) {
    const { primary, standby } = view;
    const replica = replicaOf(standby);
    if (primary === undefined || replica === undefined || !isGone(primary)) return [];
    return replica.ioRunning === 'Yes' && !isSilent(replica)
      ? [
          onHost(
            view,
            primary.name,
            `${primary.name} does not answer us, but ${standby?.name} replicates from it`,
          ),
        ]
      : [];
  },
};
