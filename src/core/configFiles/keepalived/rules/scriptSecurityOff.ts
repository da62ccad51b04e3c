import type { TextFix } from '../../../findings/finding';
import { inFile, lineBehind, lineBreak } from '../../place';
import type { KeepalivedDocument } from '../document';
import { globalsOf, includes } from '../instance';
import type { KeepalivedRule } from '../rule';
import { hasScriptUser, scriptLines, securityWord } from '../scripts';

export const scriptSecurityOff: KeepalivedRule = {
  code: 'keepalived-script-security-off',
  severity: 'warning',
  why: 'keepalived runs its scripts as root even when someone else may write them. Its check of the file ends with 6 and says SECURITY VIOLATION; the service starts all the same.',
  remedy: 'Add `enable_script_security` together with `script_user root` to global_defs.',
  check(document) {
    const [first] = scriptLines(document);
    const word = first?.words[0];
    if (word === undefined || securityWord(document) !== undefined || includes(document)) return [];
    return [inFile(document, word.at, 'scripts run without script security', { fix: fixOf(document) })];
  },
};

function fixOf(document: KeepalivedDocument): TextFix {
  const lines = ['enable_script_security', ...(hasScriptUser(document) ? [] : ['script_user root'])];
  const eol = lineBreak(document.text);
  const open = globalsOf(document)?.open;
  const title = 'Turn script security on';
  if (open === undefined) {
    const block = ['global_defs {', ...lines.map((line) => `    ${line}`), '}', '', ''].join(eol);
    const start = document.root.children[0]?.words[0]?.at.start ?? 0;
    return { title, edits: [{ range: { start, end: start }, newText: block }] };
  }
  const { range, newText } = lineBehind(document.text, open, lines.map((line) => `    ${line}`).join(eol));
  // The rest of a block that is written in one line stays behind the new lines.
  const oneLine = document.text.slice(open.end, range.start).trim() !== '';
  return oneLine
    ? {
        title,
        edits: [
          {
            range: { start: open.end, end: open.end },
            newText: `${eol}    ${lines.join(`${eol}    `)}${eol}   `,
          },
        ],
      }
    : { title, edits: [{ range, newText }] };
}
