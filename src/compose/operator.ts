import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';

/** Who acts, as leases, journals and reports name him. One word: it travels as an argument. */
export function operatorName(): string {
  return `${userInfo().username}@${hostname()}`.replace(/[^A-Za-z0-9@._-]/g, '_');
}

/** Tells two windows of one operator apart. */
export function instanceName(): string {
  return `${process.pid}-${randomBytes(4).toString('hex')}`;
}
