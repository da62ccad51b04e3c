import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The npm package whose lib/vscode is VS Code's own server and web workbench. */
export const CODE_SERVER = '4.139.1';
/** The VS Code inside it. */
export const VSCODE = '1.139.1';
/** VS Code's server needs Node >= 22.15; 24 is what this VS Code ships with on the desktop. */
export const NODE = '24.21.0';

export interface WebBuild {
  /** Folder with out/server-main.js. */
  readonly vscodeDir: string;
  /** Path of the Node that runs it. */
  readonly nodePath: string;
}

/** Outside the repository: `npm ci` wipes node_modules/.cache. */
export function webBuildDir(): string {
  const cache = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  return path.join(cache, 'clustercontrol-ha', `vscode-${VSCODE}`);
}

/** The installed web build, or undefined: `installWebBuild` makes it. */
export function findWebBuild(): WebBuild | undefined {
  const dir = webBuildDir();
  return existsSync(path.join(dir, 'complete'))
    ? {
        vscodeDir: path.join(dir, 'vscode'),
        nodePath: path.join(dir, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node'),
      }
    : undefined;
}
