import { UsageError } from './exitCodes';

/** Journals have no other names; `FileJournal` asks for nothing else. */
const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** A word that was given for a run. @throws UsageError when no run can be called so. */
export function runIdOf(word: string): string {
  if (RUN_ID.test(word)) return word;
  throw new UsageError(`${JSON.stringify(word.slice(0, 80))} is no run id; \`runs\` lists them`);
}
