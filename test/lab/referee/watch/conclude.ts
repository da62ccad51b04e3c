import { assemble } from '../judge/assemble';
import { holdings, twoHolders, vipHandovers } from '../judge/addresses';
import { missingRows, type Acknowledged } from '../judge/completeness';
import { lsyncdOffTheWriter, moreThanOne } from '../judge/processes';
import { Ranges } from '../judge/ranges';
import { snatAstray, snatSettling } from '../judge/snat';
import type { BlindSpot, Figures, Verdict, Violation } from '../judge/verdict';
import { tenures, twoWriters } from '../judge/writers';
import { presentHeartbeats, presentRows } from '../schema';
import type { JudgeWatch } from './judgeWatch';

/** Ends the watch and judges it. `writer`: where every row must be; default the last host that was seen writable. */
export async function conclude(watch: JudgeWatch, writer: string | undefined): Promise<Verdict> {
  const askedUntilMs = await watch.stop();
  const endMs = watch.clock.now();
  const cpu = watch.cpuShare();
  const spans = watch.writability.spans();
  const { events } = watch.addresses;
  const { samples } = watch.looks;
  const held = holdings(events, endMs);
  const writers = tenures(spans, watch.permissions);
  const lsyncd = watch.lives.of('lsyncd');
  const rows = await judgeRows(watch, writer ?? writers.last, endMs);
  const { rates, blind } = watch.ledger.result(askedUntilMs);
  const figures: Figures = {
    writerHandovers: writers.handovers,
    vipHandovers: vipHandovers(events, endMs),
    snatSettling: snatSettling(samples, held, endMs),
    acknowledgedWrites: counts(rows.acknowledged, WRITES),
    acknowledgedHeartbeats: counts(rows.acknowledged, HEARTBEATS),
    rates,
    refereeCpuShare: cpu,
  };
  return assemble({
    violations: [
      ...twoWriters(spans),
      ...twoHolders(events, endMs),
      ...moreThanOne('I3', watch.lives.of('cmon')),
      ...moreThanOne('I4', lsyncd),
      ...lsyncdOffTheWriter(lsyncd, spans),
      ...rows.violations,
      ...snatAstray(samples, held),
      ...writers.violations,
    ],
    excuses: watch.excuses,
    blind: [...blind, ...rows.blind],
    figures,
    startedAt: watch.clock.startedAt,
    watchedMs: endMs,
  });
}

const WRITES = 'referee writes';
const HEARTBEATS = 'cmon heartbeats';

interface Rows {
  readonly violations: Violation[];
  readonly blind: BlindSpot[];
  readonly acknowledged: Acknowledged[];
}

/** I5. When the final writer can't be asked, that is a blind spot and not a clean one. */
async function judgeRows(watch: JudgeWatch, writer: string | undefined, endMs: number): Promise<Rows> {
  const writes = watch.probes
    .filter((probe) => probe.probe !== 'console')
    .map((probe): Acknowledged & { probe: string } => ({
      what: `${WRITES} (${probe.probe})`,
      host: probe.host,
      ids: probe.acknowledged,
      probe: probe.probe,
      ...(probe.lastAcknowledgedMs === undefined ? {} : { lastMs: probe.lastAcknowledgedMs }),
    }));
  const beats = watch.heartbeats.map((tail): Acknowledged => ({
    what: HEARTBEATS,
    host: tail.host,
    ids: tail.acknowledged(),
  }));
  const acknowledged = [...writes, ...beats];
  const boot = writer === undefined ? undefined : watch.finder.boot(writer);
  const unknown = (host: string, reason: string): Rows => ({
    violations: [],
    blind: [{ watch: 'rows', host, fromMs: 0, toMs: endMs, reason }],
    acknowledged,
  });
  if (writer === undefined) return unknown('*', 'no host was seen writable: nowhere to look for rows');
  if (boot === undefined) return unknown(writer, 'the final writer is off');
  try {
    const present = new Map<Acknowledged, Ranges>();
    for (const one of writes) present.set(one, await presentRows(boot, watch.run, one.host, one.probe));
    for (const one of beats) if (one.ids.size > 0) present.set(one, await presentHeartbeats(boot, one.host));
    const asked = acknowledged.filter((one) => one.ids.size > 0);
    const violations = missingRows(asked, (one) => present.get(one) ?? new Ranges(), writer, endMs);
    return { violations, blind: [], acknowledged };
  } catch (error) {
    return unknown(writer, error instanceof Error ? error.message : String(error));
  }
}

function counts(acknowledged: readonly Acknowledged[], what: string): Record<string, number> {
  const result: Record<string, number> = {};
  for (const one of acknowledged) {
    if (one.what.startsWith(what)) result[one.host] = (result[one.host] ?? 0) + one.ids.size;
  }
  return result;
}
