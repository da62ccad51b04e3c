/** Why no lab can run here; undefined where one can. A suite that needs one is skipped with these words. */
export function whyNoLab(): string | undefined {
  if (process.platform !== 'linux') return 'a lab needs Linux';
  if (process.getuid?.() !== 0) return 'a lab needs root';
  return undefined;
}
