import { shellQuote } from '../../../../quote';
import { UnknownFact, type Verdict } from '../../operation/check';

/**
 * What a CLONE leaves that broke off behind its drop: no databases, and the GTIDs of the old ones (measured, decision 15). One into
 * another folder drops nothing here.
 */
export const CLONE_BROKEN = `SELECT COUNT(*) FROM performance_schema.clone_status s JOIN performance_schema.clone_progress p ON p.STAGE = 'DROP DATA' WHERE s.DESTINATION = 'LOCAL INSTANCE' AND s.STATE <> 'Completed' AND s.ERROR_NO <> 1290 AND p.STATE <> 'Not Started'`;

/** The mark of the helper: on disk, and where a brought helper has its records. */
const MARKS = ['/var/lib/clustercontrol-ha/clone', '/run/clustercontrol-ha/state/clone'];

/** Sets `broken` (of MySQL) and `mark`; 0 or 1. @param mysql client that reads SQL on standard input */
export function cloneLook(mysql: string): string {
  const marked = MARKS.map((mark) => `[ -e ${mark} ]`).join(' || ');
  return `broken=$(echo ${shellQuote(CLONE_BROKEN)} | ${mysql}) || exit 1
if ${marked}; then mark=1; else mark=0; fi`;
}

export function cloneScript(mysql: string): string {
  return `${cloneLook(mysql)}\necho "broken=$broken mark=$mark"`;
}

export function wholeDataPhrase(host: string): string {
  return `the data of ${host} is whole`;
}

/**
 * Whether a host has all of its data. Where the helper's mark is gone (documented hosts: with a boot), MySQL's own word counts, until
 * the operator knows better: a dump that was loaded since changes it not.
 * @throws UnknownFact when the answer can't be read.
 */
export function wholeData(host: string, answer: string): Verdict {
  const [, broken, mark] = /^broken=(\d+) mark=([01])$/m.exec(answer) ?? [];
  if (broken === undefined) throw new UnknownFact(`${host}: whether a CLONE broke off could not be read`);
  if (broken === '0' && mark === '0')
    return { outcome: 'passed', evidence: [`${host}: no CLONE broke off there`] };
  const evidence = [
    `${host}: a CLONE has begun to drop the data there and is not whole. Its GTIDs may name what is gone.`,
  ];
  const rejoin = `Prepare ${host} as a secondary: a CLONE makes it whole.`;
  if (mark === '1') return { outcome: 'fired', level: 'block', evidence, remedy: rejoin };
  const phrase = wholeDataPhrase(host);
  const remedy = `${rejoin} Where its data was brought back in another way since, look at it, and type "${phrase}".`;
  return { outcome: 'fired', level: 'acknowledge', phrase, evidence, remedy };
}
