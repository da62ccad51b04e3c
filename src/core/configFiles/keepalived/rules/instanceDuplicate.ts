import { inFile } from '../../place';
import { instancesOf, isDynamic, nameOf, nameRange, valueOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const instanceDuplicate: KeepalivedRule = {
  code: 'keepalived-instance-duplicate',
  severity: 'error',
  why: 'keepalived knows an instance by its name, and on the wire by its virtual router id: the second one is not used.',
  remedy: 'Give each instance a name and, on one interface, a virtual router id of its own.',
  check(document) {
    const instances = instancesOf(document);
    return instances.flatMap((instance, index) => {
      const before = instances.slice(0, index);
      const sameName =
        nameOf(instance) === '' ? undefined : before.find((one) => nameOf(one) === nameOf(instance));
      if (sameName !== undefined) {
        return [
          inFile(document, nameRange(instance), `there is an instance ${nameOf(instance)} already`, {
            related: [{ at: nameRange(sameName), message: 'the first one' }],
          }),
        ];
      }
      const id = valueOf(instance, 'virtual_router_id');
      const sameId = before.find(
        (one) => routerKey(one) !== undefined && routerKey(one) === routerKey(instance),
      );
      if (id === undefined || sameId === undefined) return [];
      return [
        inFile(document, id.at, `${nameOf(sameId)} has this virtual router id on the same interface`, {
          related: [{ at: nameRange(sameId), message: 'the first one' }],
        }),
      ];
    });
  },
};

function routerKey(instance: Parameters<typeof nameOf>[0]): string | undefined {
  const [link, id] = [valueOf(instance, 'interface'), valueOf(instance, 'virtual_router_id')];
  return link === undefined || id === undefined || isDynamic(link) || isDynamic(id)
    ? undefined
    : `${link.text} ${id.text}`;
}
