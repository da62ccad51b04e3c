import type { SqlRow } from '../../core/ports';

/**
 * Rows of `mysql --xml`: the one output of the client that tells NULL from text and escapes every value.
 * All values are text, whatever the column.
 */
export function parseBatchXml(xml: string): SqlRow[] {
  const rows: SqlRow[] = [];
  for (const row of xml.matchAll(/<row>([\s\S]*?)<\/row>/g)) {
    const values: Record<string, string | null> = {};
    const fields = (row[1] ?? '').matchAll(
      /<field name="([^"]*)"(?: xsi:nil="true" \/>|>([\s\S]*?)<\/field>|\s*\/>)/g,
    );
    for (const [text, name, value] of fields) {
      values[unescape(name ?? '')] = text.includes('xsi:nil="true"') ? null : unescape(value ?? '');
    }
    rows.push(values);
  }
  return rows;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescape(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_all, name: string) => entities[name] ?? '');
}
