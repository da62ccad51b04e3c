import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { must } from '../run';

export interface HostPlace {
  /** The image's root, on which every host is laid. */
  readonly base: string;
  /** Bridge of its pair, and the name of its port there. */
  readonly bridge: string;
  readonly port: string;
  /** The same after each boot, as a network card's is. */
  readonly mac: string;
  /** Its own address, and the one it may hold. */
  readonly address: string;
  readonly vip: string;
}

/** A host that is on: a shell in namespaces of its own. Nothing of it survives `cutPower`. */
export class PoweredHost {
  #waiting: ((answer: { code: number; output: string }) => void) | undefined;
  #output = '';
  #holdsVip = false;
  #changedAtMs = performance.now();
  readonly #ended: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly place: HostPlace,
  ) {
    this.#ended = once(child, 'exit');
    child.stdin?.on('error', () => undefined);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    (child.stdio[3] as Readable).setEncoding('utf8').on('data', (text: string) => this.#watch(text));
  }

  static async powerOn(place: HostPlace): Promise<PoweredHost> {
    const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child'];
    const child = spawn('unshare', [...namespaces, 'bash', join(__dirname, 'host.sh'), place.base], {
      stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    });
    const host = new PoweredHost(child, place);
    await host.run('true');
    await must('sh', [
      '-c',
      'ip link add name "$1" type veth peer name eth0 address "$4" netns "$2" && ip link set "$1" master "$3" up',
      'sh',
      place.port,
      String(child.pid),
      place.bridge,
      place.mac,
    ]);
    await host.run(`ip -4 -o monitor address >&3 2>/dev/null &
ip address add ${place.address}/24 brd + dev eth0 && ip link set eth0 up`);
    return host;
  }

  /** No process says goodbye, and no packet leaves any more: the cable goes first. */
  async cutPower(): Promise<void> {
    await must('ip', ['link', 'delete', this.place.port]);
    this.child.kill('SIGKILL');
    await this.#ended;
  }

  /** Runs shell text in the host, one at a time. @throws when it fails, with what it said. */
  async run(script: string): Promise<string> {
    if (this.#waiting) throw new Error('the host is asked one thing at a time');
    const answered = new Promise<{ code: number; output: string }>((resolve) => (this.#waiting = resolve));
    this.child.stdin?.write(`{ ${script}\n} </dev/null 2>&1; printf '\\n@@%s\\n' $?\n`);
    const died = this.#ended.then(() => ({ code: 137, output: 'the host ended' }));
    const { code, output } = await Promise.race([answered, died]);
    if (code !== 0) throw new Error(`${this.place.address}: exit ${code} of ${script}\n${output}`);
    return output;
  }

  /** As the kernel told it. */
  get holdsVip(): boolean {
    return this.#holdsVip;
  }

  /** When the VIP last came or went, on `performance.now()`'s clock. */
  get changedAtMs(): number {
    return this.#changedAtMs;
  }

  #take(text: string): void {
    this.#output += text;
    const end = /(?:^|\n)@@(\d+)\n$/.exec(this.#output);
    if (!end) return;
    const answer = { code: Number(end[1]), output: this.#output.slice(0, end.index) };
    const waiting = this.#waiting;
    this.#output = '';
    this.#waiting = undefined;
    waiting?.(answer);
  }

  #watch(text: string): void {
    for (const line of text.split('\n')) {
      if (!line.includes(` ${this.place.vip}/`)) continue;
      this.#holdsVip = !line.startsWith('Deleted');
      this.#changedAtMs = performance.now();
    }
  }
}
