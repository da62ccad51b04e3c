import type { HostObservation } from '../../../../observe/host';
import { onHost } from '../rule';
import type { StateRule } from '../rule';

/** Refused by us: whether the host lives is another question, and nobody knows. */
export function hostKeyRefused({ reachable }: HostObservation): boolean {
  return !reachable.known && reachable.code === 'host-key-changed';
}

export const hostKeyChanged: StateRule = {
  code: 'host-key-changed',
  severity: 'error',
  part: 'controller',
  why: 'Either the host was installed anew, or somebody else answers at its address. Nothing is sent to it.',
  remedy:
    "Compare the fingerprint at the host's console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub). If it is the host's, remove the old line by ssh-keygen -R.",
  check(view) {
    const hosts = [...view.controllers.map(({ seen }) => seen), view.witness];
    return hosts
      .filter(hostKeyRefused)
      .map(({ host, reachable }) =>
        onHost(view, host, `the host key of ${host} is refused: ${reachable.known ? '' : reachable.reason}`),
      );
  },
};
