import { judgedText } from '../referee/judge/judged';
import type { Verdict } from '../referee/judge/verdict';
import type { Fault, Place } from './fault';
import { hostOf } from './fault';
import type { Scene } from './scene';

/** An invariant was seen broken. Everything else that goes wrong is an error of another kind. */
export class Violated extends Error {}

/** All is where it belongs, and nothing was seen broken; but for a moment nobody looked. It says nothing about the product. */
export class Blind extends Error {}

/** The referee's verdict without what the scene and the fault are due. @throws where anything is left, with what is left. */
export function mustHold(
  verdict: Verdict,
  scene: Pick<Scene, 'judge'>,
  fault: Pick<Fault, 'hangs'>,
  place: Place,
  ends: string,
): void {
  const { violations, blind: all } = scene.judge?.(verdict, place) ?? verdict;
  const hung = fault.hangs === undefined ? undefined : hostOf(fault.hangs, place);
  const blind = all.filter(({ watch, host }) => host !== hung || !watch.startsWith('write/'));
  const text = `${ends}\n${judgedText(verdict, { violations, blind })}`;
  if (violations.length > 0) throw new Violated(text);
  if (blind.length > 0) throw new Blind(text);
}

/** Of a case that has failed by `error`: the invariants that do not depend on its end. @throws Violated */
export function mustNotBeBroken(
  verdict: Verdict | undefined,
  scene: Pick<Scene, 'judge'>,
  place: Place,
  error: unknown,
): void {
  if (verdict === undefined) return;
  const judged = scene.judge?.(verdict, place) ?? verdict;
  // Who had to be primary in the end, and so have every row, is not known.
  const violations = judged.violations.filter(({ invariant }) => invariant !== 'I5');
  if (violations.length === 0) return;
  const why = error instanceof Error ? error.message : String(error);
  throw new Violated(`${why}\n${judgedText(verdict, { violations, blind: [] })}`, { cause: error });
}
