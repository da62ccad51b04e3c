import { inFile } from '../../place';
import { linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const killallCheck: KeepalivedRule = {
  code: 'keepalived-killall-check',
  severity: 'information',
  why: 'The check asks whether a process of this name exists, not whether it works: one that hangs or is stopped passes. It needs root, and without the package psmisc keepalived disables it in silence.',
  remedy: 'Check that the service answers, for example its port, with a timeout.',
  check: (document) =>
    linesOf(document.root, 'vrrp_script')
      .flatMap((block) => linesOf(block, 'script'))
      .flatMap(({ words: [, ...script] }) => {
        const [first] = script;
        return first !== undefined && /(^|\/)(killall|pidof|pgrep)\b/.test(first.text)
          ? [
              inFile(
                document,
                { start: first.at.start, end: (script.at(-1) ?? first).at.end },
                'this check passes while the process hangs',
              ),
            ]
          : [];
      }),
};
