import { Messenger } from '../src/shared/messenger';
import type { Answer, HostMessage, PageIntent } from '../src/shared/protocol';

/** A host that is busy answers late; one that is gone never does. */
const ASK_AFTER_MS = 3_000;
const SILENT_AFTER_MS = 12_000;

/** What a wish gets that nobody answered. It may have been heard all the same. */
export const NOBODY_ANSWERS = {
  type: 'refused',
  reason: 'Nobody answers.',
  next: 'Reload the window.',
} as const satisfies Answer;

export function isUnanswered(answer: Answer | undefined): boolean {
  return answer?.type === 'refused' && answer.reason === NOBODY_ANSWERS.reason;
}

export interface LinePorts {
  post(message: unknown): void;
  handle(message: HostMessage): Answer;
  nowMs(): number;
  /** Told once for each silence. @param sinceMs when the last word came */
  fellSilent(sinceMs: number): void;
  answersAgain(): void;
}

/**
 * The page's end of the line. The page outlives its extension host: whoever waits for an answer is told when nobody
 * is there. What a wish starts may take minutes (a plan, a question to the operator), so that a ping tells, not the wish.
 */
export class Line {
  private readonly messenger: Messenger<HostMessage, PageIntent>;
  private heardAtMs: number;
  /** The ping that was not answered yet. */
  private pingedAtMs: number | undefined;
  private silent = false;
  private wishes = 0;

  constructor(private readonly ports: LinePorts) {
    this.heardAtMs = ports.nowMs();
    this.messenger = new Messenger(
      (message) => ports.post(message),
      (message) => ports.handle(message),
    );
  }

  /** The first word. Whoever is there says the rest, however long that takes. */
  ready(): void {
    void this.messenger.ask({ type: 'ready' });
  }

  /**
   * Never rejects, and never waits for somebody who is gone. In a silence nothing is sent but a ping: a host that
   * hangs would do it all when it wakes, long after the operator has turned to something else.
   */
  async ask(intent: PageIntent): Promise<Answer> {
    if (this.silent) {
      this.ping();
      return NOBODY_ANSWERS;
    }
    this.wishes += 1;
    const answer = await this.messenger.ask(intent);
    this.wishes -= 1;
    return answer;
  }

  /** Whatever comes is a sign of life. */
  receive(message: unknown): void {
    this.heardAtMs = this.ports.nowMs();
    this.pingedAtMs = undefined;
    if (this.silent) {
      this.silent = false;
      this.ports.answersAgain();
    }
    void this.messenger.receive(message);
  }

  /** To be called often. Asks now and then whether anybody is there, as long as something runs or a wish waits. */
  listen(runs: boolean): void {
    if (this.silent || (!runs && this.wishes === 0)) return;
    const nowMs = this.ports.nowMs();
    if (this.pingedAtMs === undefined) {
      if (nowMs - this.heardAtMs > ASK_AFTER_MS) this.ping();
    } else if (nowMs - this.pingedAtMs > SILENT_AFTER_MS - ASK_AFTER_MS) {
      this.silent = true;
      this.ports.fellSilent(this.heardAtMs);
      this.messenger.close(NOBODY_ANSWERS.reason, NOBODY_ANSWERS.next);
    }
  }

  private ping(): void {
    this.pingedAtMs = this.ports.nowMs();
    void this.messenger.ask({ type: 'ping' });
  }
}
