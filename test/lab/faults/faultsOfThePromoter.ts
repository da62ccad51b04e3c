import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../lab';
import { HOSTS } from '../site';
import type { Fault } from './fault';

const nothing = (): Promise<void> => Promise.resolve();
const cut = async (lab: Lab): Promise<void> => {
  for (const host of HOSTS) await lab.partition('operator', host);
};

/** The time of the fault itself, as the issue of this matrix has it; nothing is waited for by it. */
const SHORT_CUT_MS = 5_000;

export const PROMOTER_FAULTS: readonly Fault[] = [
  {
    id: 'promoter-killed',
    strike: ({ promoter }) => Promise.resolve(promoter.signal('SIGKILL')),
    mend: nothing,
  },
  {
    id: 'promoter-killed-behind',
    behind: true,
    strike: ({ promoter }) => Promise.resolve(promoter.signal('SIGKILL')),
    mend: nothing,
  },
  {
    id: 'promoter-stopped',
    strike: ({ promoter }) => Promise.resolve(promoter.signal('SIGSTOP')),
    meanwhile: async ({ promoter, takeOver }) => {
      await takeOver();
      promoter.signal('SIGCONT');
    },
    mend: nothing,
  },
  {
    id: 'operator-cut-5s',
    strike: ({ lab }) => cut(lab),
    meanwhile: async ({ lab, promoter }) => {
      await Promise.race([sleep(SHORT_CUT_MS), promoter.ended]);
      await lab.heal();
    },
    mend: ({ lab }) => lab.heal(),
  },
  { id: 'operator-cut', strike: ({ lab }) => cut(lab), mend: ({ lab }) => lab.heal() },
];
