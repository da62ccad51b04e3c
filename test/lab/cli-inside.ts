// The part of the lab's command line that acts on hosts; runs inside the capsule.
import { spawnSync } from 'node:child_process';
import type { End } from './host/network';
import { Lab } from './lab';
import { isHostName, type HostName } from './site';

function hostOf(word: string | undefined): HostName {
  if (!isHostName(word)) throw new Error(`not a host of the lab: ${word ?? '(none)'}`);
  return word;
}
function endOf(word: string | undefined): End {
  return word === 'operator' ? word : hostOf(word);
}

async function act(lab: Lab, command: string | undefined, words: readonly string[]): Promise<number> {
  const how = words.includes('--hard') ? 'hard' : 'soft';
  const [a, b] = words;
  switch (command) {
    case 'status':
      for (const { host, on, init } of await lab.status()) {
        process.stdout.write(`  ${host.padEnd(5)} ${on ? `on   (pid ${init})` : 'off'}\n`);
      }
      return 0;
    case 'shell': {
      const init = await lab.initOf(hostOf(a));
      if (init === undefined) throw new Error(`${a} is off`);
      const enter = [
        '-t',
        String(init),
        '-m',
        '-u',
        '-i',
        '-n',
        '-p',
        '-w',
        'env',
        'HOME=/root',
        'bash',
        '-l',
      ];
      return spawnSync('nsenter', enter, { stdio: 'inherit' }).status ?? 1;
    }
    case 'off':
      await lab.powerOff(hostOf(a), how);
      return 0;
    case 'on':
      await lab.powerOn(hostOf(a));
      return 0;
    case 'reboot':
      await lab.reboot(hostOf(a), how);
      return 0;
    case 'unplug':
      await lab.unplug(hostOf(a));
      return 0;
    case 'plug':
      await lab.plug(hostOf(a));
      return 0;
    case 'partition':
      await lab.partition(endOf(a), endOf(b));
      return 0;
    case 'heal':
      await (a === undefined ? lab.heal() : lab.heal(endOf(a), endOf(b)));
      return 0;
    case 'fill':
      await lab.fillDisk(hostOf(a), Number(b ?? 0));
      return 0;
    case 'free':
      await lab.freeDisk(hostOf(a));
      return 0;
    default:
      return 2;
  }
}

act(Lab.current(), process.argv[2], process.argv.slice(3)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
