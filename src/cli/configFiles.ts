import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { examineConfigFile } from '../core/configFiles/examine';
import type { Finding } from '../core/findings/finding';
import { UsageError } from './exitCodes';

/** A file that was named on the command line, with what is to be said of it. */
export interface CheckedFile {
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Inventories are YAML; everything else that is named is a configuration file. */
export function isInventoryName(file: string): boolean {
  return /\.ya?ml$/.test(file);
}

/** @throws UsageError when the file can't be read, or is of no kind that we know. */
export async function checkConfigFile(file: string): Promise<CheckedFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const keepalived = await readFile(path.join(path.dirname(file), 'keepalived.conf'), 'utf8').catch(
    () => undefined,
  );
  const findings = examineConfigFile(file, text, file, keepalived === undefined ? {} : { keepalived });
  if (findings === undefined) {
    throw new UsageError(
      `${file} is no inventory, and neither by its name nor by its content a file of keepalived, MySQL or lsyncd`,
    );
  }
  return { file, text, findings };
}
