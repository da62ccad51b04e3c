/** Times as people read them in evidence. */
export function at(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

export function span(fromMs: number, toMs: number): string {
  return `${fromMs.toFixed(1)}–${toMs.toFixed(1)} ms`;
}
