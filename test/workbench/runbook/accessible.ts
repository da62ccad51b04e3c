import type { FrameLocator, Page } from 'playwright-core';

/** Roles that say nothing without a name. A `details` is a group that is named by its summary's text. */
const NAMELESS = /^\s*- (button|checkbox|textbox|slider|link|region|heading|figure)(?: \[[^\]]*\])*:?$/;

/**
 * What a screen reader or a keyboard would stumble over; empty where it is as it should be.
 * @param landmarks of a page that is whole; one that has only a sentence has no head and no bar
 */
export async function stumblingBlocks(
  page: FrameLocator,
  landmarks: readonly string[] = ['banner', 'main', 'contentinfo'],
): Promise<string[]> {
  const body = page.locator('body');
  const tree = await body.ariaSnapshot();
  const lines = tree.split('\n');
  const problems = lines.filter((line) => NAMELESS.test(line)).map((line) => `no name: ${line.trim()}`);
  for (const landmark of landmarks) {
    const found = lines.filter((line) => line.trim().startsWith(`- ${landmark}`)).length;
    if (found !== 1) problems.push(`${found} landmarks ${landmark}`);
  }
  const levels = lines.flatMap((line) => /- '?heading .*\[level=(\d)\]/.exec(line)?.[1] ?? []).map(Number);
  if (levels.filter((level) => level === 1).length !== 1)
    problems.push(`headings of level 1: ${levels.join()}`);
  levels.forEach((level, index) => {
    if (level > (levels[index - 1] ?? 0) + 1)
      problems.push(`a heading of level ${level} after ${levels[index - 1]}`);
  });
  const wrong = {
    'live region for what happens': 'body:not(:has(#polite[role="status"][aria-live="polite"]))',
    'live region for failures': 'body:not(:has(#assertive[role="alert"][aria-live="assertive"]))',
    'icons hidden from screen readers': '.codicon:not([aria-hidden="true"])',
    'focus order of its own': '[tabindex]:not([tabindex="0"]):not([tabindex="-1"])',
    'colour without a word': '.mark:not(:has(.word:not(:empty)))',
    'picture without words': '[role="img"]:not([aria-label])',
    'scrolled text that no key reaches': 'pre:not([tabindex="0"])',
  };
  for (const [name, selector] of Object.entries(wrong)) {
    const count = await page.locator(selector).count();
    if (count > 0) problems.push(`${name}: ${count} × ${selector}`);
  }
  return problems;
}

/** Walks by Tab from the page's state on. Returns the places of what had the focus, in the order of the document. */
export async function tabStops(window: Page, page: FrameLocator, most: number): Promise<number[]> {
  await page.locator('#state').focus();
  const places: number[] = [];
  for (let stop = 0; stop < most; stop++) {
    await window.keyboard.press('Tab');
    const place = await page
      .locator('body')
      .evaluate((body) =>
        [...body.querySelectorAll('*')].findIndex((part) => part === part.ownerDocument.activeElement),
      );
    if (place < 0) break;
    places.push(place);
  }
  return places;
}

/** How wide the page is, by how much it would have to be scrolled sideways, and what lies beyond its edges. */
export function fits(
  page: FrameLocator,
): Promise<{ readonly width: number; readonly over: number; readonly hidden: string[] }> {
  return page.locator('html').evaluate((root) => {
    const parts = root.querySelectorAll('h1, .state, .picture *, .step-head, .why, .bar, .bar vscode-button');
    const hidden = [...parts].flatMap((part) => {
      const { left, right, width } = part.getBoundingClientRect();
      return width > 0 && (left < 0 || right > root.clientWidth + 1) ? [part.textContent?.trim() ?? ''] : [];
    });
    return { width: root.clientWidth, over: root.scrollWidth - root.clientWidth, hidden };
  });
}
