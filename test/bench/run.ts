// `npm run bench [-- --json] [-- --runs N]`: ratios of one run. It asserts nothing: exit 1 only when it could not measure.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { measureActivation } from './activation';
import { outageComparisons, type BenchDocument } from './figures';
import type { DocumentedFigures, HardenedFigures } from './inside/main';
import { measureInventory } from './inventory';
import { measureInLab, stopRunningLab } from './labs';
import { packageSizes } from './sizes';
import { benchTable } from './table';

interface Options {
  readonly json: boolean;
  /** Counted switches by the product, and as many by the floor. */
  readonly runs: number;
}

const ACTIVATIONS = 6;

function parse(words: readonly string[]): Options | undefined {
  const rest = words.filter((word) => word !== '--');
  const json = rest.includes('--json');
  const at = rest.indexOf('--runs');
  const runs = at < 0 ? 6 : Number(rest[at + 1]);
  const known = rest.every((word, index) => word === '--json' || word === '--runs' || index === at + 1);
  // There and back: an even number, so that both directions count the same.
  return known && Number.isInteger(runs) && runs > 0 ? { json, runs: runs + (runs % 2) } : undefined;
}

function say(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

async function bench(options: Options): Promise<BenchDocument> {
  const load = (): number => loadavg()[0] ?? 0;
  const loadBefore = load();
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-bench-'));
  try {
    say('one large inventory');
    const inventory = await measureInventory();
    say('packaging');
    const vsixFile = path.join(scratch, 'extension.vsix');
    const sizes = await packageSizes(vsixFile);
    say('activation in VS Code');
    const activation = await measureActivation(vsixFile, ACTIVATIONS);
    say('hardened hosts: observation, promotions by the product and by the floor');
    const hardened = await measureInLab<HardenedFigures>('hardened', options.runs);
    say('documented hosts: the documented failover');
    const documented = await measureInLab<DocumentedFigures>('documented', Math.min(options.runs, 4));
    const machine = { cores: availableParallelism(), loadBefore, loadAfter: load() };
    return {
      version: 1,
      machine,
      ...outageComparisons(hardened, documented),
      activation,
      ...sizes,
      inventory,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void stopRunningLab().finally(() => process.exit(130)));
}
const options = parse(process.argv.slice(2));
if (options === undefined) {
  process.stderr.write('npm run bench [-- --json] [-- --runs N]\n');
  process.exit(2);
}
bench(options).then(
  (document) => {
    process.stdout.write(`${options.json ? JSON.stringify(document, null, 2) : benchTable(document)}\n`);
    process.exit(0);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
