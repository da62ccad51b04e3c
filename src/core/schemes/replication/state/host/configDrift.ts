import { type FileDrift, matters } from '../../../../deploy/drift';
import type { HostObservation } from '../../../../observe/host';
import { onHost } from '../rule';
import type { StateRule } from '../rule';

/**
 * A warning where this product has deployed files; a host that was set up by hand has its own, which is no fault. What can't
 * be compared is told there, too.
 */
export const configDrift: StateRule = {
  code: 'config-drift',
  severity: 'information',
  part: 'configuration',
  why: 'What the inventory says is not what the host runs by: the next promotion or reboot goes by the host.',
  remedy:
    'Compare with Hosts shows each difference. Deploy brings the rendered files there, or change the inventory.',
  *check(view) {
    const hosts = [...view.controllers.map(({ seen }) => seen), view.witness];
    for (const seen of hosts) {
      const files = driftOf(seen).filter(matters);
      if (files.length === 0) continue;
      const severity = driftOf(seen).some(({ ours }) => ours) ? 'warning' : 'information';
      const shown = files
        .slice(0, 3)
        .map(({ path, kind }) => (kind === 'unknown' ? `${path} (can't be compared)` : path));
      const more = files.length > shown.length ? ` and ${files.length - shown.length} more` : '';
      const verb = files.length === 1 ? 'is' : 'are';
      const message = `${seen.host}: ${shown.join(', ')}${more} ${verb} not as the inventory says`;
      yield onHost(view, seen.host, message, { severity });
    }
  },
};

export function driftOf(seen: HostObservation): readonly FileDrift[] {
  return seen.drift?.known === true ? seen.drift.value : [];
}
