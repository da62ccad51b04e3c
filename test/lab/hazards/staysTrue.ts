/** Asks again and again for a while: the answer must stay true. @throws when it was false once. */
export async function staysTrue(what: string, forMs: number, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + forMs;
  do {
    if (!(await ask())) throw new Error(`no longer: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  } while (performance.now() < end);
}
