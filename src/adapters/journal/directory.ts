import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where editor and CLI keep their runs (XDG Base Directory: state that outlives a restart). */
export function journalDirectory(env: NodeJS.ProcessEnv): string {
  const state = env['XDG_STATE_HOME'];
  // The specification: a relative path is to be ignored.
  const base = state?.startsWith('/') ? state : join(homedir(), '.local', 'state');
  return join(base, 'clustercontrol-ha', 'runs');
}
