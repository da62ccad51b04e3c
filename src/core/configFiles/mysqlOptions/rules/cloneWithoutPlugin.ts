import { inFile, lineBefore } from '../../place';
import type { MysqlRule } from '../rule';

export const cloneWithoutPlugin: MysqlRule = {
  code: 'mysql-clone-without-plugin',
  severity: 'error',
  why: 'Options of the CLONE plugin are unknown until it is loaded, and mysqld aborts its start: "unknown variable". `plugin-load` forgets every `plugin-load-add` before it.',
  remedy: 'Load it in the same file: `plugin-load-add = mysql_clone.so`.',
  check(document) {
    const of = document.options.filter(
      ({ name, loose }) => !loose && (name === 'clone' || name.startsWith('clone_')),
    );
    const [first] = of;
    const resets = document.options.findLastIndex(({ name }) => name === 'plugin_load');
    const loaded = document.options
      .slice(Math.max(0, resets))
      .some(
        ({ name, value }) =>
          /^(early_)?plugin_load(_add)?$/.test(name) && /\bmysql_clone\b/.test(value ?? ''),
      );
    if (first === undefined || loaded) return [];
    // Behind a plugin-load the line would have to follow it: where, the reader decides.
    const fix =
      resets < 0
        ? {
            title: 'Load the plugin',
            edits: [lineBefore(document.text, first.line, 'plugin-load-add = mysql_clone.so')],
          }
        : undefined;
    return [
      inFile(document, first.at, `${first.written} needs the CLONE plugin, which this file does not load`, {
        fix,
      }),
    ];
  },
};
