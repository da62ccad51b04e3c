import { StepGraph } from '../plan/graph';
import type { Plan, RunEnd } from '../plan/plan';
import type { JournalLine, RunEvent } from './events';
import { emptyRecord, type StepRecord } from './stepRecord';

/** `intended`: its end is not known, and only its host can tell. */
export type Opening = 'closed' | 'intended' | 'open';

/** What the events of a run add up to. The executor decides by it, and everything drawn comes from it. */
export class RunState {
  readonly graph: StepGraph;
  readonly steps = new Map<string, StepRecord>();
  readonly captured = new Map<string, string>();
  readonly notes: string[] = [];
  /** Hosts whose lease was taken and not given back, with the token. */
  readonly leases = new Map<string, number>();
  /** Names on the leases of the processes that this journal knows of. */
  readonly holders = new Set<string>();
  /** Who began this run, and who went on with it, as far as this journal knows. */
  readonly operators = new Set<string>();
  /** Ids in the order in which they were done. */
  readonly doneOrder: string[] = [];
  operator: string;
  opening: Opening = 'closed';
  phase: 'running' | 'undoing' | 'ended' = 'running';
  /** No lower one is raised to: the plan's own may have been sent without being recorded. */
  highestToken: number;
  undoReason = '';
  abortedBy: string | undefined;
  end: RunEnd | undefined;
  /** Begun on another machine: this journal begins where it was taken over. */
  adopted = false;
  /**
   * Another machine's run of which nothing but the plan was taken over: that was broken off. What stands on the hosts is not
   * known here. Who starts a run is named in its first line, and goes on writing as the same writer.
   */
  adoptedHalfway: boolean;
  /** Another machine has brought it to its end: this journal is history. */
  endedElsewhere = false;
  summary = '';
  next = '';
  writer = 0;
  n = 0;
  /** By the first line of this journal; for an adopted run that is when it was taken over. */
  startedAtMs: number;
  /** When the operation was begun, on whichever machine. */
  begunAtMs: number;
  endedAtMs: number | undefined;
  private readonly intended = new Set<string>();
  private readonly firstWriter: number;

  /** @param first the line with `run-created`. */
  constructor(
    readonly runId: string,
    first: JournalLine,
  ) {
    if (first.event.type !== 'run-created') throw new RangeError('a run begins with run-created');
    this.plan = first.event.plan;
    this.acknowledged = first.event.acknowledged;
    this.operator = first.event.operator;
    this.operators.add(this.operator);
    if (first.event.holder !== undefined) this.holders.add(first.event.holder);
    this.adoptedHalfway = first.event.holder === undefined;
    this.graph = new StepGraph(this.plan.steps);
    this.highestToken = this.plan.token;
    this.startedAtMs = first.atMs;
    this.begunAtMs = first.event.begunAtMs ?? first.atMs;
    this.n = first.n;
    this.writer = first.writer;
    this.firstWriter = first.writer;
    for (const { id } of this.plan.steps) this.steps.set(id, emptyRecord(id));
  }

  plan: Plan;
  readonly acknowledged: Readonly<Record<string, string>>;

  /** @throws RangeError for an id that is not in the plan. */
  record(id: string): StepRecord {
    const record = this.steps.get(id);
    if (!record) throw new RangeError(`no step ${id} in the plan`);
    return record;
  }

  apply(line: JournalLine): void {
    if (line.writer === this.firstWriter) this.adoptedHalfway = false;
    this.n = line.n;
    this.writer = line.writer;
    this.applyEvent(line.event, line.atMs);
  }

  /** The process that wrote these events is gone: what began and has no end is not known. */
  forgetRunning(): void {
    for (const record of this.steps.values()) {
      if (record.state === 'running' || (record.state === 'waiting' && this.wasIntended(record.id))) {
        record.state = 'unknown';
        record.touched = true;
      } else if (record.state === 'undoing') {
        record.state = 'undo-owed';
      }
    }
  }

  /** Its start may be missing from the journal: only the phase's intent was waited for. */
  private wasIntended(id: string): boolean {
    return this.intended.has(id) && (this.opening !== 'closed' || this.graph.step(id).phase !== 'after');
  }

