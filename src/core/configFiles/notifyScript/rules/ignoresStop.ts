import { inFile, replace } from '../../place';
import { ADDS_SNAT, matches } from '../rule';
import type { NotifyScriptRule } from '../rule';

/** A branch of `case` for the states in which the address is gone. */
const LOST = /^[ \t]*\(?((?:["']?(?:BACKUP|FAULT)["']?\s*\|?\s*)+)\)/gm;

export const ignoresStop: NotifyScriptRule = {
  code: 'notify-script-ignores-stop',
  severity: 'warning',
  why: 'keepalived calls it with STOP and DELETED too. Ignored, the SNAT rule stays on a host that has lost the VIP: its outbound ssh and MySQL time out, and the CLONE of a rejoin fails with 3862. Measured.',
  remedy:
    'Take the rule away for STOP and DELETED as well. Better, decide by the address that is there, as the hardened profile does: a crash of keepalived calls nothing.',
  check(script) {
    const [first] = matches(script, ADDS_SNAT);
    if (first === undefined || matches(script, /\bSTOP\b|\bip\b.*\baddr/g).length > 0) return [];
    const branch = [...script.text.matchAll(LOST)][0];
    const states = branch?.[1]?.trimEnd();
    const start =
      branch === undefined || states === undefined ? undefined : branch.index + branch[0].indexOf(states);
    const fix =
      start === undefined || states === undefined
        ? undefined
        : replace(
            'Handle STOP and DELETED too',
            { start: start + states.length, end: start + states.length },
            '|"STOP"|"DELETED"',
          );
    return [inFile(script, first, 'this rule stays when keepalived stops', { fix })];
  },
};
