import type { Lab } from '../lab';
import { CONTROLLERS, type ControllerName, HOSTS, type HostName } from '../site';
import type { Fault } from './fault';

const nothing = (): Promise<void> => Promise.resolve();

async function on(lab: Lab, host: HostName): Promise<void> {
  if ((await lab.initOf(host)) === undefined) await lab.powerOn(host);
}

function poweredOff(host: ControllerName): Fault {
  return {
    id: `${host}-off`,
    strike: ({ lab }) => lab.powerOff(host, 'hard'),
    mend: (lab) => on(lab, host),
  };
}

function cable(host: ControllerName): Fault {
  return {
    id: `${host}-cable`,
    strike: ({ lab }) => lab.unplug(host),
    mend: (lab) => lab.plug(host),
  };
}

function killed(program: 'mysqld' | 'keepalived', host: ControllerName): Fault {
  return {
    id: `${program}-${host}`,
    strike: async ({ lab }) => {
      if ((await lab.initOf(host)) !== undefined) await lab.console(host, `pkill -KILL -x ${program}`);
    },
    // An operator's way: what systemd did not bring back by itself is started.
    mend: async (lab) => {
      const unit = program === 'mysqld' ? 'mysql' : program;
      if ((await lab.initOf(host)) !== undefined) await lab.console(host, `systemctl start ${unit}`);
    },
  };
}

/** The first script that comes after this is stopped for good, on every controller that is on. */
const STOP_NEXT_SCRIPT = `
  before=" $(pgrep -x sh | tr '\\n' ' ')$(pgrep -x bash | tr '\\n' ' ')"
  for _ in $(seq 2000); do
    for pid in $(pgrep -f 'clustercontrol-ha run|mysql --protocol'); do
      case $before in *" $pid "*) continue;; esac
      kill -STOP $pid && exit 0
    done
  done`;

export const HOST_FAULTS: readonly Fault[] = [
  ...CONTROLLERS.map(poweredOff),
  ...CONTROLLERS.map(cable),
  {
    id: 'controllers-partitioned',
    strike: ({ lab }) => lab.partition('cc1', 'cc2'),
    mend: (lab) => lab.heal(),
  },
  ...CONTROLLERS.map((host) => killed('mysqld', host)),
  ...CONTROLLERS.map((host) => killed('keepalived', host)),
  {
    id: 'disk-full',
    strike: ({ lab, target }) => lab.fillDisk(target),
    mend: async (lab) => {
      for (const host of CONTROLLERS) {
        if ((await lab.initOf(host)) !== undefined) await lab.freeDisk(host);
      }
    },
  },
  {
    id: 'command-hangs',
    strike: async ({ lab }) => {
      for (const host of CONTROLLERS) {
        if ((await lab.initOf(host)) === undefined) continue;
        await lab.mustConsole(host, `setsid sh -c ${quoted(STOP_NEXT_SCRIPT)} >/dev/null 2>&1 </dev/null &`);
      }
    },
    mend: nothing,
  },
  {
    id: 'witness-away',
    strike: ({ lab }) => lab.unplug('prom'),
    mend: (lab) => lab.plug('prom'),
  },
];

function quoted(script: string): string {
  return `'${script.replaceAll("'", `'\\''`)}'`;
}

/** Every cable in, every host on: before a case that follows a failed one. */
export async function mendEverything(lab: Lab): Promise<void> {
  await lab.heal();
  for (const host of HOSTS) {
    await on(lab, host);
    await lab.plug(host);
    await lab.freeDisk(host);
  }
}
