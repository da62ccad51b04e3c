// Entry inside a capsule: makes this empty capsule a lab. Started by up.ts, with one JSON argument.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachDisk, saveDisk } from './host/disk';
import { imageFile } from './image/scratch';
import { hostFiles } from './host/files';
import { mountRoot, unmountRoot } from './host/power';
import { provision } from './host/provision';
import { Lab, LAB_FACTS_FILE, type LabFacts } from './lab';
import { equipOperator } from './operator';
import { profileOf } from './profile';
import { HOSTS } from './site';

export interface BootOrder extends LabFacts {
  readonly keys: string;
  /** Folder for image files while they have a name. */
  readonly scratch: string;
  /** Folder with the deployed hosts' images; undefined: empty disks. */
  readonly template: string | undefined;
  /** Instead of leaving the lab running: switch the hosts off and write their images there. */
  readonly saveTo: string | undefined;
}

async function boot(order: BootOrder): Promise<void> {
  const begin = performance.now();
  const step = (what: string): void => {
    process.stderr.write(`lab: ${((performance.now() - begin) / 1000).toFixed(1).padStart(5)} s  ${what}\n`);
  };
  const facts: LabFacts = { name: order.name, profile: order.profile, base: order.base };
  await writeFile(LAB_FACTS_FILE, JSON.stringify(facts));
  await equipOperator(order.keys);
  const lab = Lab.current();
  const profile = profileOf(order.profile);
  await Promise.all(
    HOSTS.map(async (host) => {
      await attachDisk(host, imageFile(order.scratch, order.name, host), order.template);
      if (!order.template) {
        await mountRoot(host, order.base);
        await provision(host, hostFiles(host).root, order.keys);
        await unmountRoot(host);
      }
      await lab.powerOn(host);
      step(`${host} answers`);
    }),
  );
  if (!order.template) {
    await profile.install(lab);
    step('installed');
  }
  if (order.saveTo !== undefined) {
    await Promise.all(HOSTS.map((host) => lab.powerOff(host, 'soft')));
    step('off');
    await Promise.all(HOSTS.map((host) => saveDisk(host, join(String(order.saveTo), `${host}.img`))));
    step('kept as a template');
    return;
  }
  await profile.activate(lab);
  step(`${order.profile}: ready`);
}

boot(JSON.parse(process.argv[2] ?? '{}') as BootOrder).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
