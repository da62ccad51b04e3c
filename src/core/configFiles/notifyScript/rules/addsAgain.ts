import type { TextFix } from '../../../findings/finding';
import { inFile } from '../../place';
import { ADDS_SNAT, matches } from '../rule';
import type { NotifyScriptRule } from '../rule';

export const addsAgain: NotifyScriptRule = {
  code: 'notify-script-adds-again',
  severity: 'warning',
  why: 'Each MASTER adds the rule once more, after a reload for example, and each FAULT takes one away: what is left goes on rewriting.',
  remedy: 'Ask first whether the rule is there (`iptables -C`).',
  check(script) {
    if (matches(script, /\s-(?:C|-check)\s|iptables-restore/g).length > 0) return [];
    return matches(script, ADDS_SNAT).map((at) =>
      inFile(script, at, 'MASTER twice adds this rule twice', { fix: askFirst(script.text, at) }),
    );
  },
};

/** Only for a command that fills its line: of a longer one it is not known where it ends. */
function askFirst(text: string, at: { readonly start: number; readonly end: number }): TextFix | undefined {
  const command = text.slice(at.start, at.end).trimEnd();
  if (/[;&|<>`\\]/.test(command)) return undefined;
  const check = command.replace(/\s-(A|I|-append|-insert)\s/, ' -C ');
  return {
    title: 'Ask first whether it is there',
    edits: [{ range: { start: at.start, end: at.start }, newText: `${check} 2>/dev/null || ` }],
  };
}
