import { OperatorError } from '../errors';

/** What one command of the probe gave. */
export interface ProbePart {
  readonly exit: number;
  /** Standard output and error, without the line breaks at the end. */
  readonly text: string;
}

/** The probe's answer, by part. A part that isn't there was not asked for, or its program is not installed. */
export type ProbeParts = Readonly<Partial<Record<string, ProbePart>>>;

const probeFormat = 1;

/** @throws OperatorError format-unknown when it isn't a document of this format. */
export function readProbeDocument(host: string, text: string): ProbeParts {
  const document = parseJson(text) as
    { version?: unknown; parts?: Record<string, { text?: unknown; exit?: unknown }> } | undefined;
  if (document?.version !== probeFormat || typeof document.parts !== 'object') {
    throw new OperatorError({
      code: 'format-unknown',
      what: `The probe of ${host} gave no document of format ${probeFormat}: ${text.slice(0, 200)}`,
      host,
      state: 'Nothing was changed; nothing is known of the host.',
      next: 'See the log for what the host printed: a login script that writes text is the usual cause.',
    });
  }
  const parts: Record<string, ProbePart> = {};
  for (const [name, part] of Object.entries(document.parts)) {
    parts[name] = { exit: Number(part.exit), text: String(part.text).replace(/\n+$/, '') };
  }
  return parts;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
