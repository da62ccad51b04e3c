import { inFile } from '../../place';
import { includes, instancesOf, linesOf, nameRange, valueOf, globalsOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const instanceIncomplete: KeepalivedRule = {
  code: 'keepalived-instance-incomplete',
  severity: 'error',
  why: 'keepalived leaves an instance without interface, virtual router id or address out: nobody holds the VIP.',
  remedy: 'Add what is missing.',
  check: (document) =>
    includes(document)
      ? []
      : instancesOf(document).flatMap((instance) => {
          const missing = [
            ...((valueOf(instance, 'interface') ?? valueOf(globalsOf(document), 'default_interface'))
              ? []
              : ['interface']),
            ...(linesOf(instance, 'virtual_router_id').length > 0 ? [] : ['virtual_router_id']),
            ...(linesOf(instance, 'virtual_ipaddress').some(({ children }) => children.length > 0) ||
            linesOf(instance, 'no_virtual_ipaddress').length > 0
              ? []
              : ['virtual_ipaddress']),
          ];
          return missing.length === 0
            ? []
            : [inFile(document, nameRange(instance), `the instance has no ${missing.join(', no ')}`)];
        }),
};
