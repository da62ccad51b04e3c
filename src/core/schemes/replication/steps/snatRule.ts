import { shellQuote } from '../../../quote';

/**
 * A shell command that passes on, of rules as iptables -S prints them, those that rewrite to this address. Not those to one
 * that only begins like it: 10.0.0.10 is not 10.0.0.1.
 * @param options of grep, such as `-c`
 */
export function rulesTo(vip: string, options = ''): string {
  return `grep ${options === '' ? '' : `${options} `}-E -e ${shellQuote(`--to-source ${vip.replaceAll('.', '\\.')}([^0-9.]|$)`)}`;
}
