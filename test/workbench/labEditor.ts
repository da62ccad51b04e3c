import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { ProfileName } from '../lab/site';
import { ROOT } from './build';
import { copyFixture } from './hosts';
import { LabSession } from './labSession';
import { pictureFailures } from './session';
import { launchBrowser } from './vscode/browser';
import type { PageOptions } from './vscode/page';
import { startServer, type ServerOptions, type VscodeServer } from './vscode/server';
import { Workbench } from './workbench';

const BOOT_LIMIT_MS = 600_000;

interface LabEditorOptions {
  readonly profile: ProfileName;
  /** The folder that is opened is a copy of this one. */
  readonly fixture?: string;
  readonly window?: Pick<PageOptions, 'width' | 'height'>;
  /** Beside those of the lab. */
  readonly settings?: ServerOptions['settings'];
  /** Puts what it likes into the folder, before it is opened. */
  readonly furnish?: (folder: string) => void;
  /** The last thing before the first case. */
  readonly ready?: (workbench: Workbench) => Promise<void>;
}

/** Three real hosts, and one window of the editor at the operator's workstation. All but `scratch` and `state` stand from the first hook on. */
export interface LabEditor {
  readonly scratch: string;
  /** Where the editor's runs keep their journals: those of a test are not the operator's. */
  readonly state: string;
  readonly folder: string;
  readonly lab: LabSession;
  readonly server: VscodeServer;
  readonly workbench: Workbench;
}

/** Call inside `describe`: starts before its first case, ends behind its last; a failing case leaves a picture. */
export function useLabEditor(options: LabEditorOptions): LabEditor {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-lab-ui-'));
  const state = path.join(scratch, 'state');
  let parts: { folder: string; lab: LabSession; server: VscodeServer; workbench: Workbench } | undefined;
  let lab: LabSession | undefined;
  let browser: Browser | undefined;
  let server: VscodeServer | undefined;

  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the editor has not started: use it inside tests and hooks');
    return part;
  };

  pictureFailures(() => (parts === undefined ? [] : [parts.workbench]));

  before('lab and editor start', async function () {
    this.timeout(BOOT_LIMIT_MS);
    lab = await LabSession.start(options.profile);
    const given = lab.serverOptions(path.join(scratch, 'vscode.sock'));
    const settings = { ...given.settings, ...options.settings };
    const env = { XDG_STATE_HOME: state };
    [server, browser] = await Promise.all([startServer({ ...given, settings, env }), launchBrowser()]);
    const folder = copyFixture(options.fixture ?? 'pair', scratch);
    options.furnish?.(folder);
    const workbench = await Workbench.open(browser, server, { ...options.window, folder, extension: ROOT });
    parts = { folder, lab, server, workbench };
    await options.ready?.(workbench);
  });
  after('lab and editor end', async () => {
    await browser?.close();
    await server?.stop();
    await lab?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  return {
    scratch,
    state,
    get folder() {
      return started(parts).folder;
    },
    get lab() {
      return started(lab);
    },
    get server() {
      return started(server);
    },
    get workbench() {
      return started(parts).workbench;
    },
  };
}
