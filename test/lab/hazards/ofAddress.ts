import { type Hazard, of } from './hazard';

const failover = of('hazards/documentedFailover');
const crash = of('hazards/documentedCrash');
const address = of('hazards/documentedAddress');
const hardened = of('hazards/hardened');

const FIRST_MASTER = address(
  'hazards 2, 3 and 22, documented: its first MASTER cuts ssh and replication, and the status says nothing',
);
const FIRST_MASTER_HARDENED = hardened(
  'hazards 2, 3 and 22: the first MASTER after a boot cuts neither ssh nor replication; what the kernel needs is set',
);
const NEVER_ON_STANDBY = hardened(
  'hazards 15 and 21: the VIP never goes to the standby, neither in a partition nor after a power cut',
);
const TEN_TIMES = of('promote/switchovers')(
  'goes there and back ten times under the referee: nothing lost, never two of anything',
);
const DROPPED_CHECK = address(
  'hazard 20, documented: without killall, or without script_user, it goes on without its check; the product names it',
);

/** The VIP, SNAT and keepalived. */
export const OF_ADDRESS: Readonly<Record<number, Hazard>> = {
  1: {
    what: 'cmon is stopped on cc1 and started on cc2; the VIP stays on cc1',
    documented: [failover('hazard 1, documented: cmon runs on cc2, and the VIP stays on cc1')],
    product: [
      of('promote/documented')('moves the VIP and everything else there and back, under the referee'),
      TEN_TIMES,
    ],
    by: 'the VIP follows the role flag; on documented hosts a promotion stops keepalived of the old primary',
  },
  2: {
    what: 'the first MASTER after a boot stalls replication for a minute, while the status says Yes, Yes and 0',
    documented: [FIRST_MASTER],
    product: [FIRST_MASTER_HARDENED],
    by: 'the SNAT chain leaves out the other controller and connections that began without it',
  },
  3: {
    what: 'the first MASTER after a boot cuts the ssh session of the operator',
    documented: [FIRST_MASTER],
    product: [FIRST_MASTER_HARDENED],
    by: 'the same; and a run survives a reconnect',
  },
  4: {
    what: 'SNAT outlives keepalived: nothing gets out of the old holder, and its CLONE fails (3862)',
    documented: [
      failover(
        'hazard 4, documented and product: the rule outlives the VIP, nothing gets out, and the CLONE fails',
      ),
    ],
    product: [hardened('hazard 4: no rule outlives the VIP, whether keepalived is stopped or killed')],
    by: 'the notify script decides by the address that is there, also when keepalived ends (ExecStopPost); finding snat-leaked',
  },
  15: {
    what: 'after a crash the VIP goes to a host without cmon and with closed MySQL',
    documented: [
      crash(
        'hazard 15, documented: the VIP goes to a host without cmon and with closed MySQL; the product names it',
      ),
    ],
    product: [NEVER_ON_STANDBY],
    by: 'without the role flag keepalived is in FAULT',
  },
  20: {
    what: 'keepalived drops its check without killall, or without script_user, and goes on',
    documented: [DROPPED_CHECK],
    product: [DROPPED_CHECK],
    by: 'the hardened profile has no script to check with: it tracks a file; finding keepalived-check-disabled',
  },
  21: {
    what: 'in a partition both hold the VIP, and keep it when the network is whole again',
    documented: [
      crash('hazard 21, documented: both hold the VIP; the product names it'),
      crash('hazard 21, documented: both keep it when they hear each other again'),
    ],
    product: [NEVER_ON_STANDBY],
    by: 'only a host with the role flag is eligible; adverts are never rewritten',
  },
  24: {
    what: 'notify scripts overtake each other: SNAT without a VIP',
    documented: [
      address('hazard 24, documented: its notify scripts overtake each other, and SNAT stays without a VIP'),
    ],
    product: [
      hardened(
        'hazard 24: flips in quick succession, and notify scripts at one time, leave no rule without the VIP',
      ),
    ],
    by: 'one at a time, and the address decides, not the argument',
  },
  25: {
    what: 'with VRRP version 3 the documented SNAT rule makes two MASTERs',
    documented: [
      address('hazard 25, documented: with version 3 both are MASTER, though nothing is between them'),
    ],
    product: [
      of('cases/helper-flag')(
        'keeps a given flag once it is set for good; both eligible, it stays BACKUP and the VIP where it is',
      ),
    ],
    by: 'VRRP and multicast are left out of the rewriting',
  },
};
