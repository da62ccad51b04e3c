import { statement, type Statement } from './statement';

/** Closes the server until its next restart; a transaction that commits may hold it up, so it has a limit. */
export function close(lockWaitSeconds: number): Statement {
  return statement(
    `SET SESSION lock_wait_timeout=${Math.max(1, Math.trunc(lockWaitSeconds))}`,
    'SET GLOBAL super_read_only=ON',
  );
}

/** Opens it until its next restart. Never persisted: an old primary that comes back must stay closed. */
export function open(): Statement {
  return statement('SET GLOBAL super_read_only=OFF', 'SET GLOBAL read_only=OFF');
}

/** A persisted value wins over my.cnf, and read_only=OFF alone leaves a persisted super_read_only=ON (measured). */
export function forgetPersisted(): Statement {
  return statement('RESET PERSIST IF EXISTS read_only', 'RESET PERSIST IF EXISTS super_read_only');
}
