import { inFile } from '../../place';
import { includes, instancesOf, linesOf, nameRange } from '../instance';
import type { KeepalivedRule } from '../rule';

export const priorityDefault: KeepalivedRule = {
  code: 'keepalived-priority-default',
  severity: 'warning',
  why: 'Without a priority both controllers have 100. When both start, the higher address decides; after a partition two holders can remain where the SNAT rule hides who sends.',
  remedy: 'Write the priority, for example 105 and 100.',
  check: (document) =>
    includes(document)
      ? []
      : instancesOf(document).flatMap((instance) =>
          linesOf(instance, 'priority').length > 0 || instance.children.length === 0
            ? []
            : [
                inFile(
                  document,
                  nameRange(instance),
                  'the instance has no priority, and 100 is the default on both',
                ),
              ],
        ),
};
