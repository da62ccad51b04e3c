import { instanceOf } from '../../../keepalived/config';
import { type KeepalivedState } from '../../../observe/host';
import type { PromoteContext } from '../operation/context';
import { type Check, need, needAnswer, verdict } from '../operation/check';

function ownTrouble(host: string, state: KeepalivedState): string[] {
  const against = state.running ? [] : [`${host}: keepalived does not run`];
  // 5: an error, by which keepalived also drops a check in silence. 6: scripts run without script security, which only warns.
  if (state.test !== undefined && ![0, 6].includes(state.test.exitCode)) {
    against.push(`${host}: keepalived -t ends with ${state.test.exitCode}: ${state.test.output.trim()}`);
  }
  return against;
}

function differences(context: PromoteContext, a: KeepalivedState, b: KeepalivedState): string[] {
  const { source, target, site } = context;
  const one = instanceOf(a.config ?? '', site.vip);
  const two = instanceOf(b.config ?? '', site.vip);
  if (one === undefined || two === undefined) {
    return [
      ...(one === undefined ? [`${source.name}: no vrrp_instance carries ${site.vip}`] : []),
      ...(two === undefined ? [`${target.name}: no vrrp_instance carries ${site.vip}`] : []),
    ];
  }
  const compared: [string, unknown, unknown][] = [
    ['virtual_router_id', one.virtualRouterId, two.virtualRouterId],
    ['VRRP version', one.version, two.version],
    ['advert_int', one.advertIntervalSeconds, two.advertIntervalSeconds],
    ['addresses', one.addresses.join(' '), two.addresses.join(' ')],
    [
      'authentication',
      needAnswer(context, 'keepalived-auth-source', source.name),
      needAnswer(context, 'keepalived-auth-target', target.name),
    ],
  ];
  return compared
    .filter(([, x, y]) => x !== y)
    .map(([what, x, y]) =>
      what === 'authentication'
        ? `authentication differs between ${source.name} and ${target.name}`
        : `${what}: ${source.name} ${String(x)}, ${target.name} ${String(y)}`,
    );
}

/** The VIP moves only between two keepalived that run and understand each other. */
export const keepalived: Check = {
  id: 'keepalived',
  title: 'keepalived runs on both and both agree',
  level: 'block',
  run(context) {
    const { seen, source, target } = context;
    const a = need(seen.source.keepalived, source.name, 'keepalived');
    const b = need(seen.target.keepalived, target.name, 'keepalived');
    return verdict(
      [...ownTrouble(source.name, a), ...ownTrouble(target.name, b), ...differences(context, a, b)],
      'Correct keepalived.conf (`keepalived -t` says where), start keepalived on both hosts, plan again.',
      [`keepalived runs on ${source.name} and ${target.name} with one configuration`],
    );
  },
};
