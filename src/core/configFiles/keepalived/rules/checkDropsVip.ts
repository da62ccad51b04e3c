import { inFile } from '../../place';
import { nameOf, valueOf } from '../instance';
import type { KeepalivedRule } from '../rule';
import { tracked } from '../tracking';

export const checkDropsVip: KeepalivedRule = {
  code: 'keepalived-check-drops-vip',
  severity: 'warning',
  why: 'Without a weight a failed check takes the host out of the election. cmon runs on one controller only, so when it stops nobody holds the VIP until cmon is started on the other, which then starts before it has its own address. Measured: no holder after 0.8 s.',
  remedy:
    'Let the VIP follow the role (`track_file` with `weight 0 reverse`, as the hardened profile renders it).',
  check: (document) =>
    tracked(document, 'track_script').flatMap(({ definition, name, weight }) =>
      weight === 0 && /(^|[^a-z])cmon([^a-z]|$)/.test(valueOf(definition, 'script')?.text ?? '')
        ? [inFile(document, name.at, `when ${nameOf(definition)} fails on both hosts, nobody holds the VIP`)]
        : [],
    ),
};
