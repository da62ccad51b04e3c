import { inFile, replace } from '../../place';
import type { LsyncdRule } from '../rule';

export const settingsAssigned: LsyncdRule = {
  code: 'lsyncd-settings-assigned',
  severity: 'error',
  why: 'This is how lsyncd before 2.1 was configured. Now `settings` is a function: lsyncd ends with "Do not use settings = { ... }".',
  remedy: 'Take the equals sign out.',
  check: (document) =>
    document.assigned === undefined
      ? []
      : [
          inFile(document, document.assigned, 'settings is called, not assigned', {
            fix: replace('Take the equals sign out', document.assigned, 'settings '),
          }),
        ],
};
