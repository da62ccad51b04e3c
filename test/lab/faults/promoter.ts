import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { forkProgram } from '../program';
import type { FromPromoter, PromoterOrder, ToPromoter } from './promoterMessages';

/** How a promoter ended: by the run's own end, or by a signal. */
export interface PromoterEnd {
  readonly end: string;
  readonly text: string;
}

/** Has loaded the product and waits for its order: a process needs seconds for that on a busy machine. */
let spare: Promise<ChildProcess> | undefined;

function launch(): Promise<ChildProcess> {
  return forkProgram(path.join(__dirname, 'promoterProcess.ts'));
}

/** A promoter's process, seen from a test. */
export class Promoter {
  readonly ended: Promise<PromoterEnd>;
  /** Resolves when it stands before its step; false when it ended without ever coming there. */
  readonly atStep: Promise<boolean>;

  private constructor(private readonly child: ChildProcess) {
    let last: PromoterEnd | undefined;
    this.ended = new Promise((resolve) => {
      child.on('message', (message: FromPromoter) => {
        if (message.kind === 'end') last = { end: message.end, text: message.text };
        if (message.kind === 'failed') last = { end: 'failed', text: message.message };
      });
      child.once('exit', (_code, signal) => resolve(last ?? { end: 'killed', text: `signal ${signal}` }));
    });
    this.atStep = new Promise((resolve) => {
      child.on('message', (message: FromPromoter) => {
        if (message.kind === 'at') resolve(true);
      });
      child.once('exit', () => resolve(false));
    });
  }

  static async start(order: PromoterOrder): Promise<Promoter> {
    const waiting = await spare;
    spare = undefined;
    const child = waiting?.connected === true ? waiting : await launch();
    const promoter = new Promoter(child);
    promoter.tell({ kind: 'order', order });
    return promoter;
  }

  /** For the next `start`; it ends with this process. */
  static prepareSpare(): void {
    spare ??= launch();
  }

  go(): void {
    this.tell({ kind: 'go' });
  }

  abort(): void {
    this.tell({ kind: 'abort' });
  }

  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  private tell(message: ToPromoter): void {
    this.child.send(message, () => undefined);
  }
}
