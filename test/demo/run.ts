// `npm run demo [-- --check] [-- --port N]`: the extension in the real VS Code over three real hosts, on one machine.
import { parseArgs } from 'node:util';
import { MYSQL_PASSWORD } from '../lab/site';
import { allHolds, check } from './check';
import { Cleanup } from './cleanup';
import { startDemo } from './demo';
import { Progress } from './progress';

const USAGE = `npm run demo                 boots the lab, starts VS Code in it, prints the address to open
npm run demo -- --port 8100  on this port of 127.0.0.1 (default: a free one)
npm run demo -- --check      the same unattended: promotes cc2 and judges it; one line of JSON is printed last
`;

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

function guide(url: string): string {
  return `
  Open          ${url}
  Look          the ClusterControl icon in the activity bar: cc1 is the primary, cc2 its standby
  Promote       F1, "ClusterControl HA: Promote Standby…"
  The password  that the editor asks for ("dc1-repl") is ${MYSQL_PASSWORD}
  End           Ctrl-C: editor, hosts and all they wrote are gone then

The address holds on this machine only. From another one: ssh -L PORT:127.0.0.1:PORT, with the address's port.
`;
}

async function main(cleanup: Cleanup): Promise<number> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (values.help || (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))) {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  const progress = new Progress();
  const unattended = values.check ?? false;
  const demo = await startDemo({ port, browser: unattended }, progress, cleanup);
  if (!unattended) {
    console.log(guide(demo.url));
    await demo.server.ended;
    if (cleanup.begun) return 0;
    throw new Error(`VS Code's server has ended by itself\n${demo.server.log()}`);
  }
  const result = await check(demo, progress, cleanup);
  await cleanup.run();
  console.log(JSON.stringify(result));
  return allHolds(result) ? 0 : 1;
}

const cleanup = new Cleanup();
// Stays registered: a second Ctrl-C, or npm's copy of the first, must not cut the cleaning short.
function end(code: number): void {
  if (!cleanup.begun) process.stderr.write('\ndemo: cleaning up\n');
  void cleanup.run().then(() => process.exit(code));
}
for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => end(code));
// npm was killed: nobody would be there to end the demo.
process.once('disconnect', () => end(1));
main(cleanup).then(
  async (code) => {
    await cleanup.run();
    process.exit(code);
  },
  async (error: unknown) => {
    // What fails because everything is being ended is no news.
    if (cleanup.begun) return;
    process.stderr.write(
      `demo: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    await cleanup.run();
    process.exit(1);
  },
);
