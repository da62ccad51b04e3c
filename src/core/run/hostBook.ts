import type { CommandResult } from '../ports';
import { type Book, BOOK_FORMAT, type BookOnHosts, type BookPlace } from './book';
import type { RunContext } from './context';
import { guardRaised, HELPER_EXIT } from './leaseCalls';
import { helperCall } from './wrap';

/**
 * Tells the hosts what is under way. Nothing rests on it but that another machine can resume: what can't be written is
 * logged, and the run goes on. Who reads it believes the plan, never the place, which may be behind.
 */
export class HostBook implements BookOnHosts {
  private begun = false;

  constructor(private readonly context: () => RunContext) {}

  /** The whole plan; before anything is changed, and again by who resumes. */
  async begin(place: BookPlace): Promise<void> {
    const { plan, state } = this.context();
    const book: Book = {
      format: BOOK_FORMAT,
      plan,
      operator: state.operator,
      acknowledged: state.acknowledged,
      startedAtMs: state.begunAtMs,
    };
    this.begun = true;
    const target = state.graph.step(plan.pointOfNoReturn).host;
    const words = [
      plan.id,
      plan.operation,
      target,
      state.operator,
      String(Math.round(state.begunAtMs)),
      place,
    ];
    await this.tell(['operation', 'begin', ...words.map(recordWord)], JSON.stringify(book));
  }

  async place(place: BookPlace): Promise<void> {
    if (!this.begun) return;
    await this.tell(['operation', 'place', recordWord(this.context().plan.id), place]);
  }

  private async tell(call: readonly string[], stdin?: string): Promise<void> {
    const { plan, lease, wire, policy, deps } = this.context();
    await Promise.all(
      plan.leaseHosts.map(async (host) => {
        const token = lease.tokenOf(host);
        if (token === undefined || !lease.aliveOn(host)) return;
        const script = helperCall(plan, [
          ...['run', '--token', String(token), '--timeout', '5', '--'],
          helperCall(plan, call),
        ]);
        const reply = await wire.send(
          host,
          {
            script,
            timeoutMs: policy.callTimeoutMs,
            privileged: true,
            ...(stdin === undefined ? {} : { stdin }),
          },
          () => lease.aliveOn(host),
        );
        if (reply.answered) this.heed(host, token, reply.result);
        const why = !reply.answered
          ? reply.error.message
          : reply.result.exitCode === 0
            ? ''
            : reply.result.stderr.trim() || `the helper ended with ${reply.result.exitCode}`;
        if (why) deps.log.warn(`${host} does not know how far this run is: ${why}`);
      }),
    );
  }

  /** Whatever call it was: a host that names another's token is believed at once. */
  private heed(host: string, token: number, result: CommandResult): void {
    const { lease, stop } = this.context();
    if (result.exitCode === HELPER_EXIT.leaseExpired) lease.ended(host, token);
    if (result.exitCode !== HELPER_EXIT.tokenStale || lease.tokenOf(host) !== token) return;
    if (guardRaised(result)) lease.ended(host, token);
    else {
      const reason = `The lease on ${host} is not ours any more: another operation has taken it.`;
      stop.request({
        kind: 'overtaken',
        reason,
        next: 'See who acts on this site now, and leave it to them.',
      });
    }
  }
}

/** A record on the host is one line of words. */
export function recordWord(text: string): string {
  return text.replace(/[^A-Za-z0-9._@:+,/=-]+/g, '-') || '-';
}
