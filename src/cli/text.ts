import { valueWithin } from './lines';
import type { OperatorError } from '../core/errors';
import type { Finding } from '../core/findings/finding';
import type { CheckResult, Plan } from '../core/plan/plan';
import type { TopologyNode } from '../core/topology/node';

const STATE = { healthy: 'ok', warning: '!', error: 'X', unknown: '?', inactive: '-' } as const;

/** The tree as indented lines. A word or a sign tells the state, never colour. */
export function topologyText(node: TopologyNode, depth = 0): string {
  const line = `${'  '.repeat(depth)}${STATE[node.state].padEnd(3)}${node.label}${node.description ? `  ${node.description}` : ''}`;
  return [line, ...node.children.map((child) => topologyText(child, depth + 1))].join('\n');
}

export function findingText(finding: Finding, text: string): string {
  const { where } = finding;
  const place =
    where.kind === 'inventory'
      ? `${where.file}${where.at ? `:${valueWithin(text, where.at.start)}` : ''}`
      : where.kind === 'host'
        ? `${where.site}/${where.host}`
        : where.kind === 'file'
          ? `${where.file}:${valueWithin(text, where.at.start)}`
          : where.site;
  return `${place}: ${finding.severity} ${finding.code}: ${finding.message}\n    ${finding.why}\n    ${finding.remedy}`;
}

/** What failed and where, the command where there was one, the state that leaves, what to do. */
export function operatorErrorText({ host, message, command, state, next }: OperatorError): string {
  return [
    host === undefined ? message : `${host}: ${message}`,
    // A command may be a script; its own lines stay apart from what follows.
    ...(command === undefined ? [] : [`Command: ${command.trim().replaceAll('\n', '\n  ')}`]),
    state,
    `Next: ${next}`,
  ].join('\n');
}

const MARK = { passed: 'ok', fired: 'X', unknown: '?' } as const;

export function checkText(check: CheckResult): string {
  const level = check.outcome === 'passed' ? '' : ` [${check.level}]`;
  const lines = [`${MARK[check.outcome].padEnd(3)}${check.id}${level}: ${check.title}`];
  lines.push(...check.evidence.map((line) => `     ${line}`));
  if (check.remedy !== '') lines.push(`     -> ${check.remedy}`);
  return lines.join('\n');
}

/** A plan as it is read before it is confirmed: evidence first, then every command. */
export function planText(plan: Plan): string {
  const steps = plan.steps.flatMap((step, index) => [
    ...(step.id === plan.pointOfNoReturn ? ['', '--- point of no return ---'] : []),
    `${String(index + 1).padStart(2)}. [${step.phase}] ${step.host}: ${step.title}`,
    ...step.shown.map((line) => `      ${line}`),
  ]);
  return [
    plan.title,
    ...plan.summary.map((line) => `  ${line}`),
    '',
    ...plan.checks.map(checkText),
    '',
    ...steps,
  ].join('\n');
}
