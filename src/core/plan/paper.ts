import { phasesOf } from './phases';
import type { CheckResult, Plan, Step } from './plan';

const levelWords: Readonly<Record<CheckResult['level'], string>> = {
  block: 'blocks',
  acknowledge: 'needs a reason',
  warn: 'warning',
  inform: 'for information',
};

/** The plan as a runbook on paper, Markdown: for the night when no tool reaches the hosts. Holds no secret, as `shown` has none. */
export function planOnPaper(plan: Plan): string {
  return `${[
    `# ${plan.title}`,
    `Site ${plan.site}, ${plan.operation} (${plan.mode}), plan ${plan.id}, made ${new Date(plan.createdAtMs).toISOString()}.`,
    ...plan.summary.map((sentence) => `- ${sentence}`),
    '> Made from what the hosts were at that time. Look again before you type: a check that passed then may fail now. ' +
      'On paper nothing holds the lease: make sure that nobody else is at work on these hosts.',
    '## Checks',
    ...plan.checks.map(checkText),
    '## Steps',
    ...plan.steps.flatMap((step, index) => stepText(plan, step, index)),
    '## Per host',
    ...perHost(plan),
  ].join('\n\n')}\n`;
}

function checkText(check: CheckResult): string {
  const outcome =
    check.outcome === 'passed'
      ? 'passed'
      : `${check.outcome === 'unknown' ? 'unknown, ' : ''}${levelWords[check.level]}`;
  const lines = [`- [ ] **${check.title}** (\`${check.id}\`): ${outcome}`];
  lines.push(...check.evidence.map((line) => `  - ${line}`));
  if (check.outcome !== 'passed' && check.remedy) lines.push(`  - Remedy: ${check.remedy}`);
  return lines.join('\n');
}

function stepText(plan: Plan, step: Step, index: number): readonly string[] {
  const numbers = step.needs.map((id) => plan.steps.findIndex((other) => other.id === id) + 1);
  const parts: string[] = [];
  if (step.phase !== plan.steps[index - 1]?.phase) parts.push(...phaseText(plan, step));
  if (step.id === plan.pointOfNoReturn) {
    parts.push(
      '---',
      plan.stoppable
        ? '**Point of no return.** What is done stays. Below it: forward only, and it may be stopped anywhere.'
        : '**Point of no return.** Above it everything can be taken back. Below it: forward only.',
    );
  }
  parts.push(`#### ${index + 1}. ${step.title} (on ${step.host})`);
  const after = numbers.length > 0 ? ` After ${numbers.join(', ')}.` : '';
  parts.push(`- [ ] ${step.why}${after}`);
  if (step.shown.length > 0) parts.push(fenced(step.shown));
  if (step.undo && step.undo.shown.length > 0) {
    parts.push(`To take it back (${step.undo.effect}):`, fenced(step.undo.shown));
  }
  return parts;
}

function phaseText(plan: Plan, { phase }: Step): readonly string[] {
  const found = phasesOf(plan).find((one) => one.phase === phase);
  return found === undefined ? [] : [`### ${found.title}`, found.meaning];
}

/** Who stands at one host's console needs only that host's numbers. */
function perHost(plan: Plan): readonly string[] {
  const hosts = [...new Set(plan.steps.map((step) => step.host))];
  return hosts.map((host) => {
    const own = plan.steps.flatMap((step, index) =>
      step.host === host ? [`${index + 1} ${step.title}`] : [],
    );
    return `- **${host}**: ${own.join(' · ')}`;
  });
}

function fenced(lines: readonly string[]): string {
  const text = lines.join('\n');
  // A command may hold a fence of its own.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}
