import type { TextRange } from '../../findings/finding';
import { plain } from './markdown';
import type { SchemaNode } from './schemaNode';

/** One entry of the completion list. */
export interface Suggestion {
  readonly label: string;
  /** `key`, `value`: of the schema; `seen`: from hosts or from elsewhere in the file; `snippet`: several lines. */
  readonly kind: 'key' | 'value' | 'seen' | 'snippet';
  /** One line beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** A snippet in the editor's syntax: literal text in it is escaped. */
  readonly insert: string;
  readonly replace: TextRange;
  /** Order of the list. */
  readonly rank: number;
  /** The list opens again after this was taken. */
  readonly again: boolean;
}

export type SuggestionDraft = Omit<Suggestion, 'replace'>;

/** Text that a snippet takes as it is. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** The schema's words for the documentation of a suggestion. */
export function described(node: SchemaNode | undefined): string {
  return node?.about === undefined ? '' : plain(node.about.description);
}
