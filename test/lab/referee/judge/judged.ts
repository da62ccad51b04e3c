import { span } from './format';
import { verdictText } from './text';
import type { Verdict, Violation } from './verdict';

/** What a case's own judgement leaves of a verdict: the rest is its due. */
export type Judged = Pick<Verdict, 'violations' | 'blind'>;

/** Between the pulled cable and its end a dying host answers nobody: half a second. */
const DYING_MS = 2_000;

/** Without what an emergency may lose: rows that the dead primary acknowledged and never sent. */
export function butLost(verdict: Verdict, old: string): Judged {
  return {
    ...butDying(verdict, old),
    violations: verdict.violations.filter(
      ({ invariant, hosts }) => invariant !== 'I5' || hosts.some((host) => host !== old),
    ),
  };
}

/** Without the moment in which the old primary dies. */
export function butDying({ violations, blind }: Verdict, old: string): Judged {
  return {
    violations,
    blind: blind.filter(({ host, fromMs, toMs }) => host !== old || toMs - fromMs > DYING_MS),
  };
}

/**
 * The verdict as it was judged. What the case was due is told beside it, and never in the words of a broken invariant:
 * `npm test` gives those no second try.
 */
export function judgedText(verdict: Verdict, { violations, blind }: Judged): string {
  const clean = violations.length === 0 && blind.length === 0;
  const due = verdict.violations.filter((one) => !violations.includes(one));
  return [verdictText({ ...verdict, violations, blind, clean }), ...due.map(dueLine)].join('\n');
}

function dueLine({ invariant, hosts, fromMs, toMs, evidence }: Violation): string {
  return `due to the case: ${invariant} on ${hosts.join(', ')}, ${span(fromMs, toMs)}: ${evidence.join('; ')}`;
}
