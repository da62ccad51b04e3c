import { Coverage, type Demand } from '../judge/coverage';
import type { BlindSpot, Rate } from '../judge/verdict';
import type { WatchClock } from './clock';

/** The coverage of every watch on every host, and what last stood in its way. */
export class Ledger {
  private readonly entries = new Map<string, { coverage: Coverage; host: string; watch: string }>();
  private readonly reasons = new Map<string, string>();

  constructor(private readonly clock: WatchClock) {}

  open(watch: string, host: string, demand: Demand): void {
    const coverage = new Coverage(watch, host, demand, this.clock.now());
    this.entries.set(`${watch}/${host}`, { coverage, host, watch });
  }

  answered(watch: string, host: string, startMs: number): void {
    this.entries.get(`${watch}/${host}`)?.coverage.answered(startMs, this.clock.now());
  }

  missed(watch: string, host: string, fromMs: number, reason: string): void {
    this.entries.get(`${watch}/${host}`)?.coverage.missed(fromMs, this.clock.now(), reason);
  }

  /** Explains a gap, should there be one: what the host said instead of an answer. */
  unclear(watch: string, host: string, reason: string): void {
    this.reasons.set(`${watch}/${host}`, reason);
  }

  result(endMs: number): { rates: Rate[]; blind: BlindSpot[] } {
    const results = [...this.entries.values()].map(({ coverage }) => coverage.result(endMs));
    const blind = results.flatMap((one) => one.blind);
    const explained = blind.map((spot) => {
      const why = this.reasons.get(`${spot.watch}/${spot.host}`);
      return why === undefined ? spot : { ...spot, reason: `${spot.reason}; last said: ${why}` };
    });
    return { rates: results.map((one) => one.rate), blind: explained };
  }
}
