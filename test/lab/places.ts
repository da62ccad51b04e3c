import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export const REPOSITORY = resolve(__dirname, '../..');
export const LAB_SOURCES = __dirname;

/** What outlives a lab: the base root, deployed templates, keys. Never inside the repository: `npm ci` would wipe it. */
export const CACHE = join(
  process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
  'clustercontrol-ha',
  'lab',
);

/** Inside a capsule: what is true of this lab, on a tmpfs that dies with it. */
export const INSIDE = '/run/clustercontrol-lab';

/** The lab's cgroups hang below this name in the machine's cgroup2 tree. */
export const CGROUP_PARENT = 'clustercontrol-lab';
