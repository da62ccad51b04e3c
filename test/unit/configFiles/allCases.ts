import type { Cases } from './case';
import { DAEMON_CASES, HARDENED, TRAP_CASES } from './keepalivedCases';
import * as lsyncd from './lsyncdCases';
import * as mysql from './mysqlCases';
import * as notifyScript from './notifyScriptCases';

/** Whatever kind a file is of. */
const SIZE: Cases = {
  'config-file-too-large': {
    file: 'keepalived.conf',
    fires: `${HARDENED}# ${'x'.repeat(1024 * 1024)}\n`,
    at: HARDENED.slice(0, 1),
    silent: `${HARDENED}# ${'x'.repeat(1000 * 1000)}\n`,
  },
};

/** A pair of texts for each code of the configuration files. */
export const ALL_CASES: Cases = {
  ...DAEMON_CASES,
  ...TRAP_CASES,
  ...mysql.REFUSED_CASES,
  ...mysql.ABORTING_CASES,
  ...mysql.WARNED_CASES,
  ...mysql.TRAP_CASES,
  ...lsyncd.REFUSED_CASES,
  ...lsyncd.TRAP_CASES,
  ...notifyScript.CASES,
  ...SIZE,
};
