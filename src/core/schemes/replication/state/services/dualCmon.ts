import { onSite } from '../rule';
import type { StateRule } from '../rule';

export const dualCmon: StateRule = {
  code: 'dual-cmon',
  severity: 'error',
  part: 'services',
  why: 'Two controllers act on the same database clusters: each may recover what the other is changing.',
  remedy: 'Stop cmon on the host that is not the primary.',
  check(view) {
    const running = view.controllers.filter(
      ({ seen }) => seen.cmonProcesses.known && seen.cmonProcesses.value > 0,
    );
    if (running.length < 2) return [];
    return [onSite(view, `cmon runs on ${running.map(({ name }) => name).join(' and ')}`)];
  },
};
