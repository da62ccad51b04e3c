// Work on one large inventory, in this process: ratios to the YAML library's own parsing of the same text.
import { parseDocument } from 'yaml';
import { InventoryLanguage } from '../../src/core/inventory/language/language';
import { parseInventories } from '../../src/core/inventory/parse';
import { schemeOf } from '../../src/core/schemes/registry';
import { spread, type Spread } from './figures';

export interface InventoryFigures {
  readonly lines: number;
  readonly sites: number;
  /** The library alone, to plain values. */
  readonly parsing: Spread;
  /** Everything Problems shows, of a text that was never read before. */
  readonly diagnostics: Spread;
  readonly diagnosticsToParsing: number;
  /** One letter typed: diagnostics, completion, hover, outline and lenses of the new text. */
  readonly keystroke: Spread;
  readonly keystrokeToParsing: number;
  /** Every file of 1,000 sites. */
  readonly rendering: Spread;
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

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Both ways take turns, so that what else the machine does meets both. The first turn is dropped. */
export function measureInventory(): InventoryFigures {
  const sites = 420;
  const text = inventory(sites, '');
  const parsing: number[] = [];
  const diagnostics: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const fresh = inventory(sites, `run ${run}`);
    parsing.push(timed(() => parseDocument(fresh).toJS() as unknown));
    diagnostics.push(timed(() => parseInventories([{ file: FILE, text: fresh }])));
  }
  const keystroke = keystrokes(text);
  const all = parseInventories([{ file: FILE, text: inventory(1000, '') }]).sites;
  const rendering = Array.from({ length: 4 }, () =>
    timed(() => all.map((site) => schemeOf(site).files(site).length)),
  );
  const [floor, ours, key] = [parsing, diagnostics, keystroke].map((values) => spread(values.slice(1)));
  if (!floor || !ours || !key) throw new Error('nothing was measured');
  return {
    lines: text.split('\n').length,
    sites,
    parsing: floor,
    diagnostics: ours,
    diagnosticsToParsing: ours.median / floor.median,
    keystroke: key,
    keystrokeToParsing: key.median / floor.median,
    rendering: spread(rendering.slice(1)),
  };
}

/** A line is typed in the middle of the file, letter by letter. */
function keystrokes(text: string): number[] {
  const language = new InventoryLanguage();
  const at = text.indexOf('    # the end of dc200');
  const line = '    keepalived: { virtualRouterId: 61, advertInterval: 0.5 }';
  return Array.from({ length: line.length }, (_, length) => {
    const typed = line.slice(0, length + 1);
    const next = `${text.slice(0, at)}${typed}\n${text.slice(at)}`;
    const cursor = at + typed.length;
    return timed(() => {
      parseInventories([{ file: FILE, text: next }]);
      language.completions(next, cursor, {});
      language.hover(FILE, next, cursor);
      language.outline(FILE, next);
      language.lenses(FILE, next);
    });
  });
}

/** Lines for people. */
export function inventoryTable(figures: InventoryFigures): string {
  const row = (name: string, { median, worst }: Spread, more: string): string =>
    `${name.padEnd(12)} ${median.toFixed(1).padStart(8)} (${worst.toFixed(1)}) ms   ${more}`;
  return [
    `an inventory of ${figures.lines} lines, ${figures.sites} sites; median (worst)`,
    row('parsing', figures.parsing, 'the YAML library alone'),
    row(
      'diagnostics',
      figures.diagnostics,
      `${figures.diagnosticsToParsing.toFixed(2)} × parsing; goal at most 2 ×`,
    ),
    row(
      'keystroke',
      figures.keystroke,
      `${figures.keystrokeToParsing.toFixed(2)} × parsing; goal at most 16 ms`,
    ),
    row('rendering', figures.rendering, 'every file of 1,000 sites'),
  ].join('\n');
}

if (require.main === module) {
  process.stdout.write(`${inventoryTable(measureInventory())}\n`);
}
