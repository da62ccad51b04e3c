import { isOperatorError } from '../../core/errors';
import type { HostFile } from '../../core/deploy/hostFile';
import { parseReadFiles, readFilesScript } from '../../core/deploy/readFiles';
import type { HostSessions } from '../../core/ports';

const TIMEOUT_MS = 8_000;

/**
 * Whole files of one host, by path, in one call as root. Never rejects for what the host does: what could not be read
 * says why. Bounded in size by `FILE_LIMIT_BYTES`.
 */
export async function readHostFiles(
  sessions: HostSessions,
  host: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, HostFile>>> {
  const unreadable = (reason: string): Record<string, HostFile> =>
    Object.fromEntries(paths.map((path) => [path, { state: 'unreadable', reason }]));
  try {
    const session = await sessions.get(host);
    const script = readFilesScript(paths);
    const { exitCode, stdout, stderr } = await session.run({
      script,
      timeoutMs: TIMEOUT_MS,
      privileged: true,
    });
    if (exitCode !== 0) return unreadable(stderr.trim().split('\n').at(-1) || `it ended with ${exitCode}`);
    return parseReadFiles(paths, stdout);
  } catch (error) {
    if (isOperatorError(error) || error instanceof RangeError) return unreadable(error.message);
    throw error;
  }
}
