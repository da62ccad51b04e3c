import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import { FrameReader } from './frames';
import { laneCommand, lanePreamble } from './laneScript';

export interface LaneResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * sshd leaves Nagle's algorithm on for channels without a terminal: a small answer waits until the one before is
 * acknowledged, 40 ms later (measured). An empty line, which the shell ignores, carries the acknowledgement at once.
 */
const smallPacket = 1400;

/** What the shell wrote before it ended may arrive after the news of its end. */
const lastWordsMs = 300;

interface Answer {
  /** What the frame's first line said. */
  readonly begin: string;
  readonly result: LaneResult;
}

interface Running {
  readonly out: FrameReader;
  readonly err: FrameReader;
  readonly onOutput: ((text: string) => void) | undefined;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: LaneClosed) => void;
}

/** The lane's shell ended, with what it had said on standard error. */
export class LaneClosed extends Error {
  constructor(
    readonly exitCode: number | null,
    readonly stderr: string,
  ) {
    super(`the shell ended${exitCode === null ? '' : ` with exit code ${exitCode}`}: ${stderr.trim()}`);
  }
}

/**
 * A shell kept open on one channel. One command at a time; a round trip costs a fork, not a login.
 * A lane whose command left processes behind is not used again: they could write into the next command's output.
 */
export class Lane {
  /** False when it must not get another command. */
  usable = true;
  private running: Running | undefined;
  private noise = '';
  private bash = false;

  constructor(private readonly channel: ClientChannel) {
    channel.on('data', (chunk: Buffer) => this.read('out', chunk));
    channel.stderr.on('data', (chunk: Buffer) => this.read('err', chunk));
    let exitCode: number | null = null;
    let patience: NodeJS.Timeout | undefined;
    channel.on('exit', (code: number | null) => {
      exitCode = code;
      // A process the script left behind may keep the channel open after its shell is gone.
      patience = setTimeout(() => this.closed(exitCode), lastWordsMs);
    });
    channel.on('close', () => {
      clearTimeout(patience);
      this.closed(exitCode);
    });
    channel.on('error', () => this.close());
  }

  /** Resolves when the shell answers. @throws LaneClosed when it ends instead (sudo refuses). */
  async start(): Promise<void> {
    const mark = newMark();
    const { begin } = await this.send(mark, lanePreamble(mark));
    this.bash = begin !== '';
  }

  /** @throws LaneClosed */
  async run(
    script: string,
    stdin: string | undefined,
    onOutput?: (text: string) => void,
  ): Promise<LaneResult> {
    const mark = newMark();
    return (await this.send(mark, laneCommand(mark, script, stdin, this.bash), onOutput)).result;
  }

  /** Process group of the running command, once it has begun; undefined without bash on the host. */
  get group(): string | undefined {
    return this.running?.out.beginText || undefined;
  }

  close(): void {
    this.usable = false;
    this.channel.close();
  }

  private send(mark: string, text: string, onOutput?: (text: string) => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (!this.usable) {
        reject(new LaneClosed(null, this.noise));
        return;
      }
      this.running = {
        out: new FrameReader(mark),
        err: new FrameReader(mark),
        onOutput,
        done: resolve,
        failed: reject,
      };
      this.channel.write(text);
    });
  }

  private read(stream: 'out' | 'err', chunk: Buffer): void {
    const running = this.running;
    if (running === undefined) return;
    if (stream === 'err' && this.noise.length < 4096) this.noise += chunk.toString('utf8');
    running[stream].push(chunk);
    if (running.onOutput !== undefined) tellLines(running[stream], running.onOutput);
    const { out, err } = running;
    if (out.endText === undefined || err.endText === undefined) {
      if (chunk.length < smallPacket) this.channel.write('\n');
      return;
    }
    const [code, left] = out.endText.split(' ');
    this.running = undefined;
    this.noise = '';
    if (left === 'left') this.usable = false;
    running.done({
      begin: out.beginText ?? '',
      result: { exitCode: Number(code ?? 0), stdout: out.text(), stderr: err.text() },
    });
  }

  private closed(exitCode: number | null): void {
    this.usable = false;
    const running = this.running;
    this.running = undefined;
    running?.failed(new LaneClosed(exitCode, this.noise.replace(/\n?[0-9a-f]{24}[<>] ?/g, '')));
  }
}

/** Nobody reads a flood as it runs; the result has it all. */
const MOST_TOLD = 1_000_000;

function tellLines(frame: FrameReader, tell: (text: string) => void): void {
  if (frame.endText !== undefined || frame.size > MOST_TOLD) return;
  const text = frame.freshLines();
  if (text !== '') tell(text);
}

function newMark(): string {
  return randomBytes(12).toString('hex');
}
