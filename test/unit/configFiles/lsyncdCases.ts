import { edited } from './case';
import type { Cases, ConfigCase } from './case';

/** Towards the other controller, by rsync: nothing is to be said of it. */
export const CLEAN = `-- written by hand
settings {
    logfile = "/var/log/lsyncd.log",
    statusFile = "/var/log/lsyncd.status",
    statusInterval = 10,
    insist = true
}

local sync_dirs = {
    "/var/lib/cmon/",
    "/etc/cmon.d/"
}

for _, path in ipairs(sync_dirs) do
    sync {
        default.rsync,
        source = path,
        target = "cc2:" .. path,
        delete = "running",
        rsync = {
            archive = true,
            compress = true
        }
    }
end

sync {
    default.rsync,
    source = "/etc/",
    target = "cc2:/etc/",
    delete = "running",
    rsync = {
        archive = true,
        _extra = {
            "--include=/cmon.cnf",
            "--include=/s9s.conf",
            "--exclude=*"
        }
    }
}
`;

const file = 'lsyncd.conf.lua';

function change(from: string, to: string, at: string, more: Partial<ConfigCase> = {}): ConfigCase {
  return { file, fires: edited(CLEAN, from, to), at, silent: CLEAN, ...more };
}

/** What lsyncd itself ends with 255 for. */
export const REFUSED_CASES: Cases = {
  'lsyncd-lua-syntax': change('target = "cc2:/etc/",', 'target = "cc2:/etc/"', 'delete'),
  'lsyncd-settings-assigned': change('settings {', 'settings = {', 'settings = ', {
    fixed: '-- written by hand\nsettings {',
  }),
  'lsyncd-unknown-key': change(
    'archive = true,\n            compress',
    'archiv = true,\n            compress',
    'archiv',
    {
      fixed: '            archive = true,\n            compress',
    },
  ),
  'lsyncd-sync-incomplete': change('    target = "cc2:/etc/",\n', '', 'sync'),
};

/** What it takes without a word. */
export const TRAP_CASES: Cases = {
  'lsyncd-copies-host-itself': change(',\n            "--exclude=*"', '', '"/etc/"', {
    also: ['lsyncd-sync-nested'],
  }),
  'lsyncd-copies-datadir': change('"/var/lib/cmon/"', '"/var/lib/mysql/"', 'path'),
  'lsyncd-copies-back': change('target = "cc2:/etc/"', 'target = "/etc"', '"/etc/"'),
  'lsyncd-deletes-at-start': change('        delete = "running",\n', '', 'sync', {
    fixed: '        delete = "running",\n        rsync = {',
  }),
  'lsyncd-insist-missing': change(',\n    insist = true', '', 'settings', {
    fixed: 'statusInterval = 10,\n    insist = true\n}',
  }),
  'lsyncd-s9s-typo': change('/s9s.conf', '/s9s.cnf', '"--include=/s9s.cnf"', {
    fixed: '"--include=/s9s.conf",',
  }),
  'lsyncd-sync-nested': change('"/etc/cmon.d/"', '"/var/lib/cmon/x/"', 'path'),
};
