// The simulated election against real keepalived: tsx test/lab/election/run.ts [--every N] [WORD...]   (words of a case's name)
import { join } from 'node:path';
import { skippedWithoutLab } from '../../all/skippedWithoutLab';
import { reapCgroups, startCapsule, stopCapsule } from '../capsule/capsule';
import { baseRoot } from '../image/base';
import { prepareMachine } from '../image/machine';
import { inside } from '../up';

async function main(words: readonly string[]): Promise<number> {
  if (skippedWithoutLab()) return 0;
  await prepareMachine();
  await reapCgroups();
  const base = await baseRoot();
  const capsule = await startCapsule(`election-${process.pid}`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void stopCapsule(capsule).then(() => process.exit(130)));
  }
  try {
    return await inside(capsule, [
      process.execPath,
      '--import',
      'tsx',
      join(__dirname, 'inside.ts'),
      base,
      ...words,
    ]);
  } finally {
    await stopCapsule(capsule);
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
