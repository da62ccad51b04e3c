import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stopCapsule, type Capsule } from '../lab/capsule/capsule';
import { inside, up } from '../lab/up';

let running: Capsule | undefined;

/** Measures in a fresh lab of its own, which is gone afterwards. One at a time: labs side by side disturb each other. */
export async function measureInLab<Figures>(
  profile: 'hardened' | 'documented',
  runs: number,
): Promise<Figures> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'ccha-bench-'));
  const output = path.join(scratch, 'figures.json');
  const capsule = await up({ name: `bench-${process.pid}`, profile, lifeline: 'held' });
  running = capsule;
  try {
    const main = path.join(__dirname, 'inside/main.ts');
    const command = [process.execPath, '--import', 'tsx', main, profile, String(runs), output];
    const code = await inside(capsule, command);
    if (code !== 0) throw new Error(`the ${profile} lab could not be measured (exit ${code})`);
    return JSON.parse(await readFile(output, 'utf8')) as Figures;
  } finally {
    running = undefined;
    await stopCapsule(capsule);
    await rm(scratch, { recursive: true, force: true });
  }
}

/** For an end by signal. */
export async function stopRunningLab(): Promise<void> {
  if (running) await stopCapsule(running);
}
