import { spawn, type ChildProcessByStdio } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { insideArguments, type Capsule } from '../lab/capsule/capsule';
import { REPOSITORY } from '../lab/places';
import type { Verdict } from '../lab/referee/judge/verdict';

/** The referee, in the lab, seen from this machine. It dies with this process, or with the lab. */
export class RefereeInLab {
  private readonly lines: AsyncIterator<string>;

  private constructor(private readonly child: ChildProcessByStdio<Writable, Readable, null>) {
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Resolves when it sees. @throws when it can't watch. */
  static async watch(capsule: Capsule): Promise<RefereeInLab> {
    const script = path.join(__dirname, 'refereeInside.ts');
    const [file = '', ...words] = insideArguments(capsule, [process.execPath, '--import', 'tsx', script]);
    const child = spawn(file, words, { cwd: REPOSITORY, stdio: ['pipe', 'pipe', 'inherit'] });
    const referee = new RefereeInLab(child);
    await referee.line('watching');
    return referee;
  }

  /** Say it before each promotion: `host` may become the writer from then on. */
  async permit(host: string): Promise<void> {
    this.child.stdin.write(`${host}\n`);
    await this.line(`permitted ${host}`);
  }

  /** Ends the watch: every acknowledged row must be on the host that was permitted last. */
  async verdict(): Promise<Verdict> {
    this.child.stdin.end();
    return JSON.parse(await this.line('{')) as Verdict;
  }

  /** The next line that begins so. @throws when the referee died, for then nobody has watched. */
  private async line(beginning: string): Promise<string> {
    for (;;) {
      const next = await this.lines.next();
      if (next.done) throw new Error(`the referee ended before it said "${beginning}"`);
      if (next.value.startsWith(beginning)) return next.value;
    }
  }
}
