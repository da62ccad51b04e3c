// Joins the parts of the on-host helper into the one file that goes on a host, and puts what belongs beside it.
// `node media/host/build.mjs [DIR]`, dist/host by default. The same parts make the same bytes.
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

// In the order of use: a part may call what stands before it, and a group of calls needs what stands before it, no more.
const parts = [
  'head',
  'clock',
  'records',
  'lock',
  'lease',
  'run',
  'calls-run',
  'operation',
  'vip',
  'calls-records',
  'units',
  'calls-units',
  'mysql-ask',
  'mysql',
  'mysqld',
  'calls-mysql',
  'clone',
  'close',
  'status',
  'ask',
  'guard',
  'guard-primary',
  'calls-rest',
];
const beside = [
  'manage_snat.sh',
  'clustercontrol-ha-guard.service',
  'clustercontrol-ha.tmpfiles',
  'unit-condition.conf',
  'lsyncd.service',
  'lsyncd-condition.conf',
  'keepalived-restart.conf',
];

export async function buildHost(folder = 'dist/host') {
  await mkdir(folder, { recursive: true });
  const texts = await Promise.all(parts.map((part) => readFile(join(here, 'parts', `${part}.sh`), 'utf8')));
  const helper = join(folder, 'clustercontrol-ha');
  await writeFile(helper, texts.join('\n'));
  await chmod(helper, 0o755);
  await Promise.all(beside.map((file) => copyFile(join(here, file), join(folder, file))));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await buildHost(process.argv[2]);
