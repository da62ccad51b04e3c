// Boots a fresh lab, runs mocha in it, ends it: tsx test/lab/run-suite.ts --profile P [--name N] SPEC... [-- MOCHA-OPTION...]
import { join } from 'node:path';
import { stopCapsule } from './capsule/capsule';
import { REPOSITORY } from './places';
import { isProfileName, type ProfileName } from './site';
import { inside, up } from './up';

export interface Suite {
  readonly profile: ProfileName;
  /** Files or globs, from the repository's root. */
  readonly specs: readonly string[];
  readonly mochaOptions: readonly string[];
  readonly name: string;
}

/** Runs one suite on a lab of its own; returns mocha's exit code. The lab is gone afterwards, whatever happened. */
export async function runSuite(suite: Suite): Promise<number> {
  const begin = performance.now();
  const capsule = await up({ name: suite.name, profile: suite.profile, lifeline: 'held' });
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    await stopCapsule(capsule);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stop(signal));
  try {
    const mocha = join(REPOSITORY, 'node_modules', '.bin', 'mocha');
    const options = ['--config', '.mocharc.json', '--timeout', '120000', '--exit', ...suite.mochaOptions];
    return await inside(capsule, [process.execPath, mocha, ...options, ...suite.specs], {
      CLUSTERCONTROL_LAB: suite.name,
    });
  } finally {
    await stopCapsule(capsule);
    process.stderr.write(
      `lab: ${suite.profile} suite took ${((performance.now() - begin) / 60_000).toFixed(1)} min\n`,
    );
  }
}

function parse(words: readonly string[]): Suite | undefined {
  const rest = [...words];
  const take = (key: string): string | undefined => {
    const at = rest.indexOf(key);
    return at < 0 ? undefined : rest.splice(at, 2)[1];
  };
  const profile = take('--profile');
  const name = take('--name') ?? `suite-${process.pid}`;
  const split = rest.indexOf('--');
  const specs = split < 0 ? rest : rest.slice(0, split);
  if (!isProfileName(profile) || specs.length === 0) return undefined;
  return { profile, name, specs, mochaOptions: split < 0 ? [] : rest.slice(split + 1) };
}

if (require.main === module) {
  const suite = parse(process.argv.slice(2));
  if (!suite) {
    process.stderr.write(
      'tsx test/lab/run-suite.ts --profile bare|documented|hardened [--name N] SPEC... [-- MOCHA-OPTION...]\n',
    );
    process.exit(2);
  }
  runSuite(suite).then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
