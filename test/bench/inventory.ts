// Work on one large inventory, in this process: ratios to the YAML library's own parsing of the same text.
import { parseDocument } from 'yaml';
import { parseInventories } from '../../src/core/inventory/parse';
import { schemeOf } from '../../src/core/schemes/registry';
import { keystrokes } from './keystrokes';
import { timed, timings, type Timing, type Timings } from './timing';

export interface InventoryFigures {
  readonly lines: number;
  readonly sites: number;
  /** The library alone, to plain values. */
  readonly parsing: Timings;
  /** Everything Problems shows, of a text that was never read before. */
  readonly diagnostics: Timings;
  /** Of the medians of processor time: what else the machine does tells on the clock. */
  readonly diagnosticsToParsing: number;
  /** One letter typed: Problems, completion, hover, outline and lenses of the new text, as the editor gets them. */
  readonly keystroke: Timings;
  /** Every file of 1,000 sites. */
  readonly rendering: Timings;
}

const FILE = 'bench.yaml';
const RUNS = 15;

/** Half of the sites are documented: rules have something to say. `salt` makes a text that nobody has seen. */
function inventory(sites: number, salt: string): string {
  const one = (n: number): string => `  dc${n}: # ${salt}
    scheme: replication
    profile: ${n % 2 === 0 ? 'hardened' : 'documented'}
    vip: 10.${n >> 8}.${n & 255}.200
    controllers:
      cc1:
        address: 10.${n >> 8}.${n & 255}.201
        priority: 105
        ssh:
          user: admin
          port: 22
      cc2:
        address: 10.${n >> 8}.${n & 255}.202
        priority: 100
    prometheus:
      name: prom
      address: 10.${n >> 8}.${n & 255}.209
    mysql:
      version: "8.4"
      bufferPoolSize: 2G
    sync:
      files:
        - /etc/cmon.cnf
        - /etc/s9s.conf
    # the end of dc${n}
`;
  return `version: 1\nsites:\n${Array.from({ length: sites }, (_, n) => one(n)).join('')}`;
}

/** Both ways take turns, so that what else the machine does meets both. The first turn is dropped. */
export async function measureInventory(): Promise<InventoryFigures> {
  const sites = 420;
  const text = inventory(sites, '');
  const parsing: Timing[] = [];
  const diagnostics: Timing[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const fresh = inventory(sites, `run ${run}`);
    parsing.push(await timed(() => parseDocument(fresh).toJS() as unknown));
    diagnostics.push(await timed(() => parseInventories([{ file: FILE, text: fresh }])));
  }
  const keystroke = timings(await keystrokes(text, '    # the end of dc200'));
  const all = parseInventories([{ file: FILE, text: inventory(1000, '') }]).sites;
  const rendering: Timing[] = [];
  for (let run = 0; run < 4; run++) {
    rendering.push(await timed(() => all.map((site) => schemeOf(site).files(site).length)));
  }
  const [floor, ours] = [timings(parsing), timings(diagnostics)];
  return {
    lines: text.split('\n').length,
    sites,
    parsing: floor,
    diagnostics: ours,
    diagnosticsToParsing: ours.cpu.median / floor.cpu.median,
    keystroke,
    rendering: timings(rendering),
  };
}

/** Lines for people. */
export function inventoryTable(figures: InventoryFigures): string {
  const row = (name: string, { wall, cpu }: Timings, more: string): string =>
    `${name.padEnd(12)} ${wall.median.toFixed(1).padStart(8)} (${wall.worst.toFixed(1)}) ms, processor ${cpu.median.toFixed(1)} ms   ${more}`;
  return [
    `an inventory of ${figures.lines} lines, ${figures.sites} sites; median (worst)`,
    row('parsing', figures.parsing, 'the YAML library alone'),
    row(
      'diagnostics',
      figures.diagnostics,
      `${figures.diagnosticsToParsing.toFixed(2)} × parsing; goal at most 2 ×`,
    ),
    row('keystroke', figures.keystroke, 'goal at most 16 ms'),
    row('rendering', figures.rendering, 'every file of 1,000 sites'),
  ].join('\n');
}

if (require.main === module) {
  measureInventory().then(
    (figures) => process.stdout.write(`${inventoryTable(figures)}\n`),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
