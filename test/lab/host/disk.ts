import { access, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { must } from '../run';
import type { HostName } from '../site';
import { waitFor } from '../wait';
import { hostFiles } from './files';

/** Size of a controller's disk. The files are sparse: an idle host takes about 250 MB. */
const DISK_BYTES = 1500 * 1024 * 1024;

/**
 * Attaches a host's disk, empty or from a template's image. The file `image` is unlinked as soon as the loop device holds
 * it, and the device frees itself with its last mount: a killed lab leaves neither.
 */
export async function attachDisk(host: HostName, image: string, template: string | undefined): Promise<void> {
  const files = hostFiles(host);
  await Promise.all([files.disk, files.root].map((folder) => mkdir(folder, { recursive: true })));
  try {
    if (template) {
      await must('cp', ['--sparse=always', join(template, `${host}.img`), image]);
    } else {
      const handle = await open(image, 'w');
      await handle.truncate(DISK_BYTES);
      await handle.close();
      await must('mkfs.ext4', [
        '-q',
        '-O',
        '^metadata_csum',
        '-E',
        'lazy_itable_init=1,lazy_journal_init=1',
        image,
      ]);
    }
    const device = (await must('losetup', ['--find', '--show', image])).trim();
    await writeFile(files.device, device);
    await mountDisk(host);
    await must('losetup', ['--detach', device]);
  } finally {
    await rm(image, { force: true });
  }
  await Promise.all(['upper', 'work'].map((name) => mkdir(join(files.disk, name), { recursive: true })));
}

/** What was not yet written when the power went is lost, as on a real disk; a journal is replayed. */
export async function remountDisk(host: HostName): Promise<void> {
  await whileUnmounted(host, () => mountDisk(host));
}

/** Stops the file system where it stands: nothing that the host's kernel still holds reaches the disk. */
export async function cutDisk(host: HostName): Promise<void> {
  // FS_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH.
  const script =
    'open(my $d, "<", $ARGV[0]) or die "$!"; my $f = pack("I", 2); ioctl($d, 0x8004587d, $f) or die "$!"';
  await must('perl', ['-e', script, hostFiles(host).disk]);
}

/** Turns the disk of a host that is off into an image, used blocks only. The host has no disk afterwards. */
export async function saveDisk(host: HostName, image: string): Promise<void> {
  await whileUnmounted(host, async (device) => {
    await must('e2image', ['-ra', device, image]);
  });
}

async function whileUnmounted(host: HostName, work: (device: string) => Promise<void>): Promise<void> {
  const device = await deviceOf(host);
  // Held open, or the device would free itself, and the host's data with it.
  const held = await open(device, 'r');
  try {
    await must('umount', [hostFiles(host).disk]);
    // Mounted again while anything holds the old mount, it would come back as it was: shut down.
    const alive = `/sys/fs/ext4/${basename(device)}`;
    const isFree = (): Promise<boolean> =>
      access(alive).then(
        () => false,
        () => true,
      );
    await waitFor(`the disk of ${host} to be free`, 10_000, isFree, 5);
    await work(device);
  } finally {
    await held.close();
  }
}

async function mountDisk(host: HostName): Promise<void> {
  // The loop device's file is the page cache of a machine that isn't really cut: barriers would cost and prove nothing.
  await must('mount', ['-o', 'barrier=0,discard', await deviceOf(host), hostFiles(host).disk]);
}

async function deviceOf(host: HostName): Promise<string> {
  return readFile(hostFiles(host).device, 'utf8');
}
