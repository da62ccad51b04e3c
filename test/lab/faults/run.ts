// `npm run test:faults [-- --all] [--labs N] [--shard I/N] [--scene ID] [--only TEXT] [--report]`: see test/lab/README.md.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { insideArguments, stopCapsule, type Capsule } from '../capsule/capsule';
import { REPOSITORY } from '../places';
import { run } from '../run';
import { up } from '../up';
import { Records, type CellRecord } from './records';
import { writeReport } from './report';
import type { ShardLine, ShardOrder } from './shard';

interface Options {
  readonly all: boolean;
  readonly labs: number;
  /** Which part of the cells this command takes: for suites that run side by side. */
  readonly shard: number;
  readonly shards: number;
  readonly scenes: readonly string[];
  readonly only: string;
}

function parse(words: readonly string[]): Options {
  const value = (key: string): string | undefined => {
    const at = words.indexOf(key);
    return at < 0 ? undefined : words[at + 1];
  };
  const [shard = 1, shards = 1] = (value('--shard') ?? '1/1').split('/').map(Number);
  const scene = value('--scene');
  return {
    all: words.includes('--all'),
    labs: Number(value('--labs') ?? 1),
    shard: shard - 1,
    shards,
    scenes: scene === undefined ? [] : scene.split(','),
    only: value('--only') ?? '',
  };
}

const running = new Set<Capsule>();

async function commitOf(): Promise<string> {
  const { stdout } = await run('git', ['-C', REPOSITORY, 'rev-parse', '--short=12', 'HEAD']);
  return stdout.trim() || 'no-commit';
}

/** One lab, its share of the cells. */
async function runShard(order: ShardOrder, name: string, heard: (line: ShardLine) => void): Promise<number> {
  const capsule = await up({ name, profile: 'hardened', lifeline: 'held' });
  running.add(capsule);
  try {
    const main = path.join(__dirname, 'inside.ts');
    const program = [process.execPath, '--import', 'tsx', main, JSON.stringify(order)];
    const [command = '', ...rest] = insideArguments(capsule, program);
    const child = spawn(command, rest, { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) heard(JSON.parse(line) as ShardLine);
    });
    return await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  } finally {
    running.delete(capsule);
    await stopCapsule(capsule);
  }
}

async function main(options: Options): Promise<number> {
  const commit = await commitOf();
  const records = await Records.of(commit);
  const results = new Map<string, CellRecord>();
  if (options.all) for (const record of records.known) if (record.held) results.set(record.cell, record);
  const done = [...results.keys()];
  const expected = new Set<string>();
  const heard = (line: ShardLine): void => {
    if (line.kind === 'cells') {
      for (const cell of line.cells) expected.add(cell);
      return;
    }
    results.set(line.cell, line);
    console.log(`${line.held ? 'held' : 'NOT HELD'}  ${line.cell}  ${line.ends}  ${line.seconds} s`);
    if (!line.held) console.log(line.why);
    if (options.all) void records.add(line);
  };
  const shards = options.labs * options.shards;
  const codes = await Promise.all(
    Array.from({ length: options.labs }, (_, lab) => {
      const shard = options.shard * options.labs + lab;
      const { scenes, only } = options;
      const set = options.all ? 'all' : 'ci';
      return runShard({ set, scenes, only, shard, shards, done }, `faults-${process.pid}-${lab}`, heard);
    }),
  );
  const cells = [...results.values()];
  const held = cells.filter((cell) => cell.held).length;
  if (options.all) await writeReport(commit, expected.size, cells);
  console.log(`${cells.length} cells, ${held} held`);
  return held === cells.length && codes.every((code) => code === 0) && cells.length > 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    void Promise.all([...running].map((capsule) => stopCapsule(capsule))).finally(() => process.exit(130));
  });
}
main(parse(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
