import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const servicesDownOnPrimary: StateRule = {
  code: 'services-down-on-primary',
  severity: 'warning',
  part: 'services',
  why: 'A part of ClusterControl is missing: web interface, events, cloud or the ssh console.',
  remedy: 'Start the unit, and look at its journal.',
  check(view) {
    const { primary } = view;
    if (primary === undefined || primary.role.likely !== 'primary' || !primary.seen.units.known) return [];
    const units = primary.seen.units.value;
    const down = view.site.services
      .slice(1)
      .filter((unit) => units[unit]?.loaded === true && units[unit].active !== 'active');
    return down.length === 0
      ? []
      : [onHost(view, primary.name, `not active on the primary ${primary.name}: ${down.join(', ')}`)];
  },
};
