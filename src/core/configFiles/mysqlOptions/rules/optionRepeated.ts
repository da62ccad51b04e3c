import { inFile } from '../../place';
import type { Option } from '../document';
import { commentOut } from '../rule';
import type { MysqlRule } from '../rule';

/** Options that may stand several times: each adds to the one before. */
const ADDS_UP =
  /^(plugin_load_add|early_plugin_load|(binlog|replicate)_(do|ignore|rewrite|wild).*|performance_schema_instrument|log_bin|skip_log_bin)$/;

export const optionRepeated: MysqlRule = {
  code: 'mysql-option-repeated',
  severity: 'warning',
  why: 'The last of several holds, and nothing warns: with `server-id` and `server_id` too, which are one option.',
  remedy: 'Keep one.',
  check(document) {
    const last = new Map<string, Option>();
    for (const option of document.options) last.set(option.name, option);
    return document.options.flatMap((option) => {
      const holds = last.get(option.name);
      return holds === undefined || holds === option || ADDS_UP.test(option.name)
        ? []
        : [
            inFile(document, option.at, `another ${holds.written} below is the one that holds`, {
              fix: commentOut(document, option),
              related: [{ at: holds.at, message: 'this one holds' }],
            }),
          ];
    });
  },
};
