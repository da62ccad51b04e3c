import { onHost } from '../rule';
import type { StateRule } from '../rule';

const FREE_BYTES = 200 * 1024 * 1024;
const FREE_INODES = 1000;

export const diskLow: StateRule = {
  code: 'disk-low',
  severity: 'warning',
  part: 'controller',
  why: 'A full disk stops MySQL and the role records half-way.',
  remedy: 'Make room; binary logs are removed with PURGE BINARY LOGS, never by hand.',
  check(view) {
    const hosts = [...view.controllers.map(({ seen }) => seen), view.witness];
    return hosts.flatMap(({ host, resources }) =>
      (resources.known ? resources.value.filesystems : [])
        .filter((disk) => disk.freeBytes < FREE_BYTES || disk.freeInodes < FREE_INODES)
        .map((disk) => {
          const room = `${Math.floor(disk.freeBytes / 1048576)} MiB and ${disk.freeInodes} inodes`;
          return onHost(view, host, `${host}: ${disk.path} has ${room} free`);
        }),
    );
  },
};
