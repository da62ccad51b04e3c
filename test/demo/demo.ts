import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { insideArguments, type Capsule } from '../lab/capsule/capsule';
import { OPERATOR_FILES } from '../lab/operator';
import { workbenchUrl } from '../workbench/vscode/page';
import { startServer, type VscodeServer } from '../workbench/vscode/server';
import type { Cleanup } from './cleanup';
import { bootLab, endLab, packExtension, prepareEditor } from './parts';
import type { Progress } from './progress';
import { makeScratch } from './scratch';

export interface DemoOptions {
  /** TCP port on 127.0.0.1; undefined: a free one. */
  readonly port: number | undefined;
  /** Also make sure that there is a Chromium. */
  readonly browser: boolean;
}

/** Hosts and editor, ready. */
export interface Demo {
  readonly capsule: Capsule;
  readonly server: VscodeServer;
  /** The workspace: a folder with one inventory. */
  readonly folder: string;
  /** What a person opens. It carries the token without which the editor answers nobody. */
  readonly url: string;
}

/** Boots the lab and starts VS Code in it, with the packaged extension and the lab's inventory. */
export async function startDemo(options: DemoOptions, progress: Progress, cleanup: Cleanup): Promise<Demo> {
  const scratch = makeScratch();
  const remove = (): void =>
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.once('exit', remove);
  cleanup.later(async () => remove());
  cleanup.later(endLab);
  const [capsule, vsix] = await Promise.all([
    progress.during('booting three hosts', bootLab),
    progress.during('building and packing the extension', () => packExtension(scratch)),
    progress.during('preparing VS Code', () => prepareEditor(options.browser)),
  ]);
  const folder = path.join(scratch, 'controllers');
  cpSync(path.join(__dirname, 'workspace'), folder, { recursive: true });
  const server = await progress.during('starting VS Code', () =>
    startServer(serverOptions(capsule, scratch, vsix, options.port)),
  );
  cleanup.later(() => server.stop());
  return { capsule, server, folder, url: workbenchUrl(server, folder) };
}

function serverOptions(
  capsule: Capsule,
  scratch: string,
  vsix: string,
  port: number | undefined,
): Parameters<typeof startServer>[0] {
  // The server's own folders, and what its children write, go with the scratch folder.
  process.env['TMPDIR'] = path.join(scratch, 'tmp');
  return {
    // VS Code stands at the operator's workstation: only there are the hosts' addresses.
    prefix: insideArguments(capsule, []),
    socketPath: path.join(scratch, 'vscode.sock'),
    // It runs as root, so it answers only who knows the address.
    connectionToken: true,
    vsix,
    settings: {
      'clustercontrolHa.ssh.configFile': OPERATOR_FILES.sshConfigFile,
      'clustercontrolHa.refreshIntervalSeconds': 3,
    },
    // Journals of the demo are not the operator's.
    env: { XDG_STATE_HOME: path.join(scratch, 'state') },
    ...(port === undefined ? {} : { port }),
  };
}
