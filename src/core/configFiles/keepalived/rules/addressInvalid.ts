import { isIpv4 } from '../../address';
import { inFile } from '../../place';
import { instancesOf, isDynamic, linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';

const LISTS = ['virtual_ipaddress', 'virtual_ipaddress_excluded', 'unicast_peer'];

export const addressInvalid: KeepalivedRule = {
  code: 'keepalived-address-invalid',
  severity: 'error',
  why: 'keepalived skips an address that it cannot read; an instance without any other is left out.',
  remedy: 'Write the address, with a prefix length where it is not a single one.',
  check: (document) =>
    instancesOf(document)
      .flatMap((instance) => linesOf(instance, ...LISTS))
      .flatMap(({ children }) => children)
      .flatMap(({ words: [word] }) => {
        // IPv6 addresses and names are left to the daemon.
        if (word === undefined || isDynamic(word) || !/^[\d./]+$/.test(word.text)) return [];
        const [address = '', prefix = '32', ...rest] = word.text.split('/');
        const valid = isIpv4(address) && rest.length === 0 && /^\d+$/.test(prefix) && Number(prefix) <= 32;
        return valid ? [] : [inFile(document, word.at, `${word.text.slice(0, 60)} is no IPv4 address`)];
      }),
};
