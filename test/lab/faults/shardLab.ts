import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Capsule, insideArguments, stopCapsule } from '../capsule/capsule';
import { REPOSITORY } from '../places';
import { up } from '../up';
import type { ShardLine, ShardOrder } from './shard';

const running = new Set<Capsule>();

/** One lab and its share of the cells; `heard` gets each line as it comes. Returns the exit code. */
export async function runShard(
  order: ShardOrder,
  name: string,
  heard: (line: ShardLine) => void,
): Promise<number> {
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

export async function stopShards(): Promise<void> {
  await Promise.all([...running].map((capsule) => stopCapsule(capsule)));
}
