import { type Hazard, of } from './hazard';

const crash = of('hazards/documentedCrash');
const address = of('hazards/documentedAddress');
const settings = of('hazards/documentedRest');
const hardened = of('hazards/hardened');

const FIRST_MASTER = address(
  'hazards 2, 3 and 22, documented: its first MASTER cuts ssh and replication, and the status says nothing',
);
const FIRST_MASTER_HARDENED = hardened(
  'hazards 2, 3 and 22: the first MASTER after a boot cuts neither ssh nor replication; what the kernel needs is set',
);
const LSYNCD_HARDENED = hardened(
  'hazards 18, 19 and 27: a standby that is away fails nothing; what only it has stays; s9s.conf arrives',
);
const STALE_NODE = settings(
  'hazards 17 and 19, documented: started on the stale node, it deletes what is new on the active one',
);

/** cmon, files, and what a boot brings back. */
export const OF_HOST: Readonly<Record<number, Hazard>> = {
  16: {
    what: 'nothing stops cmon on both hosts',
    documented: [
      crash('hazard 16, documented: the standby is promoted, and cmon runs twice; the product names it'),
    ],
    product: [
      of('cases/helper-flag')(
        'starts no unit on a standby, whoever asks, and kills a cmon that was started by hand',
      ),
    ],
    by: 'conditions of the units, and the guard',
  },
  17: {
    what: 'lsyncd, started on a stale node, deletes what is new on the active one',
    documented: [STALE_NODE],
    product: [hardened('hazard 17: started on the standby, lsyncd touches nothing')],
    by: 'a condition of its unit: lsyncd runs on the primary only',
  },
  18: {
    what: 'lsyncd on the new primary fails while the old one is down, and stays failed',
    documented: [crash('hazard 18, documented: lsyncd fails while the other host is down, and stays failed')],
    product: [LSYNCD_HARDENED],
    by: '`insist`, Restart=on-failure, and a guard that starts it once the other is a standby',
  },
  19: {
    what: 'lsyncd deletes at start, and takes a transfer that failed (rsync 23) for done',
    documented: [
      STALE_NODE,
      settings(
        'hazard 19, documented: a file that cannot be brought over counts as done, and is never tried again',
      ),
    ],
    product: [LSYNCD_HARDENED, settings('hazard 19, product: no promotion counts it as done')],
    by: 'it deletes nothing at start; a promotion ends with its own rsync, which has to succeed and find nothing more',
  },
  22: {
    what: 'sysctl.conf is not read at boot; bind-address loses to an included file',
    documented: [
      FIRST_MASTER,
      settings(
        'hazard 22, documented and product: lines in my.cnf lose to an included file, a file of its own does not',
      ),
    ],
    product: [
      FIRST_MASTER_HARDENED,
      settings(
        'hazard 22, documented and product: lines in my.cnf lose to an included file, a file of its own does not',
      ),
    ],
    by: 'files of their own in sysctl.d and in the folder that is read last',
  },
  27: {
    what: '/etc/s9s.conf is never copied: the documented list has a typo',
    documented: [settings('hazard 27, documented: cmon.cnf reaches cc2, s9s.conf never does')],
    product: [LSYNCD_HARDENED],
    by: 'the right name in the rendered list; finding s9s-conf-not-synced',
  },
};
