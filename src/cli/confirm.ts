import { createInterface } from 'node:readline/promises';
import type { Plan } from '../core/plan/plan';

/**
 * Asks for the verb of the plan's own button. An interrupt and the end of the input are a no, and so is anything else
 * but the verb.
 */
export async function askToConfirm(
  { question, detail, verb }: Plan['confirmation'],
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream,
): Promise<'confirmed' | 'declined' | 'no-terminal'> {
  if (input.isTTY !== true) return 'no-terminal';
  const terminal = createInterface({ input, output });
  try {
    // An answer that came together with the end of the input counts.
    const answer = await Promise.race([
      terminal.question(`\n${question}\n${detail}\nType "${verb}": `).catch(() => ''),
      new Promise<string>((resolve) => terminal.once('close', () => setImmediate(resolve, ''))),
    ]);
    return answer.trim().toLowerCase() === verb.toLowerCase() ? 'confirmed' : 'declined';
  } finally {
    terminal.close();
  }
}
