import { eventText, type ElectionEvent } from '../../../src/core/vrrp/event';
import type { HostIndex } from '../../../src/core/vrrp/pair';
import { holdersOf, normalOperation, simulate } from '../../../src/core/vrrp/simulate';
import { electionStories, type ElectionStory } from '../../../src/core/vrrp/stories';
import { holdersText } from '../../../src/core/vrrp/table';
import type { ElectionCase } from './matrix';
import { RealPair } from './realPair';

/** One event of one story of one case: what the simulation says, and what keepalived did. */
export interface Cell {
  readonly name: string;
  readonly simulated: string;
  readonly real: string;
}

export interface Played {
  readonly cells: readonly Cell[];
  /** keepalived's logs when a cell disagrees. */
  readonly logs: string;
}

/** Every story of a case is a piece of work of its own. */
export interface Work {
  readonly one: ElectionCase;
  readonly story: ElectionStory;
}

export function allWork(cases: readonly ElectionCase[]): Work[] {
  return cases.flatMap((one) => electionStories(one.pair).map((story) => ({ one, story })));
}

/** Plays a story on two real keepalived, beginning with the boot of both hosts. */
export async function play({ one, story }: Work, base: string, id: number): Promise<Played> {
  const { pair } = one;
  const real = new RealPair(one, base, id);
  const cells: Cell[] = [];
  const cell = (what: string, simulated: readonly HostIndex[], holders: readonly HostIndex[]): void => {
    const [expected, found] = [simulated, holders].map((set) => holdersText(pair, set));
    cells.push({ name: `${one.name}: ${story.name}: ${what}`, simulated: expected ?? '', real: found ?? '' });
  };
  await real.powerOn();
  const start: readonly ElectionEvent[] = [
    { kind: pair.track.kind === 'role' ? 'role-given' : 'cmon-starts', host: 0 },
    { kind: 'keepalived-starts', host: 0 },
  ];
  for (const event of start) await real.apply(event);
  await real.holders();
  await real.apply({ kind: 'keepalived-starts', host: 1 });
  cell('normally', holdersOf(normalOperation(pair)), await real.holders());
  const simulated = simulate(pair, story.events);
  for (const [index, event] of story.events.entries()) {
    await real.apply(event);
    cell(`${index + 1}. ${eventText(pair, event)}`, simulated[index]?.holders ?? [], await real.holders());
  }
  const agrees = cells.every(({ simulated: said, real: was }) => said === was);
  const logs = agrees ? '' : await real.logs();
  await real.powerOff();
  return { cells, logs };
}
