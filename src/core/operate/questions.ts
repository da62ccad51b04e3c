import { isOperatorError } from '../errors';
import type { HostSessions, Reachability, SecretStore } from '../ports';
import type { PlanQuestion, QuestionAnswer } from '../schemes/scheme';

/** What questions are asked with. */
export interface AskDeps {
  readonly sessions: HostSessions;
  readonly secrets: SecretStore;
  /** Absent: what is asked from this machine stays without an answer. */
  readonly reach?: Reachability;
}

async function ask(deps: AskDeps, question: PlanQuestion): Promise<QuestionAnswer> {
  const { secretLine, host, script, timeoutMs } = question;
  if (question.reach !== undefined) return askFromHere(deps.reach, question.reach, timeoutMs);
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

async function askFromHere(
  reach: Reachability | undefined,
  { address, ports }: NonNullable<PlanQuestion['reach']>,
  timeoutMs: number,
): Promise<QuestionAnswer> {
  if (reach === undefined) return { answered: false, reason: 'this program asks nothing from this machine' };
  const lines = await Promise.all([
    reach.icmp(address, timeoutMs).then((answer) => `icmp ${answer}`),
    ...ports.map(async (port) => `${port} ${await reach.tcp(address, port, timeoutMs)}`),
  ]);
  return { answered: true, exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

/** Asks all questions side by side. One that can't be asked is answered with its reason; none hides another. */
export async function askQuestions(
  deps: AskDeps,
  questions: readonly PlanQuestion[],
): Promise<Readonly<Record<string, QuestionAnswer>>> {
  const answers = await Promise.all(questions.map(async (one) => [one.id, await ask(deps, one)] as const));
  return Object.fromEntries(answers);
}
