import type { Finding, Severity } from './finding';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** Worst first; among equals the given order (rules stand worst first in their lists). */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** The worst severity, or undefined without findings. */
export function worst(findings: readonly Finding[]): Severity | undefined {
  return bySeverity(findings)[0]?.severity;
}
