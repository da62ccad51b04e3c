import { askedHosts } from '../operation/context';
import { type Check, need, verdict } from '../operation/check';

const FREE_BYTES = 200 * 1024 * 1024;
const FREE_INODES = 1000;
const SKEW_MS = 1000;

/** A full disk stops MySQL and the role records half-way; a wrong clock makes journals unreadable. */
export const resources: Check = {
  id: 'resources',
  title: 'Disks have room and clocks agree',
  level: 'warn',
  run(context) {
    const against = askedHosts(context).flatMap(({ name: host, seen }) => {
      const facts = need(seen.resources, host, 'disk and clock');
      const full = facts.filesystems
        .filter((disk) => disk.freeBytes < FREE_BYTES || disk.freeInodes < FREE_INODES)
        .map(
          (disk) =>
            `${host}: ${disk.path} has ${Math.floor(disk.freeBytes / 1048576)} MiB and ${disk.freeInodes} inodes free`,
        );
      const skew = Math.abs(facts.clockSkewMs);
      return skew > SKEW_MS ? [...full, `${host}: its clock is off by ${Math.round(skew)} ms`] : full;
    });
    return verdict(against, 'Make room on the disk, let chrony or ntpd set the clock.', [
      'disks have room, clocks agree within a second',
    ]);
  },
};
