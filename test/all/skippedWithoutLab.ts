import { closingText } from './closingLine';

function whyNoLab(): string | undefined {
  if (process.platform !== 'linux') return 'a lab needs Linux';
  if (process.getuid?.() !== 0) return 'a lab needs root';
  return undefined;
}

/** Where no lab can run: says why, prints the closing line of a suite that is skipped, and is true. */
export function skippedWithoutLab(): boolean {
  const reason = whyNoLab();
  if (reason === undefined) return false;
  console.log(`skipped: ${reason}`);
  console.log(closingText({ passed: 0, failed: 0, skipped: 1 }));
  return true;
}
