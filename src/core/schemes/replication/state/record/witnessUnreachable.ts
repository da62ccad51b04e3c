import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const witnessUnreachable: StateRule = {
  code: 'witness-unreachable',
  severity: 'warning',
  part: 'controller',
  why: 'Without the witness an isolated primary closes itself, and a failover needs a verified power-off.',
  remedy: 'Bring the Prometheus host back, or mend the way to it.',
  check(view) {
    const { witness } = view;
    const reached = witness.reachable;
    return reached.known
      ? []
      : [onHost(view, witness.host, `the witness ${witness.host} does not answer: ${reached.reason}`)];
  },
};
