import type { PlanPicture } from '../../../plan/plan';
import type { RejoinContext } from './context';

/** Who is what before and after. The primary stays as it is. */
export function rejoinPicture({ site, host, primary, way }: RejoinContext): {
  before: PlanPicture;
  after: PlanPicture;
} {
  const half = (role: string, lines: readonly string[], flows: boolean): PlanPicture => ({
    vip: { address: site.vip, holder: primary.name },
    nodes: [
      {
        host: primary.name,
        role: 'primary',
        lines: ['MySQL read-write', 'cmon runs', flows ? 'lsyncd runs' : ''].filter(Boolean),
      },
      { host: host.name, role, lines },
      { host: site.prometheus.name, role: 'Prometheus', lines: ['stays as it is'] },
    ],
    arrows: flows
      ? [
          { from: primary.name, to: host.name, label: 'replication' },
          { from: primary.name, to: host.name, label: 'files' },
        ]
      : [],
  });
  return {
    before: half('no standby', ['MySQL read-only', 'not in step with the primary'], false),
    after: half(
      'standby',
      [
        way?.kind === 'follow' ? 'its data, brought up to date' : `a copy of ${primary.name}`,
        'MySQL read-only',
      ],
      true,
    ),
  };
}
