import type { Finding } from '../findings/finding';
import { bySeverity } from '../findings/order';
import { runRules } from '../findings/rule';
import { readKeepalived } from './keepalived/document';
import { KEEPALIVED_RULES } from './keepalived/table';
import { kindOf } from './kind';
import type { ConfigFileKind } from './kind';
import { readLsyncd } from './lsyncd/document';
import { LSYNCD_RULES } from './lsyncd/table';
import { readMysqlOptions } from './mysqlOptions/document';
import { MYSQL_RULES } from './mysqlOptions/table';
import { NOTIFY_SCRIPT_RULES } from './notifyScript/table';
import { tooLarge } from './tooLarge';

const EXAMINERS: Readonly<Record<ConfigFileKind, (file: string, text: string) => Finding[]>> = {
  keepalived: (file, text) => runRules(KEEPALIVED_RULES, readKeepalived(file, text)),
  mysql: (file, text) => runRules(MYSQL_RULES, readMysqlOptions(file, text)),
  lsyncd: (file, text) => runRules(LSYNCD_RULES, readLsyncd(file, text)),
  'notify-script': (file, text) => runRules(NOTIFY_SCRIPT_RULES, { file, text }),
};

/**
 * What is to be said of a configuration file by itself, worst first. `file` is how findings name it, `path` what its kind
 * is told by. Undefined: it is none of those we know. Never throws, whatever the text is.
 */
export function examineConfigFile(file: string, text: string, path = file): Finding[] | undefined {
  const kind = kindOf(path, text);
  if (kind === undefined) return undefined;
  const large = runRules([tooLarge], { file, text });
  return large.length > 0 ? large : bySeverity(EXAMINERS[kind](file, text));
}
