import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { forwardToSocket, type Forwarder } from './forward';
import { installWebBuild } from './install';
import { CLEAN_SETTINGS, THEME_IDS, UNTRUSTED_SETTINGS, type Theme } from './settings';
import type { WebBuild } from './versions';

const START_LIMIT_MS = 60_000;

export interface ServerOptions {
  /** Added to a clean window's user settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Default: light. */
  readonly theme?: Theme;
  /** A packaged extension to install: the installed user's view. */
  readonly vsix?: string;
  /** Keep workspace trust on; folders start restricted. Default: everything is trusted. */
  readonly workspaceTrust?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Answer only who brings the token of `workbenchUrl`: for an editor that is open longer than a test. */
  readonly connectionToken?: boolean;
  /** A command put in front of the server's, such as `['nsenter', '--net=/run/netns/x']`. */
  readonly prefix?: readonly string[];
  /**
   * Listen on this unix socket; a forwarder on 127.0.0.1 leads there. Needed when `prefix` enters another network.
   * The folder must be seen from both sides.
   */
  readonly socketPath?: string;
  /** TCP port on 127.0.0.1; default: a free one. */
  readonly port?: number;
  /** The server's own output goes here. */
  readonly logFile?: string;
}

export interface VscodeServer {
  /** `http://127.0.0.1:PORT`; webviews need exactly this host, a secure context. */
  readonly origin: string;
  readonly port: number;
  /** Holds data/User/settings.json and data/logs. */
  readonly dataDir: string;
  /** What a browser must bring, where it was asked for. */
  readonly token: string | undefined;
  readonly pid: number;
  /** Resolves when the server has ended, however. */
  readonly ended: Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') {
    throw new Error('no free port');
  }
  return address.port;
}

/** This build keeps user settings on disk. Machine-scoped ones are read from the machine's own file only. */
export function settingsFiles(dataDir: string): string[] {
  return ['User', 'Machine'].map((scope) => path.join(dataDir, 'data', scope, 'settings.json'));
}

function writeUserSettings(dataDir: string, options: ServerOptions): void {
  const settings = {
    ...CLEAN_SETTINGS,
    'workbench.colorTheme': THEME_IDS[options.theme ?? 'light'],
    ...(options.workspaceTrust ? UNTRUSTED_SETTINGS : {}),
    ...options.settings,
  };
  for (const file of settingsFiles(dataDir)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(settings, null, 2));
  }
}

function tokenFile(runDir: string): string {
  return path.join(runDir, 'token');
}

function makeToken(runDir: string): string {
  const token = randomBytes(16).toString('hex');
  writeFileSync(tokenFile(runDir), token, { mode: 0o600 });
  return token;
}

/** The command line of the server, as prefix and arguments. */
function commandLine(build: WebBuild, runDir: string, options: ServerOptions, port: number): string[] {
  const listen = options.socketPath
    ? ['--socket-path', options.socketPath]
    : ['--host', '127.0.0.1', '--port', String(port)];
  return [
    ...(options.prefix ?? []),
    build.nodePath,
    path.join(build.vscodeDir, 'out', 'server-main.js'),
    ...listen,
    ...[
      '--server-data-dir',
      path.join(runDir, 'server'),
      '--extensions-dir',
      path.join(runDir, 'extensions'),
    ],
    // A file: arguments can be read by everybody on the machine.
    ...(options.connectionToken
      ? ['--connection-token-file', tokenFile(runDir)]
      : ['--without-connection-token']),
    '--accept-server-license-terms',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
  ];
}

function installVsix(build: WebBuild, runDir: string, vsix: string): void {
  const dirs = [
    '--server-data-dir',
    path.join(runDir, 'server'),
    '--extensions-dir',
    path.join(runDir, 'extensions'),
  ];
  execFileSync(
    build.nodePath,
    [
      'out/server-main.js',
      '--accept-server-license-terms',
      ...dirs,
      '--install-extension',
      path.resolve(vsix),
    ],
    { cwd: build.vscodeDir, env: { ...process.env, XDG_RUNTIME_DIR: runDir }, stdio: 'pipe' },
  );
}

/** Resolves when the server says that it accepts extension hosts. */
async function started(child: ChildProcess, options: ServerOptions, output: string[]): Promise<void> {
  const file = options.logFile ? createWriteStream(options.logFile) : undefined;
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`VS Code's server ${why}\n${output.join('')}`));
    const limit = setTimeout(() => fail('did not start in time'), START_LIMIT_MS);
    const read = (chunk: Buffer): void => {
      output.push(String(chunk));
      file?.write(chunk);
      if (output.join('').includes('Extension host agent started')) {
        clearTimeout(limit);
        resolve();
      }
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`could not be run: ${error.message}`));
    child.once('exit', (code) => {
      clearTimeout(limit);
      file?.end();
      fail(`ended with ${code}`);
    });
  });
}

/** Extension hosts of a server, which are in its group; as this machine counts, also for a server in a lab. */
export function extensionHosts(server: Pick<VscodeServer, 'pid'>): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const group = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')[2];
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return Number(group) === server.pid && words.includes('--type=extensionHost');
      } catch {
        // It has ended meanwhile.
        return false;
      }
    })
    .map(Number);
}

/** A fresh VS Code server with fresh user data. `stop` leaves nothing behind. */
export async function startServer(options: ServerOptions = {}): Promise<VscodeServer> {
  const build = installWebBuild();
  const runDir = mkdtempSync(path.join(tmpdir(), 'ccha-vscode-'));
  const dataDir = path.join(runDir, 'server');
  mkdirSync(path.join(runDir, 'extensions'), { recursive: true });
  writeUserSettings(dataDir, options);
  if (options.socketPath) {
    rmSync(options.socketPath, { force: true });
  }
  const token = options.connectionToken ? makeToken(runDir) : undefined;
  if (options.vsix) {
    installVsix(build, runDir, options.vsix);
  }
  const listenPort = options.socketPath ? 0 : (options.port ?? (await freePort()));
  const [program = '', ...args] = commandLine(build, runDir, options, listenPort);
  // A group of its own: the server's children, and what a prefix forked, end with it.
  const child = spawn(program, args, {
    cwd: build.vscodeDir,
    detached: true,
    env: { ...process.env, XDG_RUNTIME_DIR: runDir, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(-(child.pid ?? 0), name);
    } catch {
      // The group has ended already.
    }
  };
  const reap = (): void => signal('SIGKILL');
  process.once('exit', reap);
  const output: string[] = [];
  let forwarder: Forwarder | undefined;
  const stop = async (): Promise<void> => {
    await forwarder?.close();
    signal('SIGTERM');
    const limit = setTimeout(reap, 5_000);
    await exited;
    clearTimeout(limit);
    reap();
    process.off('exit', reap);
    rmSync(runDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    await started(child, options, output);
    if (options.socketPath) {
      forwarder = await forwardToSocket(options.socketPath, options.port);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const port = forwarder?.port ?? listenPort;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    token,
    pid: child.pid ?? 0,
    ended: exited,
    log: () => output.join(''),
    stop,
  };
}
