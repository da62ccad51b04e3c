import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const prometheusDown: StateRule = {
  code: 'prometheus-down',
  severity: 'warning',
  part: 'monitoring',
  why: 'ClusterControl has no metrics: dashboards and some advisors stand still.',
  remedy: 'Start Prometheus on its host.',
  check(view) {
    const { witness } = view;
    return witness.prometheusReady.known && !witness.prometheusReady.value
      ? [onHost(view, witness.host, `Prometheus on ${witness.host} is not ready`)]
      : [];
  },
};
