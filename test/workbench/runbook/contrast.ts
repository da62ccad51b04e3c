import type { FrameLocator } from 'playwright-core';

// The little of the DOM that is needed here: the project's other code has no DOM to speak of.
interface Part {
  readonly parentElement: Part | null;
  checkVisibility(): boolean;
  closest(selector: string): Part | null;
}
declare function getComputedStyle(part: Part): { readonly color: string; readonly backgroundColor: string };
declare const document: {
  createTreeWalker(
    root: Part,
    show: number,
  ): {
    nextNode(): unknown;
    readonly currentNode: { readonly textContent: string | null; readonly parentElement: Part | null };
  };
};

export interface Contrast {
  /** 1 to 21; 4.5 is the least that WCAG 2 (1.4.3) allows. */
  readonly ratio: number;
  readonly text: string;
}

/** The text of the page that is hardest to read. Disabled controls may be faint, and are left out. */
export async function worstContrast(page: FrameLocator): Promise<Contrast> {
  const body = page.locator('body');
  // The test's own compiler names functions by this helper, which the page has not.
  await body.evaluate('globalThis.__name = (named) => named');
  return body.evaluate(leastContrast);
}

/** Runs in the page. */
function leastContrast(body: Part): Contrast {
  const parse = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r = 0, g = 0, b = 0]: number[]): number => {
    const linear = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const over = (top: number[], below: number[]): number[] => {
    const alpha = top[3] ?? 1;
    return [0, 1, 2].map((part) => (top[part] ?? 0) * alpha + (below[part] ?? 0) * (1 - alpha));
  };
  const background = (element: Part): number[] => {
    const layers: number[][] = [];
    for (let part: Part | null = element; part; part = part.parentElement) {
      layers.push(parse(getComputedStyle(part).backgroundColor));
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const SHOW_TEXT = 4;
  let worst: Contrast = { ratio: 21, text: '' };
  const walker = document.createTreeWalker(body, SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent?.trim() ?? '';
    const element = walker.currentNode.parentElement;
    const hidden =
      !element || !element.checkVisibility() || element.closest('script, .visually-hidden, vscode-button');
    if (!text || hidden) continue;
    const drawnOn = background(element);
    const [light, dark] = [over(parse(getComputedStyle(element).color), drawnOn), drawnOn]
      .map(luminance)
      .sort((a, b) => b - a);
    const ratio = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text };
  }
  return worst;
}
