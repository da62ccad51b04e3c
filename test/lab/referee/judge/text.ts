import { span } from './format';
import { MEANING, type Figures, type Verdict } from './verdict';

/** The verdict for people: what was violated, what wasn't seen, then the figures. */
export function verdictText(verdict: Verdict): string {
  const lines = [headline(verdict)];
  for (const violation of verdict.violations) {
    const hosts = violation.hosts.join(', ');
    lines.push(
      `${violation.invariant} ${MEANING[violation.invariant]}: ${hosts}, ${span(violation.fromMs, violation.toMs)}`,
    );
    lines.push(...violation.evidence.map((line) => `    ${line}`));
  }
  for (const one of verdict.excused) {
    lines.push(
      `excused ${one.invariant} on ${one.hosts.join(', ')}, ${span(one.fromMs, one.toMs)}: ${one.reason}`,
    );
  }
  for (const spot of verdict.blind) {
    lines.push(`blind: ${spot.watch} on ${spot.host}, ${span(spot.fromMs, spot.toMs)}: ${spot.reason}`);
  }
  return [...lines, ...figureLines(verdict.figures)].join('\n');
}

function headline(verdict: Verdict): string {
  const seconds = (verdict.watchedMs / 1000).toFixed(1);
  const blind = verdict.blind.length > 0 ? `, blind ${String(verdict.blind.length)} times` : '';
  const found =
    verdict.violations.length === 0 ? 'no violation' : `${String(verdict.violations.length)} violations`;
  return `Referee: ${found}${blind} in ${seconds} s from ${verdict.startedAt}${verdict.clean ? ', clean' : ''}`;
}

function figureLines(figures: Figures): string[] {
  const count = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([host, number]) => `${host} ${String(number)}`)
      .join(', ') || 'none';
  const lines = [
    ...figures.writerHandovers.map(
      (one) => `writer ${one.from} -> ${one.to}: ${one.durationMs.toFixed(1)} ms without`,
    ),
    ...figures.vipHandovers.map(
      (one) => `VIP ${one.from} -> ${one.to}: ${one.durationMs.toFixed(1)} ms without`,
    ),
    ...figures.snatSettling.map((one) => `SNAT on ${one.host} settled within ${one.withinMs.toFixed(0)} ms`),
    `acknowledged writes: ${count(figures.acknowledgedWrites)}; heartbeats: ${count(figures.acknowledgedHeartbeats)}`,
  ];
  for (const rate of figures.rates) {
    lines.push(
      `${rate.watch} on ${rate.host}: ${rate.perSecond.toFixed(0)}/s, worst gap ${rate.worstGapMs.toFixed(0)} ms`,
    );
  }
  return [...lines, `referee's own CPU: ${(figures.refereeCpuShare * 100).toFixed(0)} % of one core`];
}
