import { inFile } from '../../place';
import { copiesOnlyNamed } from '../filters';
import { sourceOf } from '../paths';
import { once } from '../rule';
import type { LsyncdRule } from '../rule';

/** Where the servers of a controller keep their data. */
const DATADIRS = [
  '/var/lib/mysql/',
  '/var/lib/mysql-files/',
  '/var/lib/pgsql/',
  '/var/lib/postgresql/',
  '/var/lib/prometheus/',
];

export const datadir: LsyncdRule = {
  code: 'lsyncd-copies-datadir',
  severity: 'error',
  why: "rsync copies the files of a running server at different moments: the copy is broken, and it lands in the data directory of the other controller's server, which runs.",
  remedy: 'Let MySQL replicate its data, and take the folder out.',
  check: (document) =>
    once(
      document.syncs.flatMap((sync) => {
        const source = sourceOf(sync);
        const inside = source && DATADIRS.find((one) => source.path.startsWith(one));
        return source === undefined || inside === undefined || copiesOnlyNamed(sync)
          ? []
          : [inFile(document, source.at, `${inside} is the data of a server that runs`)];
      }),
    ),
};
