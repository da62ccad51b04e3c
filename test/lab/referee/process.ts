// The referee's own process: a busy test can't make it blind. One request at a time, each answered over IPC.
import { spawnSync } from 'node:child_process';
import { setPriority } from 'node:os';
import { INVARIANTS, type Invariant } from './judge/verdict';
import { Meter } from './measure/meter';
import type { Reply, Request } from './options';
import { createSchema, hasSchema } from './schema';
import { conclude } from './watch/conclude';
import { JudgeWatch } from './watch/judgeWatch';
import { HostFinder, type Boot } from './watch/hosts';

/** The documented SNAT rule stalls a running replication for nearly a minute when the VIP first arrives. */
const SCHEMA_LIMIT_MS = 90_000;

let judge: JudgeWatch | undefined;
let meter: Meter | undefined;

async function handle(request: Request): Promise<unknown> {
  switch (request.kind) {
    case 'judge': {
      await prepare(request.options.hosts);
      judge = new JudgeWatch(request.options, Date.now());
      await judge.start();
      return undefined;
    }
    case 'measure': {
      await prepare(request.options.hosts);
      meter = new Meter(request.options);
      await meter.start();
      return undefined;
    }
    case 'permit':
      running().permit(request.host);
      return undefined;
    case 'excuse':
      running().excuse(invariant(request.invariant), request.reason, request.on);
      return undefined;
    case 'rejoin':
      running().rejoin(request.host, request.on);
      return undefined;
    case 'finish':
      return meter === undefined ? conclude(running(), request.writer) : meter.finish();
  }
}

/** The accounts must be on every host that is on, or their refusals would prove nothing. */
async function prepare(hosts: readonly string[]): Promise<void> {
  const finder = new HostFinder(hosts);
  finder.look();
  const on = hosts.filter((host) => finder.boot(host) !== undefined);
  if (on.length === 0) throw new Error(`none of ${hosts.join(', ')} is on`);
  const missing = async (): Promise<string[]> => {
    const has = await Promise.all(on.map(async (host) => hasSchema(bootOf(finder, host))));
    return on.filter((_host, index) => has[index] !== true);
  };
  const without = await missing();
  if (without.length === 0) return;
  if (without.length === on.length) await createOnPrimary(finder, on);
  const end = performance.now() + SCHEMA_LIMIT_MS;
  for (let left = await missing(); left.length > 0; left = await missing()) {
    if (performance.now() > end) {
      throw new Error(`the referee's accounts did not reach ${left.join(', ')} by replication`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Only a writable host takes the accounts; the other one gets them by replication. */
async function createOnPrimary(finder: HostFinder, hosts: readonly string[]): Promise<void> {
  const refusals: string[] = [];
  for (const host of hosts) {
    try {
      await createSchema(bootOf(finder, host));
      return;
    } catch (error) {
      refusals.push(`${host}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`no host takes the referee's accounts: ${refusals.join('; ')}`);
}

function bootOf(finder: HostFinder, host: string): Boot {
  const boot = finder.boot(host);
  if (boot === undefined) throw new Error(`${host} is off`);
  return boot;
}

function running(): JudgeWatch {
  if (judge === undefined) throw new Error('the referee does not judge');
  return judge;
}

function invariant(name: string): Invariant {
  const found = INVARIANTS.find((one) => one === name);
  if (found === undefined) throw new Error(`${name} is no invariant`);
  return found;
}

function reply(message: Reply): void {
  process.send?.(message);
}

/**
 * What it watches may use all the machine; an observer that waits its turn sees less. At real-time priority its thread asks
 * on time (figures in the README); what it starts is as it was.
 */
function aheadOfAll(): void {
  setPriority(-10);
  spawnSync('chrt', ['--fifo', '--reset-on-fork', '--pid', '1', String(process.pid)], { stdio: 'ignore' });
}

aheadOfAll();
// The test is gone: nobody is left to tell.
process.on('disconnect', () => process.exit(0));
process.on('message', (request: Request) => {
  handle(request).then(
    (value) => reply({ kind: 'done', value }),
    (error: unknown) =>
      reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
