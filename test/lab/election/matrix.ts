import type { VrrpHost, VrrpPair, VrrpSnat, VrrpTrack } from '../../../src/core/vrrp/pair';
import { ADDRESS } from '../site';

/** One configuration of a pair, as both the simulation and keepalived get it. */
export interface ElectionCase {
  readonly name: string;
  readonly pair: VrrpPair;
  readonly unicast: boolean;
}

interface Choice {
  readonly track: VrrpTrack;
  readonly nopreempt: boolean;
  readonly equal: boolean;
  readonly snat: VrrpSnat;
  readonly version: 2 | 3;
  readonly firstState?: VrrpHost['state'];
  readonly unicast?: boolean;
}

const WEIGHTS = [undefined, 2, 10, -10] as const;
const TRACKS: readonly VrrpTrack[] = [
  ...WEIGHTS.map((weight): VrrpTrack => ({ kind: 'process', weight })),
  { kind: 'role' },
];
const SNATS: readonly VrrpSnat[] = ['none', 'documented', 'hardened'];
const VERSIONS = [2, 3] as const;
const BOOLEANS = [true, false] as const;

/** Seconds. Version 2 knows whole seconds only; the intervals enter the rules as units of time, never as conditions. */
const ADVERT_INTERVAL = { 2: 1, 3: 0.2 } as const;
const CHECK_INTERVAL = 0.5;

/** Everything against everything, and then what the big table leaves out: state MASTER, unicast. */
export function electionCases(): ElectionCase[] {
  const choices: Choice[] = VERSIONS.flatMap((version) =>
    TRACKS.flatMap((track) =>
      BOOLEANS.flatMap((nopreempt) =>
        BOOLEANS.flatMap((equal) => SNATS.map((snat) => ({ track, nopreempt, equal, snat, version }))),
      ),
    ),
  );
  const more: Choice[] = VERSIONS.flatMap((version) =>
    SNATS.flatMap((snat): Choice[] => [
      {
        track: { kind: 'process', weight: 10 },
        nopreempt: true,
        equal: false,
        snat,
        version,
        firstState: 'MASTER',
      },
      {
        track: { kind: 'process', weight: undefined },
        nopreempt: true,
        equal: true,
        snat,
        version,
        unicast: true,
      },
    ]),
  );
  return [...choices, ...more].map(caseOf);
}

function caseOf(choice: Choice): ElectionCase {
  const { track, nopreempt, equal, snat, version, firstState = 'BACKUP', unicast = false } = choice;
  const host = (name: 'cc1' | 'cc2', priority: number, state: VrrpHost['state']): VrrpHost => ({
    name,
    address: ADDRESS[name],
    priority,
    state,
    nopreempt,
  });
  const words = [
    `v${version}`,
    track.kind === 'role' ? 'role flag' : track.weight === undefined ? 'no weight' : `weight ${track.weight}`,
    nopreempt ? 'nopreempt' : 'preempt',
    equal ? 'equal' : '105/100',
    `SNAT ${snat}`,
    ...(firstState === 'MASTER' ? ['state MASTER on cc1'] : []),
    ...(unicast ? ['unicast'] : []),
  ];
  return {
    name: words.join(', '),
    pair: {
      hosts: [host('cc1', equal ? 100 : 105, firstState), host('cc2', 100, 'BACKUP')],
      track,
      snat,
      version,
      advertIntervalSeconds: ADVERT_INTERVAL[version],
      checkIntervalSeconds: CHECK_INTERVAL,
    },
    unicast,
  };
}
