import { inFile } from '../../place';
import { instancesOf, linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';

/** IFNAMSIZ without its end. */
const MOST = 15;

export const interfaceNameTooLong: KeepalivedRule = {
  code: 'keepalived-interface-name-too-long',
  severity: 'error',
  why: 'The kernel has no interface with such a name: keepalived ignores the line, and the instance with it.',
  remedy: 'Write the name as `ip link` shows it.',
  check: (document) =>
    instancesOf(document)
      .flatMap((instance) => linesOf(instance, 'interface'))
      .flatMap(({ words: [, name] }) =>
        name !== undefined && name.text.length > MOST
          ? [
              inFile(
                document,
                name.at,
                `an interface has ${MOST} characters at most, this name has ${name.text.length}`,
              ),
            ]
          : [],
      ),
};
