import type { Finding, FindingPlace, Severity, TextFix } from './finding';

/** What one rule saw in one place. What it leaves out comes from the rule. */
export interface Occurrence {
  readonly where: FindingPlace;
  readonly message: string;
  readonly severity?: Severity;
  readonly why?: string;
  readonly remedy?: string;
  readonly fix?: TextFix | undefined;
  readonly related?: Finding['related'];
}

/** One stable code: when it fires, why it matters, what to do. `Subject` is what the rule looks at. */
export interface Rule<Subject> {
  /** Kebab-case, stable, with an anchor in docs/findings.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly why: string;
  readonly remedy: string;
  check(subject: Subject): Iterable<Occurrence>;
}

/** Every rule on one subject, in the rules' order. */
export function runRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject): Finding[] {
  return rules.flatMap((rule) => [...rule.check(subject)].map((occurrence) => findingOf(rule, occurrence)));
}

/** A finding is a rule's knowledge and an occurrence's particulars. */
export function findingOf(rule: Omit<Rule<never>, 'check'>, occurrence: Occurrence): Finding {
  return {
    code: rule.code,
    severity: occurrence.severity ?? rule.severity,
    where: occurrence.where,
    message: occurrence.message,
    why: occurrence.why ?? rule.why,
    remedy: occurrence.remedy ?? rule.remedy,
    ...(occurrence.fix === undefined ? {} : { fix: occurrence.fix }),
    related: occurrence.related ?? [],
  };
}
