import { shellQuote } from '../../../quote';
import { noProcess, type StepKit } from './kit';
import { rulesTo } from './snatRule';

/** What is looked at, as it is shown. */
export const REMNANTS_SHOWN = [
  'SELECT @@GLOBAL.super_read_only;',
  'ip -4 addr',
  'iptables -t nat -S',
  'pgrep -x cmon',
  'pgrep -x lsyncd',
] as const;

/** Adds to `$bad` what is left of a primary beside its MySQL: address, rewriting, cmon, lsyncd. */
export function remnants({ context: { site } }: StepKit): readonly string[] {
  const vip = shellQuote(` ${site.vip}/`);
  return [
    `! ip -4 -o addr | grep -qF -e ${vip} || bad="$bad; the virtual IP is still here"`,
    `! iptables -w 5 -t nat -S | ${rulesTo(site.vip, '-q')} || bad="$bad; packets are still rewritten to the virtual IP"`,
    `${noProcess('cmon')} || bad="$bad; cmon runs"`,
    `${noProcess('lsyncd')} || bad="$bad; lsyncd runs"`,
  ];
}
