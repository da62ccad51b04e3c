import type { Rule } from '../findings/rule';

/** What a rule says; where it fires is found by the reader itself. */
export type Explanation = Omit<Rule<never>, 'check'>;

const explain = (
  code: string,
  why: string,
  remedy: string,
  severity: Rule<never>['severity'] = 'error',
): Explanation => ({
  code,
  severity,
  why,
  remedy,
});

const QUOTING =
  'These values reach configuration files, shell scripts, Lua and SQL. A name that needs quoting there is never needed and is refused here.';

/** Findings about the shape of an inventory, by code. */
export const STRUCTURE = {
  syntax: explain(
    'yaml-syntax',
    'What the parser could not read may be missing from the site.',
    'Mend the YAML at this place.',
  ),
  'duplicate-key': explain(
    'duplicate-key',
    'Only one of the two can hold, and readers of YAML differ in which.',
    'Remove or rename one of them.',
  ),
  aliases: explain(
    'yaml-aliases',
    'Aliases that repeat each other grow without end when they are resolved.',
    'Write the values out.',
  ),
  'too-large': explain(
    'inventory-too-large',
    'An inventory is written by people; a file of this size is something else, and is not read.',
    'Check the file, or divide it: several *.clustercontrol.yaml are read together.',
  ),
  version: explain(
    'inventory-version',
    'The number says which keys a reader has to know.',
    'Write `version: 1`. A higher number needs a newer release of this product.',
  ),
  'unknown-key': explain(
    'unknown-key',
    'A key that is not known has no effect, and its default holds instead.',
    'Correct or remove the key.',
  ),
  'missing-key': explain('missing-key', 'The site cannot be used without it.', 'Add the key.'),
  'wrong-type': explain(
    'wrong-type',
    'The value cannot be used.',
    'Write a value of the kind that is named.',
  ),
  'invalid-value': explain(
    'invalid-value',
    'The value cannot be used.',
    'Choose one of the values that are named.',
  ),
  'scheme-unknown': explain(
    'scheme-unknown',
    'The scheme decides what a site looks like.',
    'Write `scheme: replication`.',
  ),
  'scheme-not-supported': explain(
    'scheme-not-supported',
    'The name is known, its support is not built yet: nothing about this site is read or checked.',
    'Keep the site in a file of its own until then.',
    'warning',
  ),
  'site-name-duplicate': explain(
    'site-name-duplicate',
    'Secrets, journals and generated files are kept by the name of the site.',
    'Give one of the sites another name.',
  ),
  'secret-in-clear': explain(
    'secret-in-clear',
    'Whoever reads this file, or its history, has the password.',
    'Write a reference, `{ secret: NAME }`, and store the value with the command "Set Secret". Then change the password.',
  ),
  'host-name-invalid': explain(
    'host-name-invalid',
    QUOTING,
    'A host name is letters, digits, hyphens and dots (RFC 1123), and not a number.',
  ),
  'site-name-invalid': explain(
    'site-name-invalid',
    'The name is also a folder below `generated` and a part of file names.',
    'Use letters, digits, hyphens, underscores and single dots, 63 at most.',
  ),
  'address-invalid': explain('address-invalid', QUOTING, 'Write an IPv4 address such as 192.168.73.201.'),
  'network-invalid': explain(
    'network-invalid',
    QUOTING,
    'Write a network such as 192.168.73.0/24, from /8 to /30.',
  ),
  'path-invalid': explain(
    'path-invalid',
    QUOTING,
    'Write an absolute path of letters, digits and . _ - @ % +, without `..` and without spaces.',
  ),
  'name-invalid': explain(
    'name-invalid',
    QUOTING,
    'Use letters, digits, hyphens, underscores and dots, as the documentation of the key says.',
  ),
  'number-out-of-range': explain(
    'number-out-of-range',
    'The program that gets the number refuses it, or does something else with it.',
    'Write a number within the limits.',
  ),
  'priority-out-of-range': explain(
    'priority-out-of-range',
    'VRRP keeps 0 for leaving and 255 for the owner of the address; keepalived ignores nopreempt with 255.',
    'Write a priority from 1 to 254.',
  ),
  'virtual-router-id-out-of-range': explain(
    'virtual-router-id-out-of-range',
    'The id has one byte in a VRRP packet, and 0 is none.',
    'Write a number from 1 to 255.',
  ),
} as const satisfies Record<string, Explanation>;

export type StructureCode = keyof typeof STRUCTURE;
