import type { Lab } from '../lab';
import { CONTROLLERS, HOSTS, type HostName, OPERATOR } from '../site';
import { waitFor } from '../wait';
import { type Fault, hostOf, type Part, PARTS } from './fault';
import { endHung, HANGS } from './hangs';

const nothing = (): Promise<void> => Promise.resolve();

async function on(lab: Lab, host: HostName): Promise<void> {
  if ((await lab.initOf(host)) === undefined) await lab.powerOn(host);
}

function poweredOff(part: Part): Fault {
  return {
    id: `${part}-off`,
    stopsApplier: true,
    strike: (stage) => stage.lab.powerOff(hostOf(part, stage), 'hard'),
    mend: (place) => on(place.lab, hostOf(part, place)),
  };
}

function cable(part: Part): Fault {
  return {
    id: `${part}-cable`,
    strike: (stage) => stage.lab.unplug(hostOf(part, stage)),
    mend: (place) => place.lab.plug(hostOf(part, place)),
  };
}

function killed(program: 'mysqld' | 'keepalived', part: Part): Fault {
  return {
    id: `${program}-${part}`,
    strike: async (stage) => {
      const host = hostOf(part, stage);
      const { code } = await stage.lab.console(host, `pkill -KILL -x ${program}`);
      return code === 0 ? undefined : `no ${program} there`;
    },
    // An operator's way: what systemd did not bring back by itself is started.
    mend: async (place) => {
      const host = hostOf(part, place);
      const unit = program === 'mysqld' ? 'mysql' : program;
      if ((await place.lab.initOf(host)) !== undefined)
        await place.lab.console(host, `systemctl start ${unit}`);
    },
  };
}

/** MySQL looks once a minute whether there is room again (manual, "How MySQL Handles a Full Disk"). */
const ROOM_SEEN_MS = 90_000;

/** Nothing has waited in its commit for two seconds; a server that is down waits for nothing. */
async function commits(lab: Lab, host: HostName): Promise<boolean> {
  const waiting =
    "DO SLEEP(2); SELECT COUNT(*) FROM performance_schema.processlist WHERE STATE LIKE 'waiting for handler commit%' AND TIME > 0";
  const { code, stdout } = await lab.console(host, 'mysql --batch --skip-column-names', { input: waiting });
  return code !== 0 || stdout.trim() === '0';
}

/** The dead primary of a failover has power again, while the operation believes it to be off: an attestation was wrong. */
export const PEER_RETURNS: Fault = {
  id: 'peer-returns',
  stopsApplier: true,
  strike: (stage) => on(stage.lab, hostOf('peer', stage)),
  mend: nothing,
};

export const HOST_FAULTS: readonly Fault[] = [
  ...PARTS.map(poweredOff),
  ...PARTS.map(cable),
  {
    id: 'controllers-partitioned',
    strike: ({ lab }) => lab.partition('cc1', 'cc2'),
    mend: ({ lab }) => lab.heal(),
  },
  ...PARTS.map((part) => killed('mysqld', part)),
  ...PARTS.map((part) => killed('keepalived', part)),
  {
    id: 'disk-full',
    stopsApplier: true,
    hangs: 'target',
    strike: ({ lab, target }) => lab.fillDisk(target),
    mend: async ({ lab }) => {
      for (const host of CONTROLLERS) {
        if ((await lab.initOf(host)) === undefined) continue;
        await lab.freeDisk(host);
        await waitFor(`commits on ${host}`, ROOM_SEEN_MS, () => commits(lab, host), 500);
      }
    },
  },
  ...HANGS,
  {
    id: 'witness-away',
    strike: ({ lab }) => lab.unplug('prom'),
    mend: ({ lab }) => lab.plug('prom'),
  },
];

/** An error log of that size comes from a server that is beyond help, and fills the disk. */
const FLOOD_MB = 100;

/**
 * MySQL 9.7.4 whose disk is full may make a temporary tablespace of no length, and reads it for ever, also when there is room
 * again, with a line of its error log each time (measured: 1.2 GB in six minutes). Only a restart ends that.
 */
async function endFlood(lab: Lab, host: HostName): Promise<void> {
  const log = '/var/log/mysql/error.log';
  await lab.console(
    host,
    `[ "$(du -m ${log} | cut -f 1)" -lt ${FLOOD_MB} ] || { systemctl kill --signal=KILL mysql; : >${log}; systemctl start mysql; }`,
  );
}

/** A cable that was cut leaves sshd's end of a session for hours: hundreds of them cost the referee, which looks at every process. */
async function endSessions(lab: Lab, host: HostName): Promise<void> {
  const ofOperator = `ss -Htnp state established 'sport = :22' dst ${OPERATOR}`;
  await lab.console(host, `${ofOperator} | grep -o 'pid=[0-9]*' | cut -d= -f2 | sort -u | xargs -r kill`);
}

/** Every cable in, every host on, nobody logged in: before a case that follows a failed one. */
export async function mendEverything(lab: Lab): Promise<void> {
  await lab.heal();
  for (const host of HOSTS) {
    await on(lab, host);
    await lab.plug(host);
    await lab.freeDisk(host);
    await endHung(lab, host);
    await endSessions(lab, host);
  }
  for (const host of CONTROLLERS) await endFlood(lab, host);
}
