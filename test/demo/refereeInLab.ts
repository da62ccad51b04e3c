import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { insideArguments, type Capsule } from '../lab/capsule/capsule';
import { REPOSITORY } from '../lab/places';
import type { Verdict } from '../lab/referee/judge/verdict';

/** The referee, in the lab, seen from this machine. */
export class RefereeInLab {
  private readonly ended: Promise<unknown>;
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'close');
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
  }

  /** Resolves when it sees. `target` may become the writer from then on. @throws when it can't watch. */
  static async watch(capsule: Capsule, target: string): Promise<RefereeInLab> {
    const script = path.join(__dirname, 'refereeInside.ts');
    const command = [process.execPath, '--import', 'tsx', script, target];
    const [file = '', ...words] = insideArguments(capsule, command);
    const child = spawn(file, words, { cwd: REPOSITORY, stdio: ['pipe', 'pipe', 'inherit'] });
    const referee = new RefereeInLab(child);
    const [first] = await Promise.race([once(child.stdout, 'data'), referee.ended.then(() => [''])]);
    if (!String(first).startsWith('watching')) throw new Error('the referee could not begin to watch');
    return referee;
  }

  /** Ends the watch. @throws when the referee died, for then nobody has watched. */
  async verdict(): Promise<Verdict> {
    this.child.stdin?.end();
    await this.ended;
    const text = this.said.trim().split('\n').at(-1) ?? '';
    if (!text.startsWith('{')) throw new Error('the referee ended without a verdict');
    return JSON.parse(text) as Verdict;
  }
}
