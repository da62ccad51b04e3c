import { onSite, mysqlOf } from '../rule';
import type { StateRule } from '../rule';

export const versionsDiffer: StateRule = {
  code: 'versions-differ',
  severity: 'warning',
  part: 'database',
  why: 'MySQL replicates from an older series to a newer one, and not back: after a failover the way back is closed. CLONE needs the same series.',
  remedy: 'Bring both servers to the same version.',
  check(view) {
    const [a, b] = view.controllers.map((controller) => mysqlOf(controller)?.version);
    if (a === undefined || b === undefined) return [];
    const series = (version: string) => version.split('.', 2).join('.');
    if (series(a) === series(b)) return [];
    const [first, second] = view.controllers;
    return [onSite(view, `MySQL is ${a} on ${first.name} and ${b} on ${second.name}`)];
  },
};
