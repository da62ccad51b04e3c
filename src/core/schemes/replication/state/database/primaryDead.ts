import { onHost, replicaOf, isGone, isSilent } from '../rule';
import type { StateRule } from '../rule';

export const primaryDead: StateRule = {
  code: 'primary-dead',
  severity: 'error',
  part: 'replication',
  why: 'The primary does not answer us, and its replica hears nothing from it either.',
  remedy:
    'Find out whether it is off or only cut off. Then fail over: "Fail Over" asks for the fence it needs.',
  check(view) {
    const { primary, standby } = view;
    const replica = replicaOf(standby);
    if (primary === undefined || replica === undefined || !isGone(primary)) return [];
    return replica.ioRunning !== 'Yes' || isSilent(replica)
      ? [
          onHost(
            view,
            primary.name,
            `${primary.name} does not answer, and ${standby?.name} hears nothing from it`,
          ),
        ]
      : [];
  },
};
