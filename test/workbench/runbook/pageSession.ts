import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator, Locator } from 'playwright-core';
import { copyFixture } from '../hosts';
import { until } from '../until';
import { launchBrowser } from '../vscode/browser';
import { startServer, type VscodeServer } from '../vscode/server';
import { Workbench } from '../workbench';
import { buildRunbookExtension } from './build';
import { STATES } from './states';

const POLICY = /Content Security Policy/;

/** A window with the page and scripted operations behind it: one command for each state. */
export class PageSession {
  private readonly refused: string[] = [];

  private constructor(
    private readonly scratch: string,
    /** The workspace. */
    readonly folder: string,
    private readonly browser: Browser,
    private readonly server: VscodeServer,
    readonly workbench: Workbench,
  ) {
    workbench.page.on('console', (message) => {
      // The workbench has a policy of its own; what comes from our script or page is ours.
      const ours = message.location().url.includes('runbook-extension') || message.text().includes('nonce-');
      if (ours && POLICY.test(message.text())) this.refused.push(message.text());
    });
  }

  static async start(): Promise<PageSession> {
    const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-runbook-'));
    const [browser, extension, server] = await Promise.all([
      launchBrowser(),
      buildRunbookExtension(),
      startServer({ theme: 'light' }),
    ]);
    const folder = copyFixture('pair', scratch);
    const workbench = await Workbench.open(browser, server, { folder, extension, width: 1280, height: 1000 });
    const session = new PageSession(scratch, folder, browser, server, workbench);
    await workbench.page.keyboard.press('Control+b');
    // A window shows itself before it has read the commands of its extensions.
    await until('the commands', () => workbench.offers('Runbook Page: Show plan'), 60_000);
    return session;
  }

  async show(state: string): Promise<FrameLocator> {
    await this.workbench.command(`Runbook Page: Show ${state}`);
    const page = this.workbench.webview();
    const { bare, press, comes } = STATES[state] ?? {};
    await page.locator(bare ? 'main' : '.bar').waitFor();
    if (press !== undefined) {
      await page.locator('.bar vscode-button', { hasText: press }).click();
      await page.locator('.bar .notice').waitFor();
    }
    if (comes !== undefined) await page.getByText(comes).first().waitFor({ timeout: 60_000 });
    return page;
  }

  /** What the page's content security policy has refused since this was asked last. */
  takeRefused(): string[] {
    return this.refused.splice(0);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

export const stateOf = (page: FrameLocator): Locator => page.locator('#state');
