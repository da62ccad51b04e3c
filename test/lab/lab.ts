import { readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { Console, type ConsoleOptions } from './host/console';
import { hostFiles } from './host/files';
import * as network from './host/network';
import { initOf, switchOff, switchOn } from './host/power';
import { OPERATOR_FILES, writeInventory, type OperatorFiles } from './operator';
import { INSIDE } from './places';
import type { Outcome } from './run';
import { ADDRESS, HOSTS, type HostName, type ProfileName } from './site';
import { waitFor } from './wait';

/** What is fixed for the life of one lab. */
export interface LabFacts {
  readonly name: string;
  readonly profile: ProfileName;
  /** Root below all hosts' overlays. */
  readonly base: string;
}

export const LAB_FACTS_FILE = join(INSIDE, 'lab.json');

export interface HostStatus {
  readonly host: HostName;
  readonly on: boolean;
  /** Process 1 of the host, as the capsule counts. */
  readonly init: number | undefined;
}

/**
 * The lab that this process is in: three real hosts, and the process itself stands at the operator's workstation
 * (192.168.73.1). The state is in the capsule, not here: any number of processes may hold a `Lab`.
 */
export class Lab {
  readonly operator: OperatorFiles = OPERATOR_FILES;
  private readonly consoles: Readonly<Record<HostName, Console>> = {
    cc1: new Console('cc1'),
    cc2: new Console('cc2'),
    prom: new Console('prom'),
  };

  private constructor(readonly facts: LabFacts) {}

  /** @throws when this process isn't in a lab: `npm run lab -- up`, or test/lab/run-suite.ts. */
  static current(): Lab {
    try {
      return new Lab(JSON.parse(readFileSync(LAB_FACTS_FILE, 'utf8')) as LabFacts);
    } catch (error) {
      throw new Error(
        'not in a lab: run this by test/lab/run-suite.ts, or by `npm run lab -- inside COMMAND`',
        {
          cause: error,
        },
      );
    }
  }

  /** root's console: no network, no ssh; about a millisecond a call. @throws HostIsOff */
  console(host: HostName, script: string, options: ConsoleOptions = {}): Promise<Outcome> {
    return this.consoles[host].run(script, options);
  }

  /** As `console`, but an exit code other than 0 is an error. Returns standard output. */
  async mustConsole(host: HostName, script: string, options: ConsoleOptions = {}): Promise<string> {
    const outcome = await this.console(host, script, options);
    if (outcome.code === 0) return outcome.stdout;
    throw new Error(`${host}: exit ${outcome.code}: ${script}\n${(outcome.stderr || outcome.stdout).trim()}`);
  }

  /** Path of a host's file, as this process can open it while the host is on. */
  async pathIn(host: HostName, path: string): Promise<string> {
    const init = await this.initOf(host);
    if (init === undefined) throw new Error(`${host} is off`);
    return `/proc/${init}/root${path}`;
  }

  /** Writes a file on a running host, in place. */
  async put(host: HostName, path: string, text: string, mode = 0o644): Promise<void> {
    const file = await this.pathIn(host, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await chmod(file, mode);
  }

  async read(host: HostName, path: string): Promise<string> {
    return readFile(await this.pathIn(host, path), 'utf8');
  }

  /** Process 1 of a host: its namespaces are `/proc/PID/ns/*`. undefined: off. */
  initOf(host: HostName): Promise<number | undefined> {
    return initOf(host);
  }

  /** Path of the host's network namespace; a new one at each power on. */
  netnsOf(host: HostName): string {
    return `/run/netns/${hostFiles(host).netns}`;
  }

  /** Soft: orderly shutdown. Hard: cable, disk and processes at once; what was not synced is lost. */
  async powerOff(host: HostName, how: 'hard' | 'soft'): Promise<void> {
    await switchOff(host, how);
    this.consoles[host].close();
  }

  /** Returns when ssh answers, or at once after the boot has begun with `wait: 'nothing'`. */
  async powerOn(host: HostName, options: { readonly wait?: 'ssh' | 'nothing' } = {}): Promise<void> {
    await switchOn(host, this.facts.base);
    if (options.wait !== 'nothing') await this.waitForSsh(host);
  }

  /** Power off and on again, in a new network namespace. `reboot` typed in a host only switches it off. */
  async reboot(host: HostName, how: 'hard' | 'soft' = 'soft'): Promise<void> {
    await this.powerOff(host, how);
    await this.powerOn(host);
  }

  async waitForSsh(host: HostName): Promise<void> {
    await waitFor(`ssh on ${host}`, 60_000, () => greets(ADDRESS[host], 22), 20);
  }

  /** Pulls the cable; the host sees its carrier go. */
  unplug(host: HostName): Promise<void> {
    return network.unplug(host);
  }

  plug(host: HostName): Promise<void> {
    return network.plug(host);
  }

  /** Drops all between two ends, in silence. Partitions add up. A host that is switched on again stays cut. */
  partition(a: network.End, b: network.End): Promise<void> {
    return network.partition(a, b);
  }

  /** Ends one partition, or all. */
  heal(a?: network.End, b?: network.End): Promise<void> {
    return network.heal(a, b);
  }

  /** Fills the host's disk until `leaveKb` are left; 0: nobody can write a block any more, root neither. */
  async fillDisk(host: HostName, leaveKb = 0): Promise<void> {
    await this.mustConsole(
      host,
      `n=$(($(df --output=avail -k ${FILLER_FOLDER} | tail -1) - ${leaveKb}))
       [ $n -le 0 ] || fallocate -l \${n}K ${FILLER}-1
       ${leaveKb === 0 ? FILL_UP : ':'}`,
    );
  }

  async freeDisk(host: HostName): Promise<void> {
    await this.mustConsole(host, `rm -f ${FILLER}-*`);
  }

  /** A `clustercontrol.yaml` of this lab in a folder of its own. */
  inventoryFile(profile: ProfileName = this.facts.profile, user = 'root'): Promise<string> {
    return writeInventory(profile, user);
  }

  async status(): Promise<HostStatus[]> {
    return Promise.all(
      HOSTS.map(async (host) => {
        const init = await this.initOf(host);
        return { host, on: init !== undefined, init };
      }),
    );
  }
}

const FILLER_FOLDER = '/var/tmp';
const FILLER = `${FILLER_FOLDER}/lab-fills-disk`;

/** What a file system has set aside for delayed writes comes free once they are on disk: that, too, to the last byte. */
const FILL_UP = `for size in 1M 64k 4k 512 1; do
         while dd if=/dev/zero of=${FILLER}-2 bs=$size count=16 oflag=append conv=notrunc,fsync 2>/dev/null; do :; done
       done
       ! { echo >${FILLER}-3 && sync ${FILLER}-3; } 2>/dev/null`;

/** Whether a server says something within a second. */
function greets(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 1000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
    socket.once('close', () => end(false));
  });
}
