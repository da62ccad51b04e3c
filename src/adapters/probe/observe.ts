import { isOperatorError } from '../../core/errors';
import { known, unknown, type Fact } from '../../core/observe/fact';
import type { HostObservation, SiteObservation } from '../../core/observe/host';
import { hostFacts } from '../../core/observe/hostFacts';
import type { MysqlState } from '../../core/observe/mysql';
import { replicaStatusQuery, serverStateQuery } from '../../core/observe/mysqlQueries';
import { parseMysqlState } from '../../core/observe/mysqlRows';
import { readProbeDocument } from '../../core/observe/probeDocument';
import { unreachableHost } from '../../core/observe/unreachable';
import type { Clock, CommandResult, HostSession, HostSessions, SqlSession } from '../../core/ports';
import type { HostProbe } from '../../core/schemes/scheme';
import { probeScript } from './probeScript';

export interface ObserveDependencies {
  readonly sessions: HostSessions;
  readonly sql: { get(host: string): Promise<SqlSession> };
  readonly clock: Clock;
}

/** The script bounds its own slow parts; this is for a host whose disk or kernel hangs. */
const probeTimeoutMs = 8000;

/** All hosts side by side. It never rejects for what a host does: what could not be read is unknown. */
export async function observeSite(
  site: string,
  probes: readonly HostProbe[],
  dependencies: ObserveDependencies,
): Promise<SiteObservation> {
  const atMs = dependencies.clock.nowMs();
  const hosts = await Promise.all(probes.map((probe) => observeHost(probe, dependencies)));
  return { site, atMs, hosts: Object.fromEntries(hosts.map((host) => [host.host, host])) };
}

/** One exec of one probe, and beside it one SQL session. */
export async function observeHost(
  probe: HostProbe,
  dependencies: ObserveDependencies,
): Promise<HostObservation> {
  const { sessions, clock } = dependencies;
  try {
    const session = await sessions.get(probe.host);
    const mysql = probe.kind === 'controller' ? observeMysql(probe.host, dependencies) : undefined;
    const result = await runProbe(session, probe);
    const receivedAtMs = clock.nowMs();
    const timing = { sentAtMs: receivedAtMs - result.durationMs, receivedAtMs };
    const parts = readProbeDocument(probe.host, result.stdout);
    return hostFacts(probe, parts, timing, (await mysql) ?? unknown('not asked', receivedAtMs, 'mysql'));
  } catch (error) {
    const code = isOperatorError(error) ? error.code : undefined;
    return unreachableHost(probe.host, reasonOf(error), clock.nowMs(), code);
  }
}

/** Without sudo the probe still tells what every user may see; the rest is unknown. */
async function runProbe(session: HostSession, probe: HostProbe): Promise<CommandResult> {
  const script = probeScript(probe);
  try {
    return await session.run({ script, timeoutMs: probeTimeoutMs, privileged: true });
  } catch (error) {
    if (!isOperatorError(error) || error.code !== 'sudo-refused') throw error;
    return session.run({ script, timeoutMs: probeTimeoutMs, privileged: false });
  }
}

async function observeMysql(host: string, dependencies: ObserveDependencies): Promise<Fact<MysqlState>> {
  const source = 'mysql';
  try {
    const session = await dependencies.sql.get(host);
    const [[server], channels] = await Promise.all([
      session.query(serverStateQuery),
      session.query(replicaStatusQuery),
    ]);
    return known(parseMysqlState(server, channels), dependencies.clock.nowMs(), source);
  } catch (error) {
    return unknown(reasonOf(error), dependencies.clock.nowMs(), source);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