  private applyEvent(event: RunEvent, atMs: number): void {
    switch (event.type) {
      case 'run-created':
        return;
      case 'run-resumed':
        if (event.holder !== undefined) this.holders.add(event.holder);
        this.resumed(event.operator, event.intent);
        return;
      case 'learned-from-hosts':
        if (event.siteAddresses) this.plan = { ...this.plan, siteAddresses: event.siteAddresses };
        this.operators.add(event.operator);
        this.learned(event.place, event.tokens);
        return;
      case 'ended-elsewhere':
        this.endedElsewhere = true;
        this.phase = 'ended';
        this.end = event.end;
        this.summary = event.reason;
        this.next = '';
        this.endedAtMs ??= atMs;
        return;
      case 'lease-taken':
        this.leases.set(event.host, event.token);
        this.highestToken = Math.max(this.highestToken, event.token);
        return;
      case 'lease-lost':
        this.notes.push(`The lease on ${event.host} was lost: ${event.reason}`);
        return;
      case 'lease-released':
        this.leases.delete(event.host);
        return;
      case 'phase-intended':
        for (const id of event.steps) this.intended.add(id);
        if (event.steps.includes(this.plan.pointOfNoReturn)) this.opening = 'intended';
        return;
      case 'abort-requested':
        this.abortedBy = event.by;
        return;
      case 'undo-started':
        this.phase = 'undoing';
        this.undoReason = event.reason;
        this.highestToken = Math.max(this.highestToken, event.token);
        return;
      case 'note':
        this.notes.push(event.text);
        return;
      case 'run-ended':
        this.phase = 'ended';
        this.end = event.end;
        this.summary = event.summary;
        this.next = event.next;
        this.endedAtMs = atMs;
        return;
      default:
        this.applyStep(this.record(event.step), event, atMs);
    }
  }

  private applyStep(record: StepRecord, event: Extract<RunEvent, { step: string }>, atMs: number): void {
    switch (event.type) {
      case 'step-started':
        record.state = 'running';
        record.touched = true;
        record.attempts = event.attempt;
        if (event.attempt === 1 || record.startedAtMs === undefined) record.startedAtMs = atMs;
        record.durationMs = undefined;
        return;
      case 'step-output':
        record.output += event.text;
        return;
      case 'step-done':
        Object.assign(record, { state: 'done', touched: true, reason: '', next: '', already: event.already });
        record.durationMs = event.durationMs;
        record.endedAtMs = atMs;
        this.doneOrder.push(record.id);
        for (const [name, value] of Object.entries(event.captured)) this.captured.set(name, value);
        if (record.id === this.plan.pointOfNoReturn) this.opening = 'open';
        return;
      case 'step-failed':
        record.state = event.effect === 'unknown' ? 'unknown' : 'failed';
        Object.assign(record, { reason: event.reason, next: event.next, durationMs: event.durationMs });
        record.endedAtMs = atMs;
        record.touched = event.effect !== 'none';
        if (!record.touched) this.intended.delete(record.id);
        if (record.id === this.plan.pointOfNoReturn) this.opening = record.touched ? 'intended' : 'closed';
        return;
      case 'step-not-begun':
        Object.assign(record, { state: 'waiting', touched: false, reason: '', next: '' });
        this.intended.delete(record.id);
        if (record.id === this.plan.pointOfNoReturn) this.opening = 'closed';
        return;
      case 'step-skipped':
        record.state = 'skipped';
        record.reason = event.reason;
        return;
      case 'undo-step-started':
        record.state = 'undoing';
        return;
      case 'undo-step-done':
        Object.assign(record, { state: 'undone', touched: false, undoMs: event.durationMs, reason: '' });
        this.intended.delete(record.id);
        return;
      case 'undo-step-owed':
        record.state = 'undo-owed';
        record.reason = event.reason;
        return;
    }
  }

  /** Each step may have been begun, and each may have been undone. Before the outage those of the other machine were done. */
  private learned(place: string, tokens: Readonly<Record<string, number>>): void {
    // The first line is written when it is taken over, unless this journal knew the run before.
    this.adopted = this.n === 2;
    this.adoptedHalfway = false;
    for (const [host, token] of Object.entries(tokens)) {
      this.leases.set(host, token);
      this.highestToken = Math.max(this.highestToken, token);
    }
    this.end = undefined;
    this.endedAtMs = undefined;
    this.phase = 'running';
    if (this.opening === 'closed') this.opening = 'intended';
    for (const record of this.steps.values()) {
      const step = this.graph.step(record.id);
      if (step.act.local !== undefined && step.phase === 'prepare' && place !== 'prepare') {
        Object.assign(record, { state: 'done', touched: true });
        if (!this.doneOrder.includes(record.id)) this.doneOrder.push(record.id);
      } else if (record.state !== 'done' || this.opening !== 'open') {
        Object.assign(record, { state: 'unknown', touched: true });
      }
    }
  }

  private resumed(operator: string, intent: 'finish' | 'undo'): void {
    this.forgetRunning();
    this.operator = operator;
    this.operators.add(operator);
    this.end = undefined;
    this.endedAtMs = undefined;
    this.abortedBy = undefined;
    this.phase = intent === 'undo' ? 'undoing' : 'running';
    if (intent === 'undo') return;
    for (const record of this.steps.values()) {
      if (record.state === 'skipped') record.state = 'waiting';
      if (record.state === 'undone' || (record.state === 'failed' && !record.touched))
        record.state = 'waiting';
      if (record.state === 'undo-owed' || record.state === 'failed') record.state = 'unknown';
      if (record.state !== 'done') record.startedAtMs = undefined;
    }
  }
}
