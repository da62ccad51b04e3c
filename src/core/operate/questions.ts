import { isOperatorError } from '../errors';
import type { HostSessions, SecretStore } from '../ports';
import type { PlanQuestion, QuestionAnswer } from '../schemes/scheme';

/** What questions are asked with. */
export interface AskDeps {
  readonly sessions: HostSessions;
  readonly secrets: SecretStore;
}

async function ask(deps: AskDeps, question: PlanQuestion): Promise<QuestionAnswer> {
  const { secretLine, host, script, timeoutMs } = question;
  try {
    const secret = secretLine === undefined ? undefined : await deps.secrets.get(secretLine);
    if (secretLine !== undefined && (secret === undefined || /[\r\n\0]/.test(secret))) {
      return { answered: false, reason: `the secret ${secretLine} is not set, or not one line` };
    }
    const session = await deps.sessions.get(host);
    const { exitCode, stdout, stderr } = await session.run({
      script,
      timeoutMs,
      privileged: true,
      ...(secret === undefined ? {} : { stdin: `${secret}\n` }),
    });
    const clean = (text: string): string => (secret ? text.replaceAll(secret, '***') : text);
    return { answered: true, exitCode, stdout: clean(stdout), stderr: clean(stderr) };
  } catch (error) {
    if (!isOperatorError(error)) {
      throw error;
    }
    return { answered: false, reason: error.message };
  }
}

/** Asks all questions side by side. One that can't be asked is answered with its reason; none hides another. */
export async function askQuestions(
  deps: AskDeps,
  questions: readonly PlanQuestion[],
): Promise<Readonly<Record<string, QuestionAnswer>>> {
  const answers = await Promise.all(questions.map(async (one) => [one.id, await ask(deps, one)] as const));
  return Object.fromEntries(answers);
}
