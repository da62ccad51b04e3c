import type { Announcements } from './model/announce';

/** Screen readers drop what is replaced too soon: what happens within this time is said together. */
const GATHER_MS = 700;

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

  constructor(private readonly element: HTMLElement) {}

  add(texts: readonly string[]): void {
    if (texts.length === 0) return;
    if (this.gathered.length === 0) setTimeout(() => this.flush(), GATHER_MS);
    this.gathered.push(...texts);
  }

  private flush(): void {
    this.element.textContent = this.gathered.join(' ');
    this.gathered = [];
  }
}
