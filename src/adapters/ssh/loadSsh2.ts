import type * as ssh2Module from 'ssh2';

export type Ssh2 = typeof ssh2Module;

/** ssh2 takes a while to load, so it is loaded with the first connection. It is CommonJS: node shows it as `default`. */
export async function loadSsh2(): Promise<Ssh2> {
  const loaded: Ssh2 & { default?: Ssh2 } = await import('ssh2');
  return loaded.default ?? loaded;
}
