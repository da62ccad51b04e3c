import type { SecretStore } from '../core/ports';

/** `mysql-admin` is looked for in CCHA_SECRET_MYSQL_ADMIN. */
export function secretVariable(name: string): string {
  return `CCHA_SECRET_${name.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}`;
}

/** The CLI's secrets: environment variables, read when they are asked for. */
export function environmentSecrets(env: NodeJS.ProcessEnv): SecretStore {
  return { get: (name) => Promise.resolve(env[secretVariable(name)] ?? env[`CCHA_SECRET_${name}`]) };
}
