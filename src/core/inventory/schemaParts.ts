import * as z from 'zod/mini';
import { PATTERNS } from './allow';

/** What completion, hover and the JSON Schema say of a value. */
export interface Description {
  readonly description: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Descriptions of all inventory schemas; `z.toJSONSchema` merges them in. */
export const descriptions = z.registry<Description>();

/** Codes that a value's own check gives; `structure.ts` has a rule for each. */
export type ValueCode =
  | 'host-name-invalid'
  | 'site-name-invalid'
  | 'address-invalid'
  | 'network-invalid'
  | 'path-invalid'
  | 'name-invalid'
  | 'number-out-of-range'
  | 'priority-out-of-range'
  | 'virtual-router-id-out-of-range';

/** Text that matches an allow-list. The finding's code travels in the issue's `params`. */
export function text(code: ValueCode, pattern: RegExp, description: string, more: Partial<Description> = {}) {
  return z
    .string()
    .check(z.refine((value) => pattern.test(value), { params: { code } }))
    .register(descriptions, { description, pattern: pattern.source, ...more });
}

export function integer(
  limits: { min: number; max: number; code?: ValueCode },
  description: string,
  more: Partial<Description> = {},
) {
  const { min, max, code = 'number-out-of-range' } = limits;
  const params = { code, expected: `a whole number from ${min} to ${max}` };
  return z
    .number()
    .check(z.refine((value) => Number.isInteger(value) && value >= min && value <= max, { params }))
    .register(descriptions, { description, minimum: min, maximum: max, ...more });
}

export const hostName = (description: string, more: Partial<Description> = {}) =>
  text('host-name-invalid', PATTERNS.hostName, description, more);

export const address = (description: string) => text('address-invalid', PATTERNS.ipv4, description);

export const secretReference = (description: string) =>
  z
    .strictObject({ secret: text('name-invalid', PATTERNS.secretName, 'Name of the secret.') })
    .register(descriptions, {
      description: `${description} A reference: the value lives in the editor's secret storage, or in the environment variable CCHA_SECRET_<NAME> for the command line.`,
    });

export const sshSettings = (description: string) =>
  z
    .strictObject({
      user: z.optional(
        text('name-invalid', PATTERNS.userName, 'Login: root, or a user with passwordless sudo.', {
          examples: ['root'],
        }),
      ),
      port: z.optional(integer({ min: 1, max: 65535 }, 'Port of the ssh server.', { examples: [22] })),
      identityFile: z.optional(text('path-invalid', PATTERNS.identityFile, 'Private key on this machine.')),
      jump: z.optional(text('name-invalid', PATTERNS.jump, 'Jump hosts, as ssh -J takes them.')),
    })
    .register(descriptions, {
      description: `${description} What is absent comes from your own ssh configuration.`,
    });
