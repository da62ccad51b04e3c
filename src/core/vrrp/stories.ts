import type { ElectionEvent, HostEventKind } from './event';
import type { VrrpPair } from './pair';

/** A sequence of events that begins in normal operation. */
export interface ElectionStory {
  readonly name: string;
  readonly events: readonly ElectionEvent[];
}

/** What operators do and what happens to them, from normal operation each time. */
export function electionStories(pair: VrrpPair): readonly ElectionStory[] {
  const byRole = pair.track.kind === 'role';
  const stops: HostEventKind = byRole ? 'role-taken' : 'cmon-stops';
  const starts: HostEventKind = byRole ? 'role-given' : 'cmon-starts';
  return [
    {
      name: 'takeover by hand',
      events: [
        { kind: stops, host: 0 },
        { kind: starts, host: 1 },
        { kind: starts, host: 0 },
        { kind: stops, host: 1 },
      ],
    },
    {
      name: 'keepalived',
      events: [
        { kind: 'keepalived-stops', host: 0 },
        { kind: 'keepalived-starts', host: 0 },
        { kind: 'keepalived-stops', host: 1 },
        { kind: 'keepalived-starts', host: 1 },
      ],
    },
    {
      name: 'host',
      events: [
        { kind: 'host-dies', host: 0 },
        { kind: starts, host: 1 },
        { kind: 'host-returns', host: 0 },
        { kind: starts, host: 0 },
      ],
    },
    { name: 'partition', events: [{ kind: 'partition' }, { kind: 'partition-heals' }] },
    {
      name: 'partition while both are active',
      events: [{ kind: starts, host: 1 }, { kind: 'partition' }, { kind: 'partition-heals' }],
    },
  ];
}
