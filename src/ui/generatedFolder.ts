/** As the manifest has it: there it is the editor's hint alone, and any text may stand in a settings.json. */
export const GENERATED_FOLDER = /^(?!.*(^|\/)\.\.(\/|$))[A-Za-z0-9._-][A-Za-z0-9._/-]*$/;

/** Whether generated files may be written there: nothing absolute, no way up, no backslash, no drive. */
export function isGeneratedFolder(value: unknown): value is string {
  return typeof value === 'string' && GENERATED_FOLDER.test(value);
}
