import { onHost, seconds } from '../rule';
import type { StateRule } from '../rule';

const LIMIT_MS = 1000;

export const clockSkew: StateRule = {
  code: 'clock-skew',
  severity: 'warning',
  part: 'controller',
  why: 'Times in logs, journals and heartbeats cannot be compared.',
  remedy: 'Let chrony or ntpd set the clock.',
  check(view) {
    const hosts = [...view.controllers.map(({ seen }) => seen), view.witness];
    return hosts.flatMap(({ host, resources }) => {
      const skew = resources.known ? resources.value.clockSkewMs : 0;
      return Math.abs(skew) > LIMIT_MS
        ? [onHost(view, host, `the clock of ${host} is off by ${seconds(skew)}`)]
        : [];
    });
  },
};
