import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where editor and CLI keep their runs (XDG Base Directory: state that outlives a restart). */
export function journalDirectory(env: NodeJS.ProcessEnv): string {
  return join(stateDirectory(env), 'runs');
}

/** Where they keep the history of drills. */
export function drillDirectory(env: NodeJS.ProcessEnv): string {
  return join(stateDirectory(env), 'drills');
}

function stateDirectory(env: NodeJS.ProcessEnv): string {
  const state = env['XDG_STATE_HOME'];
  // The specification: a relative path is to be ignored.
  const base = state?.startsWith('/') ? state : join(homedir(), '.local', 'state');
  return join(base, 'clustercontrol-ha');
}
