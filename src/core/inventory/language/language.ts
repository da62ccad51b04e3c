import type { TextRange } from '../../findings/finding';
import { parseDocuments } from '../parse';
import { readDocument } from '../document';
import type { InventoryDocument } from '../document';
import type { ResolvedSite } from '../../schemes/registry';
import { completionsAt } from './completion';
import type { Suggestion } from './suggestion';
import { hoverAt } from './hover';
import type { HoverText } from './hover';
import { lensesOf } from './lenses';
import type { Lens } from './lenses';
import { controllerAt, renameController } from './names';
import type { NamedController } from './names';
import { outlineOf } from './outline';
import type { OutlineItem } from './outline';
import type { SeenSites } from './seen';

interface Read {
  readonly text: string;
  readonly document: InventoryDocument;
  sites: readonly ResolvedSite[] | undefined;
}

/** Files whose last reading is kept. */
const KEPT = 8;

/** The editor's help for inventories. Keeps the last reading of each file; no method throws for what a text holds. */
export class InventoryLanguage {
  private readonly readings = new Map<string, Read>();

  completions(text: string, offset: number, seen: SeenSites): Suggestion[] {
    return completionsAt(text, offset, seen);
  }

  hover(file: string, text: string, offset: number): HoverText | undefined {
    return hoverAt(text, offset, this.sites(file, text));
  }

  outline(file: string, text: string): OutlineItem[] {
    return outlineOf(this.document(file, text));
  }

  lenses(file: string, text: string): Lens[] {
    return lensesOf(this.document(file, text), this.sites(file, text));
  }

  /** Where a site stands, or one of its hosts: the key. */
  placeOfHost(file: string, text: string, site: string, host: string | undefined): TextRange {
    const document = this.document(file, text);
    const path = ['sites', site];
    const own = host === undefined ? path : [...path, 'controllers', host];
    const witness = host !== undefined && !document.has(own) && document.has([...path, 'prometheus']);
    return document.rangeOf(witness ? [...path, 'prometheus'] : own, 'key');
  }

  controller(file: string, text: string, offset: number): NamedController | undefined {
    return controllerAt(this.document(file, text), offset);
  }

  /** Ranges that get the new name. @throws RangeError with the reason where the name can't be taken. */
  rename(
    file: string,
    text: string,
    named: NamedController,
    name: string,
  ): ReturnType<typeof renameController> {
    return renameController(this.document(file, text), named, name);
  }

  private document(file: string, text: string): InventoryDocument {
    return this.read(file, text).document;
  }

  private sites(file: string, text: string): readonly ResolvedSite[] {
    const reading = this.read(file, text);
    return (reading.sites ??= parseDocuments([reading.document]).sites);
  }

  private read(file: string, text: string): Read {
    const before = this.readings.get(file);
    if (before?.text === text) return before;
    const next = { text, document: readDocument(file, text), sites: undefined };
    this.readings.delete(file);
    this.readings.set(file, next);
    const [oldest] = this.readings.keys();
    if (this.readings.size > KEPT && oldest !== undefined) this.readings.delete(oldest);
    return next;
  }
}
