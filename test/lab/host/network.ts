import { must, run } from '../run';
import { ADDRESS, MAC, PREFIX_LENGTH, type HostName } from '../site';
import { hostFiles } from './files';

const BRIDGE = 'lab0';

/** A fresh network namespace with a cable to the bridge: nothing of a former boot (addresses, rules, connections) is in it. */
export async function connect(host: HostName): Promise<void> {
  const { netns, port } = hostFiles(host);
  await disconnect(host);
  await must('ip', ['netns', 'add', netns]);
  const veth = [
    'link',
    'add',
    'name',
    port,
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'address',
    MAC[host],
    'netns',
    netns,
  ];
  await must('ip', veth);
  await must('ip', ['link', 'set', port, 'master', BRIDGE, 'up']);
  const inside = [
    'link set lo up',
    `address add ${ADDRESS[host]}/${PREFIX_LENGTH} brd + dev eth0`,
    'link set eth0 up',
  ];
  await must('ip', ['-n', netns, '-batch', '-'], { input: inside.join('\n') });
}

/** Removes the cable and the namespace. Nothing in it says goodbye. */
export async function disconnect(host: HostName): Promise<void> {
  const { netns, port } = hostFiles(host);
  await run('ip', ['link', 'delete', port]);
  await run('ip', ['netns', 'delete', netns]);
}

/** Pulls the cable of one host; it sees its carrier go. */
export async function unplug(host: HostName): Promise<void> {
  await must('ip', ['link', 'set', hostFiles(host).port, 'down']);
}

export async function plug(host: HostName): Promise<void> {
  await must('ip', ['link', 'set', hostFiles(host).port, 'up']);
}

/** An end of a partition: a host, or the operator's workstation. */
export type End = HostName | 'operator';

/** Frames between two ends are dropped in silence; both links stay up, everything else is reachable. */
export async function partition(a: End, b: End): Promise<void> {
  for (const rule of rulesBetween(a, b)) await must('ebtables-nft', ['-A', ...rule]);
}

/** Ends one partition, or all. */
export async function heal(a?: End, b?: End): Promise<void> {
  if (a === undefined || b === undefined) {
    await must('ebtables-nft', ['-F']);
    return;
  }
  for (const rule of rulesBetween(a, b)) await run('ebtables-nft', ['-D', ...rule]);
}

function rulesBetween(a: End, b: End): string[][] {
  if (a === 'operator' && b === 'operator') throw new Error('a partition has two ends');
  if (a === 'operator') return rulesBetween(b, a);
  const from = hostFiles(a).port;
  if (b === 'operator') {
    return [
      ['INPUT', '-i', from, '-j', 'DROP'],
      ['OUTPUT', '-o', from, '-j', 'DROP'],
    ];
  }
  const to = hostFiles(b).port;
  return [
    ['FORWARD', '-i', from, '-o', to, '-j', 'DROP'],
    ['FORWARD', '-i', to, '-o', from, '-j', 'DROP'],
  ];
}
