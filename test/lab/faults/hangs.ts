import type { Lab } from '../lab';
import { HOSTS, type HostName } from '../site';
import type { Fault, Place } from './fault';

/** Processes that a fault has stopped for good, one a line. */
const HUNG = '/run/lab-hung';

async function hungOn(lab: Lab, host: HostName): Promise<readonly string[]> {
  if ((await lab.initOf(host)) === undefined) return [];
  return (await lab.mustConsole(host, `cat ${HUNG} 2>/dev/null || true`)).split('\n').filter(Boolean);
}

async function isHung({ lab }: Place): Promise<void> {
  const hung = await Promise.all(HOSTS.map((host) => hungOn(lab, host)));
  if (hung.flat().length === 0) throw new Error('nothing hangs: the script was never begun');
}

/** Left as they are while a case runs: what they hold is the product's to free. */
export async function endHung(lab: Lab, host: HostName): Promise<void> {
  const pids = await hungOn(lab, host);
  if (pids.length > 0) await lab.mustConsole(host, `kill -KILL ${pids.join(' ')} 2>/dev/null; rm -f ${HUNG}`);
}

const common = {
  strike: () => Promise.resolve(),
  proven: isHung,
  mend: () => Promise.resolve(),
} satisfies Partial<Fault>;

export const HANGS: readonly Fault[] = [
  // Its time limit lives, if it has one.
  { ...common, id: 'command-hangs', firstLine: `echo $$ >${HUNG}; kill -STOP $$` },
  // With what called it: the helper's time limit, and the helper, which holds the host's lock.
  {
    ...common,
    id: 'helper-hangs',
    firstLine: `lab_caller=$(ps -o ppid= -p $PPID); echo $$ $PPID $lab_caller >${HUNG}; kill -STOP $lab_caller $PPID $$`,
  },
];
