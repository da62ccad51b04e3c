import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { EXIT } from '../../../src/cli/exitCodes';
import type { Order, Told } from './unread/child';

/** A real process in whose midst its reader goes away. */
class Operator {
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown[]>;
  private said = '';

  constructor(program: string, kind: 'run' | 'stoppable' | 'no-run') {
    this.child = spawn(process.execPath, [program, kind], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.ended = once(this.child, 'close');
    this.child.stderr?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  /** Waits for the word; the end of the process in its place is a failure. */
  async hears(word: Told): Promise<void> {
    const dead = this.ended.then(([code, signal]) => {
      throw new Error(`the process ended (${String(code ?? signal)}): ${this.said}`);
    });
    for (;;) {
      const [message] = (await Promise.race([once(this.child, 'message'), dead])) as unknown[];
      if (message === word) return;
    }
  }

  send(order: Order): void {
    this.child.send(order);
  }

  /** As `tee` and `head` do when they end. */
  closes(...names: readonly ('stdout' | 'stderr')[]): void {
    for (const name of names) this.child[name]?.destroy();
  }

  kills(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async end(): Promise<{ readonly code: unknown; readonly stderr: string }> {
    const [code] = await this.ended;
    return { code, stderr: this.said };
  }
}

describe('a reader that goes away', function () {
  this.timeout(60_000);
  let folder: string;
  let program: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'unread-'));
    program = join(folder, 'child.js');
    buildSync({
      entryPoints: [join(__dirname, 'unread/child.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      external: ['cpu-features', '*.node'],
      logLevel: 'error',
    });
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A run in its midst: some steps are done, more follow. */
  async function running(kind: 'run' | 'stoppable' = 'run'): Promise<Operator> {
    const operator = new Operator(program, kind);
    await operator.hears('begun');
    return operator;
  }

  async function steps(operator: Operator, count: number): Promise<void> {
    for (let step = 0; step < count; step++) {
      operator.send('step');
      await operator.hears('stepped');
    }
  }

  for (const names of [['stdout'], ['stderr'], ['stdout', 'stderr']] as const) {
    it(`${names.join(' and ')} closed in the midst of a run: it goes on, and its exit code tells`, async () => {
      const operator = await running();
      await steps(operator, 1);
      operator.closes(...names);
      await steps(operator, 4);
      operator.send('end');
      assert.equal((await operator.end()).code, EXIT.done);
    });
  }

  it('Ctrl-C that ended the reader, too: the abort is carried through', async () => {
    const operator = await running();
    operator.closes('stdout');
    await steps(operator, 2);
    operator.kills('SIGINT');
    const { code, stderr } = await operator.end();
    assert.equal(code, EXIT.undone);
    assert.match(stderr, /Aborting: what runs goes on to its end; then everything is undone\./);
  });

  it('Ctrl-C in a set-up that may stop anywhere promises no undo', async () => {
    const operator = await running('stoppable');
    operator.kills('SIGINT');
    const { code, stderr } = await operator.end();
    assert.equal(code, EXIT.undone);
    assert.match(stderr, /^Stopping: what runs goes on to its end; the rest can be resumed\./);
  });

  it('a lost terminal: the run goes on to its end, and aborts nothing', async () => {
    const operator = await running();
    operator.kills('SIGHUP');
    operator.closes('stdout', 'stderr');
    await steps(operator, 4);
    operator.send('end');
    assert.equal((await operator.end()).code, EXIT.done);
  });

  it('outside of a run: the program ends without a word', async () => {
    const operator = new Operator(program, 'no-run');
    await operator.hears('begun');
    operator.closes('stdout');
    operator.send('step');
    const { code, stderr } = await operator.end();
    assert.deepEqual([code, stderr.replaceAll('said\n', '')], [EXIT.failed, '']);
  });
});
