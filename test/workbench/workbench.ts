import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { until } from './until';
import { QuickInput } from './quickInput';
import { openPage, workbenchUrl, type PageOptions } from './vscode/page';
import { settingsFiles, type VscodeServer } from './vscode/server';
import { THEME_IDS, type Theme } from './vscode/settings';

/** Where every run leaves its pictures. */
export const SCREENSHOTS = path.resolve(__dirname, '../../test-results/screenshots');

/** Long enough for a slow CI machine's first start; every wait ends as soon as its condition holds. */
const OPEN_LIMIT_MS = 60_000;

/** VS Code as a person uses it: every method waits for what is on the screen, none for time. */
export class Workbench extends QuickInput {
  constructor(
    page: Page,
    readonly server: VscodeServer,
  ) {
    super(page);
  }

  static async open(browser: Browser, server: VscodeServer, options: PageOptions): Promise<Workbench> {
    const page = await openPage(browser, server, options);
    const workbench = new Workbench(page, server);
    await page.goto(workbenchUrl(server, options.folder));
    await workbench.ready();
    return workbench;
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: OPEN_LIMIT_MS });
  }

  /** As F5 does: the extension host starts anew, storage stays. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  // --- side bar and trees

  /** Shows a view container. A click on the tab of one that is shown hides it, so what is shown decides. */
  async openView(container: string): Promise<void> {
    const tab = this.page.locator(`.activitybar .action-item:has([aria-label^="${container}"])`).first();
    await tab.waitFor({ timeout: OPEN_LIMIT_MS });
    const title = this.page.locator('.part.sidebar .title-label', { hasText: container });
    const shown = (): Promise<boolean> =>
      title.waitFor({ timeout: 1_000 }).then(
        () => true,
        () => false,
      );
    await until(`the view container ${container}`, async () => {
      if (await shown()) {
        return true;
      }
      await tab.click();
      return shown();
    });
  }

  /** A row of a tree in the side bar by its label; `description` narrows where labels repeat. */
  treeRow(label: string | RegExp, description?: string | RegExp): Locator {
    const row = this.page
      .locator('.sidebar .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: label }) });
    return (description === undefined ? row : row.filter({ hasText: description })).first();
  }

  async expand(label: string | RegExp): Promise<void> {
    await this.setExpanded(label, true);
  }

  async collapse(label: string | RegExp): Promise<void> {
    await this.setExpanded(label, false);
  }

  /** Opens a view of the side bar that may be folded up. */
  async expandView(name: string): Promise<void> {
    const header = this.page.locator('.sidebar .pane-header', { hasText: name });
    await until(`the view ${name}`, async () => {
      if ((await header.getAttribute('aria-expanded')) === 'true') return true;
      await header.click();
      return false;
    });
  }

  private async setExpanded(label: string | RegExp, expanded: boolean): Promise<void> {
    const row = this.treeRow(label);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== String(expanded)) {
      await row.locator('.monaco-tl-twistie').click();
      await row.and(this.page.locator(`[aria-expanded="${expanded}"]`)).waitFor();
    }
  }

  /** A tree row's tooltip, as it is shown after hovering. */
  async treeHover(row: Locator): Promise<Locator> {
    const label = row.locator('.label-name').first();
    const name = await label.innerText();
    const hover = this.page.locator('.monaco-hover:visible').filter({ hasText: name });
    // A row that is drawn again just then drops its tooltip.
    await until(`the tooltip of ${name}`, async () => {
      await this.page.mouse.move(700, 5);
      await label.hover();
      return hover.waitFor({ timeout: 3_000 }).then(() => true);
    });
    return hover;
  }

  /**
   * Opens a row's context menu and chooses an entry. A menu drops clicks that come within about 100 ms of its opening,
   * so the click is repeated until the menu has closed.
   */
  async contextMenu(row: Locator, entry: string): Promise<void> {
    await row.click({ button: 'right' });
    const item = this.page.locator('.monaco-menu .action-item').filter({ hasText: entry }).first();
    await item.waitFor();
    for (let attempt = 0; attempt < 10; attempt++) {
      await item.click({ timeout: 1_000 }).catch(() => undefined);
      const closed = item.waitFor({ state: 'hidden', timeout: 700 });
      if (
        await closed.then(
          () => true,
          () => false,
        )
      ) {
        return;
      }
    }
    throw new Error(`the menu entry ${entry} did not react`);
  }

  /** Labels of a row's context menu, which is closed again. */
  async contextMenuEntries(row: Locator): Promise<string[]> {
    await row.click({ button: 'right' });
    const labels = this.page.locator('.monaco-menu .action-item .action-label:not(.separator)');
    await labels.first().waitFor();
    const texts = await labels.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await labels.first().waitFor({ state: 'hidden' });
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }

  // --- messages

  notification(text: string | RegExp): Locator {
    return this.page
      .locator('.notifications-toasts .notification-list-item')
      .filter({ hasText: text })
      .first();
  }

  async notificationButton(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text).locator('.monaco-button', { hasText: button }).click();
  }

  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Answers the modal dialog that is open; another may follow at once. */
  async answerDialog(button: string | RegExp): Promise<void> {
    const message = await this.dialog.locator('.dialog-message-text').innerText();
    await this.dialog.locator('.monaco-button', { hasText: button }).click();
    await this.dialog.filter({ hasText: message }).waitFor({ state: 'hidden' });
  }

  // --- editors, webviews, problems, status bar

  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInputBox.fill(name);
    await this.quickRow(path.basename(name)).click();
    await this.page
      .locator('.tab.active', { hasText: path.basename(name) })
      .first()
      .waitFor();
  }

  /** The page of the webview in the active editor group. */
  webview(title?: string): FrameLocator {
    const frame = title ? `iframe#active-frame[title="${title}"]` : 'iframe#active-frame';
    return this.page.frameLocator('iframe.webview.ready').frameLocator(frame);
  }

  /** Hovers over a word of the open editor and gives the hover that appears. */
  async editorHover(word: string): Promise<Locator> {
    await this.page.locator('.editor-instance .view-line span', { hasText: word }).last().hover();
    const hover = this.page
      .locator('.editor-instance .monaco-hover:visible, .monaco-editor .monaco-hover:visible')
      .first();
    await hover.waitFor();
    return hover;
  }

  async openProblems(): Promise<Locator> {
    await this.command('Problems: Focus on Problems View');
    const panel = this.page.locator('.markers-panel');
    await panel.waitFor();
    return panel;
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }).first();
  }

  /** Drags the side bar's edge until it is `width` pixels wide. */
  async resizeSideBar(width: number): Promise<void> {
    const sideBar = this.page.locator('.part.sidebar');
    const box = await sideBar.boundingBox();
    if (!box) {
      throw new Error('the side bar is hidden');
    }
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Changes settings in their files, as a person may; VS Code takes them up. */
  changeSettings(settings: Readonly<Record<string, unknown>>): void {
    for (const file of settingsFiles(this.server.dataDir)) {
      const before = JSON.parse(readFileSync(file, 'utf8')) as object;
      writeFileSync(file, JSON.stringify({ ...before, ...settings }, null, 2));
    }
  }

  async setTheme(theme: Theme): Promise<void> {
    this.changeSettings({ 'workbench.colorTheme': THEME_IDS[theme] });
    const kind = { dark: 'vs-dark', light: 'vs', highContrast: 'hc-black' }[theme];
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** The pointer is put where nothing reacts to it first, unless what it shows is wanted. */
  async screenshot(name: string, options: { readonly keepPointer?: boolean } = {}): Promise<string> {
    if (!options.keepPointer) {
      await this.page.mouse.move(700, 5);
      await this.page
        .locator('.monaco-hover:visible, .monaco-sash.hover')
        .first()
        .waitFor({ state: 'hidden' });
    }
    mkdirSync(SCREENSHOTS, { recursive: true });
    const file = path.join(SCREENSHOTS, `${name}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }
}
