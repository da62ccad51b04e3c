import type { Locator, Page } from 'playwright-core';
import { until } from './until';

/** The box at the top of the window: palette, quick picks, input boxes. */
export class QuickInput {
  constructor(readonly page: Page) {}

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  get quickInputBox(): Locator {
    return this.quickInput.locator('input.input');
  }

  quickRow(label: string | RegExp): Locator {
    return this.quickInput.locator('.monaco-list-row').filter({ hasText: label }).first();
  }

  /** Opens the palette with this text; its rows can then be looked at. */
  async openPalette(text: string): Promise<void> {
    // What takes the focus just then closes the palette: it is opened again.
    await until('the palette to open', async () => {
      await this.page.keyboard.press('F1');
      return this.quickInputBox.fill(`>${text}`, { timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
  }

  private paletteRow(title: string): Locator {
    const exact = `.monaco-list-row[aria-label="${title}"], .monaco-list-row[aria-label^="${title},"]`;
    return this.quickInput.locator(exact).first();
  }

  /**
   * Runs a command by its title as the palette shows it, such as `ClusterControl HA: Refresh`. An open palette doesn't
   * take in a command that becomes possible meanwhile: it is opened again until the command is offered.
   */
  async command(title: string): Promise<void> {
    const offered = async (): Promise<boolean> => {
      await this.openPalette(title);
      const row = this.paletteRow(title);
      try {
        await row.waitFor({ timeout: 1_500 });
        return true;
      } catch {
        await this.closeQuickInput();
        return false;
      }
    };
    await until(`the palette to offer ${title}`, offered, 30_000);
    await this.paletteRow(title).click();
  }

  async closeQuickInput(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** True when the palette offers the command now. */
  async offers(title: string): Promise<boolean> {
    await this.openPalette(title);
    const rows = this.quickInput.locator('.monaco-list-row');
    await rows.first().waitFor();
    const count = await this.paletteRow(title).count();
    await this.closeQuickInput();
    return count > 0;
  }

  async pick(label: string | RegExp): Promise<void> {
    await this.quickRow(label).click();
  }

  /** Accepts the place that a save dialog suggests, once it has filled it in. Returns the file's path. */
  async acceptSuggestedFile(ending: string): Promise<string> {
    const value = () => this.quickInputBox.inputValue();
    await until(
      `a suggested name that ends with ${ending}`,
      async () => (await value()).endsWith(ending),
      30_000,
    );
    const file = await value();
    await this.quickInputBox.press('Enter');
    return file;
  }

  /** Types into the input box that is open and accepts it. */
  async input(text: string): Promise<void> {
    await this.quickInputBox.fill(text);
    await this.page.keyboard.press('Enter');
  }
}
