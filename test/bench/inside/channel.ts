import { readFileSync } from 'node:fs';
import { Client, type ClientChannel } from 'ssh2';
import type { Lab } from '../../lab/lab';
import { ADDRESS, type HostName } from '../../lab/site';

type Waiting = { readonly resolve: (text: string) => void; readonly reject: (error: Error) => void };

/** A program kept at the other end of a connection: a shell, or mysql. One line of answer ends each question. */
export class Channel {
  private text = '';
  private said = '';
  private waiting: (Waiting & { readonly mark: string })[] = [];
  private count = 0;

  constructor(
    private readonly stream: ClientChannel,
    private readonly close: (mark: string) => string,
  ) {
    stream.on('data', (chunk: Buffer) => this.read(chunk));
    stream.stderr.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    stream.on('close', () => {
      for (const { reject } of this.waiting) reject(new Error(`the channel ended: ${this.said.trim()}`));
    });
  }

  /** What the question printed. @throws Error when it failed. */
  ask(question: string): Promise<string> {
    const mark = `bench-${++this.count}`;
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject, mark });
      this.stream.write(`${question}\n${this.close(mark)}\n`);
    });
  }

  private read(chunk: Buffer): void {
    this.text += chunk.toString();
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      const end = new RegExp(`${next.mark} (\\d+)\\n`).exec(this.text);
      if (end === null) return;
      this.waiting.shift();
      const answer = this.text.slice(0, end.index).trim();
      this.text = this.text.slice(end.index + end[0].length);
      if (end[1] === '0') next.resolve(answer);
      else next.reject(new Error(`exit ${end[1] ?? ''}: ${answer} ${this.said.trim()}`));
    }
  }
}

/** One ssh connection with kept channels, as a script in a hurry would hold them: nothing is started in an outage. */
export class KeptHost {
  private constructor(
    readonly name: HostName,
    private readonly client: Client,
  ) {}

  static async connect(lab: Lab, name: HostName): Promise<KeptHost> {
    const client = new Client();
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve).once('error', reject);
      // The lab's own host: nobody else is in its network.
      client.connect({
        host: ADDRESS[name],
        username: 'root',
        privateKey: readFileSync(lab.operator.identityFile),
      });
    });
    client.on('error', () => undefined);
    client.setNoDelay(true);
    return new KeptHost(name, client);
  }

  async shell(): Promise<Channel> {
    const channel = new Channel(await this.exec('bash'), (mark) => `echo "${mark} $?"`);
    await channel.ask('exec 2>&1');
    return channel;
  }

  async mysql(): Promise<Channel> {
    const channel = new Channel(
      await this.exec('mysql --batch --skip-column-names --raw --unbuffered'),
      (mark) => `SELECT '${mark} 0';`,
    );
    await channel.ask('SELECT 1;');
    return channel;
  }

  close(): void {
    this.client.end();
  }

  private exec(command: string): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      this.client.exec(command, (error, stream) => (error ? reject(error) : resolve(stream)));
    });
  }
}
