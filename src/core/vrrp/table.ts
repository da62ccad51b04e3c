import { eventText } from './event';
import type { HostIndex, VrrpPair } from './pair';
import { normalOperation, simulate, holdersOf } from './simulate';
import type { ElectionRow } from './simulate';
import { electionStories } from './stories';
import { settlingSeconds } from './times';

export interface ElectionTable {
  /** Who holds the VIP before anything happens. */
  readonly normally: readonly HostIndex[];
  /** Each story begins in normal operation. */
  readonly stories: readonly { readonly name: string; readonly rows: readonly ElectionRow[] }[];
}

/** Who holds the VIP after everything that usually happens to a pair. */
export function electionTable(pair: VrrpPair): ElectionTable {
  const begin = normalOperation(pair);
  return {
    normally: holdersOf(begin),
    stories: electionStories(pair).map(({ name, events }) => ({ name, rows: simulate(pair, events, begin) })),
  };
}

/** `cc1`, `nobody`, `cc1 and cc2 both` */
export function holdersText(pair: VrrpPair, holders: readonly HostIndex[]): string {
  const names = holders.map((index) => pair.hosts[index].name);
  if (names.length === 0) return 'nobody';
  return names.length === 1 ? names.join('') : `${names.join(' and ')} both`;
}

/** One line for a lens: `VIP: cmon stops on cc1, then starts on cc2 → cc1 · host dies: cc1 → cc2 · …` */
export function electionLine(pair: VrrpPair): string {
  const { stories } = electionTable(pair);
  const [takeover, , host, partition] = stories;
  const name = (index: HostIndex): string => pair.hosts[index].name;
  const byRole = pair.track.kind === 'role';
  const after = (rows: readonly ElectionRow[] | undefined, row: number): string =>
    holdersText(pair, rows?.[row]?.holders ?? []);
  return [
    `${byRole ? 'role' : 'cmon'} moves from ${name(0)} to ${name(1)} → ${after(takeover?.rows, 1)}`,
    `${name(0)} dies → ${after(host?.rows, 0)}`,
    `network cut → ${after(partition?.rows, 0)}`,
    `whole again → ${after(partition?.rows, 1)}`,
  ].join(' · ');
}

/** The whole table as Markdown. */
export function electionMarkdown(pair: VrrpPair): string {
  const { normally, stories } = electionTable(pair);
  const seconds = settlingSeconds(pair);
  return [
    `Normally ${holdersText(pair, normally)}. Each group begins there; at rest after at most ${seconds.toFixed(1)} s.`,
    '',
    '| event | VIP on |',
    '|---|---|',
    ...stories.flatMap(({ name, rows }) => [
      `| **${name}** | |`,
      ...rows.map(({ event, holders }) => `| ${eventText(pair, event)} | ${holdersText(pair, holders)} |`),
    ]),
  ].join('\n');
}
