import type { Locator } from 'playwright-core';
import { until } from './until';
import type { Workbench } from './workbench';

/** What the editor offers beside a text: suggestions, lenses, places. */
export class EditorHelp {
  constructor(private readonly workbench: Workbench) {}

  private get page() {
    return this.workbench.page;
  }

  /** A code lens by its text. */
  lens(text: string): Locator {
    return this.page.locator('.codelens-decoration').filter({ hasText: text }).first();
  }

  /** A line of the open editor. The editor draws spaces as no-break spaces. */
  line(text: string): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text });
  }

  /** Puts a new line at the end of the file, exactly as given. */
  async typeLine(text: string): Promise<void> {
    await this.page.locator('.editor-instance .view-lines').first().click();
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.type('\n');
    // What the editor indents by itself goes.
    await this.page.keyboard.press('Shift+Home');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(text);
    await this.line(text.trim().replaceAll(' ', '\u00a0')).or(this.line(text.trim())).first().waitFor();
  }

  /** Opens the list of suggestions; it may be open already. */
  async suggest(): Promise<void> {
    await until('the list of suggestions', async () => {
      await this.page.keyboard.press('Control+Space');
      return this.page
        .locator('.suggest-widget.visible .monaco-list-row')
        .first()
        .waitFor({ timeout: 2_000 })
        .then(() => true);
    });
  }

  suggestion(label: string): Locator {
    return this.page.locator('.suggest-widget .monaco-list-row').filter({
      has: this.page.locator('.label-name', { hasText: new RegExp(`^${label}$`) }),
    });
  }

  get details(): Locator {
    return this.page.locator('.suggest-details');
  }

  async showDetails(): Promise<void> {
    await until('the documentation beside the list', async () => {
      if (await this.details.isVisible()) return true;
      await this.page.keyboard.press('Control+Space');
      return this.details.waitFor({ timeout: 1_000 }).then(() => true);
    });
  }

  /** Puts the cursor into a word of the editor. */
  async goTo(word: string, which: 'first' | 'last' = 'first'): Promise<void> {
    const words = this.page.locator('.editor-instance .view-line span span', { hasText: word });
    await (which === 'first' ? words.first() : words.last()).click();
  }

  /** The text of the line that the cursor stands in. */
  async currentLine(): Promise<string> {
    const at = await this.page.locator('.part.statusbar [id="status.editor.selection"]').innerText();
    const number = /Ln (\d+)/.exec(at)?.[1] ?? '1';
    const lines = await this.page.locator('.editor-instance .view-line').all();
    const tops = await Promise.all(
      lines.map(async (line) => ({
        top: (await line.boundingBox())?.y ?? 0,
        text: await line.innerText(),
      })),
    );
    return tops.sort((a, b) => a.top - b.top)[Number(number) - 1]?.text ?? '';
  }
}
