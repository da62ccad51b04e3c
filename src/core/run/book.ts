import type { Plan } from '../plan/plan';
import { shellQuote } from '../quote';
import { BROUGHT_HELPER_SETTINGS, BROUGHT_HELPER_STATE } from './wrap';

/** What another machine needs to go on with a run: its plan, and how it was begun. One JSON text on each lease host. */
export const BOOK_FORMAT = 1;

export interface Book {
  readonly format: typeof BOOK_FORMAT;
  readonly plan: Plan;
  readonly operator: string;
  readonly acknowledged: Readonly<Record<string, string>>;
  readonly startedAtMs: number;
}

export type BookPlace = 'prepare' | 'outage' | 'done' | 'undone' | 'refused' | 'undo-owed' | 'unfinished';

/** Tells the hosts of a run what is under way. Neither call rejects. */
export interface BookOnHosts {
  /** The whole plan; before anything is changed, and again by who resumes. */
  begin(place: BookPlace): Promise<void>;
  /** How far it is, or how it ended. */
  place(place: BookPlace): Promise<void>;
}

/** Where a helper may stand: deployed, or brought by an operation, which keeps its state elsewhere. */
export interface HelperPlace {
  readonly helper: string;
  readonly brought: boolean;
}

/** Prints the status in one line, then the book; ends with 1 where there is none, with 127 where no helper stands. */
export function showBookScript(places: readonly HelperPlace[]): string {
  return places
    .map(({ helper, brought }) => {
      const path = shellQuote(helper);
      const environment = brought
        ? `export CLUSTERCONTROL_HA_STATE=${BROUGHT_HELPER_STATE} CLUSTERCONTROL_HA_SETTINGS=${BROUGHT_HELPER_SETTINGS}; `
        : '';
      return `if [ -x ${path} ]; then ${environment}${path} status || exit 2; ${path} operation show; exit; fi`;
    })
    .concat('exit 127')
    .join('\n');
}
