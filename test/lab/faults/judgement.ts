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
