import type { Answer } from './protocol';

type Envelope<Body> =
  | { readonly kind: 'event'; readonly body: Body }
  | { readonly kind: 'request'; readonly id: number; readonly body: Body }
  | { readonly kind: 'reply'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'error'; readonly id: number; readonly reason: string; readonly next: string };

/** What a handler throws to be shown; other errors arrive with their message and without a next step. */
interface Explained {
  readonly message: string;
  readonly state?: string;
  readonly next?: string;
}

/**
 * One end of the line between host and page; both ends are this class. A request always gets an answer:
 * what the other side's handler throws comes back as `refused`, with what to do next.
 */
export class Messenger<Incoming, Outgoing> {
  private lastId = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  constructor(
    private readonly post: (message: Envelope<Outgoing>) => void,
    private readonly handle: (body: Incoming) => Promise<Answer> | Answer,
  ) {}

  /** Sends without an answer. */
  tell(body: Outgoing): void {
    this.post({ kind: 'event', body });
  }

  /** Never rejects: a failure is a `refused` answer. */
  ask(body: Outgoing): Promise<Answer> {
    const id = ++this.lastId;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.post({ kind: 'request', id, body });
    });
  }

  /** Takes whatever came over the line. What is not ours is ignored. */
  async receive(message: unknown): Promise<void> {
    if (!isEnvelope<Incoming>(message)) return;
    switch (message.kind) {
      case 'event':
        await this.handle(message.body);
        return;
      case 'request':
        await this.answer(message.id, message.body);
        return;
      case 'reply':
        this.settle(message.id, message.answer);
        return;
      case 'error':
        this.settle(message.id, { type: 'refused', reason: message.reason, next: message.next });
        return;
    }
  }

  /** The other side is gone: whoever still waits is told so. */
  close(reason: string, next: string): void {
    for (const id of [...this.waiting.keys()]) this.settle(id, { type: 'refused', reason, next });
  }

  private async answer(id: number, body: Incoming): Promise<void> {
    try {
      this.post({ kind: 'reply', id, answer: await this.handle(body) });
    } catch (error) {
      const { reason, next } = explain(error);
      this.post({ kind: 'error', id, reason, next });
    }
  }

  private settle(id: number, answer: Answer): void {
    this.waiting.get(id)?.(answer);
    this.waiting.delete(id);
  }
}

function isEnvelope<Body>(message: unknown): message is Envelope<Body> {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  if (message.kind === 'event') return 'body' in message;
  if (!('id' in message) || typeof message.id !== 'number') return false;
  if (message.kind === 'request') return 'body' in message;
  return (
    (message.kind === 'reply' && 'answer' in message) || (message.kind === 'error' && 'reason' in message)
  );
}

function explain(error: unknown): { reason: string; next: string } {
  if (typeof error !== 'object' || error === null || !('message' in error)) {
    return { reason: String(error), next: '' };
  }
  const { message, state, next } = error as Explained;
  return { reason: [message, state].filter(Boolean).join(' '), next: next ?? '' };
}
