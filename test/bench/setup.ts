// `npx tsx test/bench/setup.ts`: wall time from bare hosts to a pair, by the product and by the same commands in one script.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stopCapsule } from '../lab/capsule/capsule';
import { inside, up } from '../lab/up';

interface Taken {
  readonly tookMs: number;
  readonly steps: number;
}

/** Fresh hosts for each way, one lab after the other. */
async function measured(way: 'product' | 'script', scratch: string): Promise<Taken> {
  const output = path.join(scratch, `${way}.json`);
  const capsule = await up({ name: `bench-${process.pid}`, profile: 'fresh', lifeline: 'held' });
  try {
    const main = path.join(__dirname, 'inside/setup.ts');
    const code = await inside(capsule, [process.execPath, '--import', 'tsx', main, way, output]);
    if (code !== 0) throw new Error(`by ${way} it could not be measured (exit ${code})`);
    return JSON.parse(await readFile(output, 'utf8')) as Taken;
  } finally {
    await stopCapsule(capsule);
  }
}

async function main(): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'ccha-bench-'));
  try {
    const ours = await measured('product', scratch);
    const script = await measured('script', scratch);
    const seconds = ({ tookMs }: Taken): string => (tookMs / 1000).toFixed(1);
    console.log(`steps     ${ours.steps}
product   ${seconds(ours)} s
script    ${seconds(script)} s   the same commands one after the other at the hosts' consoles
ratio     ${(ours.tookMs / script.tookMs).toFixed(2)}`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
