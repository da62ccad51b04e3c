import type { TextRange } from '../../findings/finding';
import { parseDocuments } from '../parse';
import { readDocument } from '../document';
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
import type { SiteOutline } from './outline';
import type { SeenSites } from './seen';

/** The editor's help for inventories. No method throws for what a text holds. */
export class InventoryLanguage {
  completions(text: string, offset: number, seen: SeenSites): Suggestion[] {
    return completionsAt(text, offset, seen);
  }

  hover(file: string, text: string, offset: number): HoverText | undefined {
    return hoverAt(text, offset, sitesOf(file, text));
  }

  outline(file: string, text: string): SiteOutline[] {
    return outlineOf(readDocument(file, text));
  }

  lenses(file: string, text: string): Lens[] {
    return lensesOf(readDocument(file, text), sitesOf(file, text));
  }

  /** Where a site stands, or one of its hosts: the key. */
  placeOfHost(file: string, text: string, site: string, host: string | undefined): TextRange {
    const document = readDocument(file, text);
    const path = ['sites', site];
    const own = host === undefined ? path : [...path, 'controllers', host];
    const witness = host !== undefined && !document.has(own) && document.has([...path, 'prometheus']);
    return document.rangeOf(witness ? [...path, 'prometheus'] : own, 'key');
  }

  controller(file: string, text: string, offset: number): NamedController | undefined {
    return controllerAt(readDocument(file, text), offset);
  }

  /** Ranges that get the new name. @throws RangeError with the reason where the name can't be taken. */
  rename(
    file: string,
    text: string,
    named: NamedController,
    name: string,
  ): ReturnType<typeof renameController> {
    return renameController(readDocument(file, text), named, name);
  }
}

/** Of this file alone: hover and lenses show what holds in it. */
function sitesOf(file: string, text: string): readonly ResolvedSite[] {
  return parseDocuments([readDocument(file, text)]).sites;
}
