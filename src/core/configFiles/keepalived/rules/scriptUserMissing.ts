import { inFile, lineBehind } from '../../place';
import { includes, linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';
import { hasScriptUser, scriptLines, securityWord } from '../scripts';

export const scriptUserMissing: KeepalivedRule = {
  code: 'keepalived-script-user-missing',
  severity: 'error',
  why: 'With script security the default user of scripts is keepalived_script. Where that user does not exist, keepalived removes the check and every notify script, and runs on: the VIP is tracked by nothing.',
  remedy: 'Add `script_user root` beside enable_script_security.',
  check(document) {
    const word = securityWord(document);
    const own = linesOf(document.root, 'vrrp_script').filter((block) => linesOf(block, 'user').length > 0);
    const left = scriptLines(document).length - own.flatMap((block) => linesOf(block, 'script')).length;
    if (word === undefined || hasScriptUser(document) || includes(document) || left <= 0) return [];
    const fix = {
      title: 'Add script_user root',
      edits: [lineBehind(document.text, word.at, 'script_user root')],
    };
    return [inFile(document, word.at, 'script security without script_user removes the scripts', { fix })];
  },
};
