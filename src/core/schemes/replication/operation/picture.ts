import type { PlanPicture } from '../../../plan/plan';
import type { PromoteContext } from './context';

function half(context: PromoteContext, primary: string, standby: string): PlanPicture {
  const { site } = context;
  return {
    vip: { address: site.vip, holder: primary },
    nodes: [
      { host: context.source.name, ...describe(context.source.name === primary) },
      { host: context.target.name, ...describe(context.target.name === primary) },
      { host: site.prometheus.name, role: 'Prometheus', lines: ['stays as it is'] },
    ],
    arrows: [
      { from: primary, to: standby, label: 'replication' },
      { from: primary, to: standby, label: 'files' },
    ],
  };
}

function describe(primary: boolean): { role: string; lines: string[] } {
  return primary
    ? { role: 'primary', lines: ['MySQL read-write', 'cmon runs', 'lsyncd runs'] }
    : { role: 'standby', lines: ['MySQL read-only', 'cmon stopped', 'lsyncd stopped'] };
}

/** Who is what before and after. */
export function promotePicture(context: PromoteContext): { before: PlanPicture; after: PlanPicture } {
  const [source, target] = [context.source.name, context.target.name];
  return { before: half(context, source, target), after: half(context, target, source) };
}
