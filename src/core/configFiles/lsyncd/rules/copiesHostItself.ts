import { inFile } from '../../place';
import { copiesOnlyNamed } from '../filters';
import { sourceOf } from '../paths';
import { once } from '../rule';
import type { LsyncdRule } from '../rule';

const WHOLE = [
  '/',
  '/etc/',
  '/var/',
  '/var/lib/',
  '/usr/',
  '/root/',
  '/root/.ssh/',
  '/etc/mysql/',
  '/etc/keepalived/',
  '/etc/ssh/',
];

export const copiesHostItself: LsyncdRule = {
  code: 'lsyncd-copies-host-itself',
  severity: 'error',
  why: "Such a folder holds what makes a host itself: host keys, machine-id, network, the server id of MySQL, keepalived's priority. Copied over, the standby becomes a double of the primary, and with `delete` it loses its own.",
  remedy:
    'Name the folders of ClusterControl only. For single files of /etc use filters that end with `--exclude=*`.',
  check: (document) =>
    once(
      document.syncs.flatMap((sync) => {
        const source = sourceOf(sync);
        return source === undefined || !WHOLE.includes(source.path) || copiesOnlyNamed(sync)
          ? []
          : [inFile(document, source.at, `all of ${source.path} is copied to the other controller`)];
      }),
    ),
};
