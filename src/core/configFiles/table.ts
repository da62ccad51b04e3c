import { KEEPALIVED_RULES } from './keepalived/table';
import { LSYNCD_RULES } from './lsyncd/table';
import { MYSQL_RULES } from './mysqlOptions/table';
import { NOTIFY_SCRIPT_RULES } from './notifyScript/table';
import { tooLarge } from './tooLarge';
import type { Rule } from '../findings/rule';

/** Every rule on configuration files, by what documentation and tests need of it. */
export const CONFIG_FILE_RULES: readonly Omit<Rule<never>, 'check'>[] = [
  ...KEEPALIVED_RULES,
  ...NOTIFY_SCRIPT_RULES,
  ...MYSQL_RULES,
  ...LSYNCD_RULES,
  tooLarge,
];
