import { inFile, lineBehind } from '../../place';
import { instancesOf, lineOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const notifyStopMissing: KeepalivedRule = {
  code: 'keepalived-notify-stop-missing',
  severity: 'warning',
  why: 'When keepalived stops, it calls neither notify_backup nor notify_fault: what notify_master put up, a SNAT rule for example, stays on a host that has lost the VIP.',
  remedy:
    'Add `notify_stop` with the script that takes it down, or use one `notify` that handles STOP and DELETED too.',
  check: (document) =>
    instancesOf(document).flatMap((instance) => {
      const master = lineOf(instance, 'notify_master')?.words[0];
      const down = lineOf(instance, 'notify_fault') ?? lineOf(instance, 'notify_backup');
      const covered = lineOf(instance, 'notify_stop') ?? lineOf(instance, 'notify');
      if (master === undefined || covered !== undefined) return [];
      const script = down?.words.slice(1);
      const [first, last] = [script?.[0], script?.at(-1)];
      const anchor = down?.words[0];
      const fix =
        first === undefined || last === undefined || anchor === undefined
          ? undefined
          : {
              title: 'Add notify_stop',
              edits: [
                lineBehind(
                  document.text,
                  anchor.at,
                  `notify_stop ${document.text.slice(first.at.start, last.at.end)}`,
                ),
              ],
            };
      return [inFile(document, master.at, 'nothing undoes this when keepalived stops', { fix })];
    }),
};
