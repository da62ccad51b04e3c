import { type Hazard, of } from './hazard';

const failover = of('hazards/documentedFailover');
const crash = of('hazards/documentedCrash');
const settings = of('hazards/documentedRest');
const boot = of('cases/guard-boot');
const returns = of('cases/guard-return');

const DESTROYED = crash(
  'hazards 6 and 10, documented: cc1 comes back open; its CLONE destroys what only it had',
);

/** Replication, GTID sets and what is persisted. */
export const OF_DATABASE: Readonly<Record<number, Hazard>> = {
  5: {
    what: 'a source that is cut off or dead reads Yes, Yes and 0',
    documented: [crash('hazard 5, documented: the status reads Yes, Yes and 0 while nothing arrives')],
    product: [crash('hazard 5, product: the silence is named, and no promotion is planned on it')],
    by: 'the heartbeat and what did not arrive count, not the status; checks lag and heartbeat, finding heartbeat-stale',
  },
  6: {
    what: 'partition, then crash: what only the old primary has is destroyed by its CLONE',
    documented: [DESTROYED],
    product: [
      of('rejoin/states')(
        'what only an old primary has is shown, kept, given up by typed words, and replaced by CLONE',
      ),
    ],
    by: 'GTID sets stay comparable; what is extra is exported and shown, and given up by typed words only',
  },
  7: {
    what: 'what was received and not yet applied is thrown away by the promotion',
    documented: [
      crash('hazard 7, documented: what was received and not applied is thrown away by the promotion'),
    ],
    product: [
      of('failover/received')('a backlog is applied first, also when mysqld is killed in the midst of it'),
    ],
    by: 'nothing is reset before everything received is applied',
  },
  8: {
    what: 'a replica that connects in vain, or has given up, is 0 seconds behind',
    documented: [
      crash(
        'hazard 8, documented: it is 0 seconds behind while it connects, and when it has given up for good',
      ),
    ],
    product: [crash('hazard 8, product: it is no replica, whatever the lag says')],
    by: 'only an IO thread that says Yes counts; check threads, finding standby-not-replicating',
  },
  9: {
    what: 'after the documented RESET following without a CLONE is accepted, and collides (1062)',
    documented: [failover('hazard 9, documented: following without a CLONE is accepted, and collides')],
    product: [
      failover('hazard 9, product: after such a reset the way back is a CLONE, behind typed words'),
      of('rejoin/states')('an old primary that lost nothing follows by auto position; its files are kept'),
    ],
    by: 'the product never resets binary logs, and compares both GTID sets before it chooses the way',
  },
  10: {
    what: 'an old primary comes back open; a standby that is rebooted, too',
    documented: [
      failover('hazard 10, documented: MySQL of the old primary comes back open, and writes'),
      DESTROYED,
      of('promote/documented')(
        'names the state that a reboot of the old primary leads to, and its next step',
      ),
    ],
    product: [
      returns('together with the new one, both from power off'),
      returns('alone: the witness tells it the epoch'),
      boot('a reboot of the standby changes no role'),
    ],
    by: 'super_read_only in the option file; the guard opens only what another of three confirms',
  },
  11: {
    what: 'the copy that CLONE makes takes writes until somebody closes it',
    documented: [
      failover('hazard 11, documented: the copy that CLONE makes takes writes until somebody closes it'),
    ],
    product: [
      of('rejoin/documented')(
        'a broken applier: the helper is brought along, and the copy comes back closed',
      ),
    ],
    by: 'super_read_only is persisted before the CLONE, or stands in the option file',
  },
  12: {
    what: 'a write that a replica takes breaks it later',
    documented: [failover('hazard 12, documented: a write that such a replica takes breaks it later')],
    product: [
      of('promote/refusals')('the standby has an errant transaction'),
      of('cases/guard-promoter')('undoes a persisted OFF, and a standby that was made writable'),
    ],
    by: 'a standby is closed from its first moment, its guard closes it again; check errant',
  },
  13: {
    what: 'RESET BINARY LOGS AND GTIDS is not refused while replication runs',
    documented: [
      failover(
        'hazard 13, documented and product: the history is thrown away under a running replica; no promotion is made of it',
      ),
    ],
    product: [
      failover(
        'hazard 13, documented and product: the history is thrown away under a running replica; no promotion is made of it',
      ),
    ],
    by: 'no plan holds the statement; everything has to be on the standby before the outage begins',
  },
  14: {
    what: 'the promotion as printed fails half-way on MySQL 8.4 and later: no replica any more, and still closed',
    documented: [
      failover(
        'hazard 14, documented: the promotion as printed stops replication and leaves the standby closed',
      ),
    ],
    product: [
      of('promote/documented')('moves the VIP and everything else there and back, under the referee'),
    ],
    by: 'statements of this series; each is a step that is verified and can be undone',
  },
  23: {
    what: 'replication without TLS works until its source is restarted (2061)',
    documented: [
      settings(
        'hazard 23, documented and product: replication without TLS works until its source is restarted; ours goes on',
      ),
    ],
    product: [
      settings(
        'hazard 23, documented and product: replication without TLS works until its source is restarted; ours goes on',
      ),
    ],
    by: 'SOURCE_SSL, or GET_SOURCE_PUBLIC_KEY, in every CHANGE REPLICATION SOURCE',
  },
  26: {
    what: 'read_only is persisted off and super_read_only on: the next start closes the primary',
    documented: [
      settings(
        'hazard 26, documented: read_only is persisted off, super_read_only on; a restart closes the primary',
      ),
    ],
    product: [
      settings(
        'hazard 26, product: what was persisted for the standby does not close the primary that it becomes',
      ),
      of('cases/guard-promoter')('undoes a persisted OFF, and a standby that was made writable'),
    ],
    by: 'an opening takes back what is persisted, the guard a persisted OFF; check persisted-read-only',
  },
};
