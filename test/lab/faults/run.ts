// `npm run test:faults [-- --all|--covering|--unwritable|--report] [--labs N] [--shard I/N] [--scene ID,…] [--only TEXT]`: see docs/faults.md.
import { closingText } from '../../all/closingLine';
import { skippedWithoutLab } from '../../all/skippedWithoutLab';
import { prepareMachine } from '../image/machine';
import { type Options, parseOptions } from './options';
import { productState } from './product';
import { Records } from './records';
import { writeReport } from './report';
import type { CellLine, ShardLine, ShardOrder } from './shard';
import { runShard, stopShards } from './shardLab';

function tell(line: CellLine): void {
  console.log(`${line.held ? 'held' : 'NOT HELD'}  ${line.cell}  ${line.ends}  ${line.seconds} s`);
  if (process.env.FAULTS_PHASES !== undefined) console.log(`      ${line.phases}`);
  for (const why of line.earlier) console.log(`retried: ${line.cell}: ${why}`);
  if (!line.held) console.log(line.why);
}

function setOf({ all, only, covering, unwritable }: Options): ShardOrder['set'] {
  if (all || only !== '') return 'all';
  if (covering) return 'covering';
  return unwritable ? 'unwritable' : 'dangerous';
}

async function main(options: Options): Promise<number> {
  if (options.suite && skippedWithoutLab()) return 0;
  const kept = options.all || options.report;
  const product = kept ? await productState() : { content: '', commit: '' };
  const records = await Records.of(product.content);
  if (options.report) {
    await writeReport(product, records);
    return 0;
  }
  // Once, before labs side by side would wait for apt's lock.
  await prepareMachine();
  const results = new Map<string, CellLine>();
  if (options.all) {
    for (const [cell, line] of records.results) if (line.held || line.violated) results.set(cell, line);
  }
  const done = [...results.keys()];
  const heard = (line: ShardLine): void => {
    if (line.kind === 'result') {
      results.set(line.cell, line);
      tell(line);
    }
    if (options.all) void records.add(line);
  };
  const { scenes, only } = options;
  const set = setOf(options);
  const shards = options.labs * options.shards;
  const codes = await Promise.all(
    Array.from({ length: options.labs }, (_, lab) => {
      const shard = options.shard * options.labs + lab;
      return runShard({ set, scenes, only, shard, shards, done }, `faults-${process.pid}-${lab}`, heard);
    }),
  );
  const cells = [...results.values()];
  const held = cells.filter((cell) => cell.held).length;
  if (options.all) await writeReport(product, records);
  console.log(`${cells.length} cells, ${held} held`);
  const whole = codes.every((code) => code === 0) && cells.length > 0;
  if (options.suite) {
    const failed = cells.length - held + (whole ? 0 : 1);
    console.log(closingText({ passed: held, failed, skipped: 0 }));
  }
  return held === cells.length && whole ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void stopShards().finally(() => process.exit(130)));
}
main(parseOptions(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
