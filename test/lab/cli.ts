import { join } from 'node:path';
import { findCapsule, listCapsules, reapCgroups, stopCapsule, type Capsule } from './capsule/capsule';
import { LAB_SOURCES } from './places';
import { isProfileName } from './site';
import { inside, up } from './up';

const USAGE = `npm run lab -- COMMAND [--name NAME]
  up [--profile documented|hardened|bare|fresh]   boot a lab and leave it running (default: documented)
  down                                      end it; nothing stays
  status                                    all labs; the hosts of this one
  shell [HOST]                              root's console on a host, or a shell at the operator's workstation
  inside COMMAND...                         run a command at the operator's workstation
  off HOST [--hard] | on HOST | reboot HOST [--hard]
  unplug HOST | plug HOST
  partition A B | heal [A B]                A, B: cc1, cc2, prom, operator
  fill HOST [KB-LEFT] | free HOST
`;

/** Takes `--key value` out of the words. */
function option(words: string[], key: string): string | undefined {
  const at = words.indexOf(`--${key}`);
  return at < 0 ? undefined : words.splice(at, 2)[1];
}

async function running(name: string): Promise<Capsule> {
  const capsule = await findCapsule(name);
  if (!capsule) throw new Error(`no lab ${name} runs: npm run lab -- up`);
  return capsule;
}

async function main(words: string[]): Promise<number> {
  const command = words.shift();
  const name = command === 'inside' && words[0] !== '--name' ? 'lab' : (option(words, 'name') ?? 'lab');
  switch (command) {
    case 'up': {
      const profile = option(words, 'profile') ?? 'documented';
      if (!isProfileName(profile)) break;
      await up({ name, profile, lifeline: 'free' });
      process.stdout.write(`lab ${name} is up. npm run lab -- shell cc1; npm run lab -- down\n`);
      return 0;
    }
    case 'down': {
      const capsule = await findCapsule(name);
      if (capsule) await stopCapsule(capsule);
      await reapCgroups();
      return 0;
    }
    case 'status': {
      const capsules = await listCapsules();
      process.stdout.write(capsules.map((capsule) => `lab ${capsule.name}\n`).join('') || 'no lab runs\n');
      const capsule = capsules.find((candidate) => candidate.name === name);
      return capsule ? act(capsule, ['status']) : 0;
    }
    case 'inside':
      return inside(await running(name), words);
    case 'shell':
      if (words.length === 0) return inside(await running(name), ['bash']);
      return act(await running(name), ['shell', ...words]);
    case 'off':
    case 'on':
    case 'reboot':
    case 'unplug':
    case 'plug':
    case 'partition':
    case 'heal':
    case 'fill':
    case 'free':
      return act(await running(name), [command, ...words]);
    default:
  }
  process.stderr.write(USAGE);
  return 2;
}

function act(capsule: Capsule, words: readonly string[]): Promise<number> {
  return inside(capsule, [process.execPath, '--import', 'tsx', join(LAB_SOURCES, 'cli-inside.ts'), ...words]);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
