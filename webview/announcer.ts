import type { Announcements } from './model/announce';

/** Screen readers drop what is replaced too soon: what happens within this time is said together. */
const GATHER_MS = 700;

/** A text that stays is not spoken when the same one comes again. By then it has been read. */
const CLEAR_MS = 10_000;

/** Speaks through two live regions that stand in the page from the start. */
export class Announcer {
  private readonly polite: Region;
  private readonly assertive: Region;

  constructor(polite: HTMLElement, assertive: HTMLElement) {
    this.polite = new Region(polite);
    this.assertive = new Region(assertive);
  }

  say(announcements: Announcements): void {
    this.polite.add(announcements.polite);
    this.assertive.add(announcements.assertive);
  }
}

class Region {
  private gathered: string[] = [];
  private clearing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly element: HTMLElement) {}

  add(texts: readonly string[]): void {
    if (texts.length === 0) return;
    if (this.gathered.length === 0) setTimeout(() => this.flush(), GATHER_MS);
    this.gathered.push(...texts);
  }

  private flush(): void {
    clearTimeout(this.clearing);
    this.element.textContent = this.gathered.join(' ');
    this.gathered = [];
    this.clearing = setTimeout(() => (this.element.textContent = ''), CLEAR_MS);
  }
}
