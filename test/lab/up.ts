import { spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  insideArguments,
  reapCgroups,
  startCapsule,
  stopCapsule,
  type Capsule,
  type StartedCapsule,
} from './capsule/capsule';
import { baseRoot } from './image/base';
import { labKeys } from './image/identity';
import { packageArchive } from './image/packages';
import { prepareMachine } from './image/machine';
import { reapImages } from './image/scratch';
import { templateOf } from './image/template';
import type { BootOrder } from './inside';
import { CACHE, LAB_SOURCES, REPOSITORY } from './places';
import type { ProfileName } from './site';

export interface UpOptions {
  readonly profile: ProfileName;
  /** Labs of different names run side by side, with the same addresses. */
  readonly name: string;
  /** `held`: the lab dies with this process, even by SIGKILL. `free`: it runs until `down`. */
  readonly lifeline: 'held' | 'free';
}

/** Boots a lab from the machine; builds what is missing first. @throws when it can't be brought up; nothing stays then. */
export async function up(options: UpOptions): Promise<Capsule> {
  await prepareMachine();
  await reapCgroups();
  await reapImages(CACHE);
  const base = await baseRoot();
  const keys = await labKeys();
  // Before the lab: it has no way out.
  if (options.profile === 'fresh') await packageArchive(base);
  const make = (saveTo: string): Promise<void> => makeTemplate(options.profile, base, keys, saveTo);
  const template = options.profile === 'bare' ? undefined : await templateOf(options.profile, base, make);
  const { name, profile } = options;
  const order: BootOrder = { name, profile, base, keys, scratch: CACHE, template, saveTo: undefined };
  const capsule = await boot(order);
  if (options.lifeline === 'free') await capsule.release();
  return capsule;
}

async function makeTemplate(profile: ProfileName, base: string, keys: string, saveTo: string): Promise<void> {
  process.stderr.write(`lab: deploying ${profile} once, to keep it\n`);
  const name = `template-${process.pid}`;
  const order: BootOrder = { name, profile, base, keys, scratch: CACHE, template: undefined, saveTo };
  await stopCapsule(await boot(order));
}

async function boot(order: BootOrder): Promise<StartedCapsule> {
  const capsule = await startCapsule(order.name);
  const code = await inside(capsule, [...TSX, join(LAB_SOURCES, 'inside.ts'), JSON.stringify(order)]);
  if (code === 0) return capsule;
  await stopCapsule(capsule);
  throw new Error(`lab ${order.name} did not come up`);
}

const TSX = [process.execPath, '--import', 'tsx'];

/** Runs a program inside a lab, with this process's terminal; returns its exit code. */
export function inside(
  capsule: Capsule,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const [file = '', ...rest] = insideArguments(capsule, command);
  const child = spawn(file, rest, { stdio: 'inherit', cwd: REPOSITORY, env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 137));
  });
}
