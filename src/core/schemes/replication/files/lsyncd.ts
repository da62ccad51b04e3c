import { pathsOf } from '../paths';
import type { ReplicationController, ReplicationSite } from '../site';
import { header } from './header';
import { luaQuote } from './quoting';

/** What differs between the variants of the documentation, and the hardened profile. */
interface Style {
  readonly insist: boolean;
  readonly verbose: boolean;
  /** `--delete` among rsync's own options, as the documentation's RHEL variant has it. */
  readonly extraDelete: boolean;
  readonly compressFiles: boolean;
  /** lsyncd's `delete`; undefined: its default, which also deletes at start. */
  readonly deletes: 'running' | undefined;
  /** Leaves out a folder that isn't there: lsyncd would end at once, with nothing synced (measured). */
  readonly skipsMissing: boolean;
}

const HARDENED: Style = {
  insist: true,
  verbose: false,
  extraDelete: false,
  compressFiles: true,
  deletes: 'running',
  skipsMissing: true,
};
const DOCUMENTED = {
  debian: {
    insist: false,
    verbose: false,
    extraDelete: false,
    compressFiles: false,
    deletes: undefined,
    skipsMissing: false,
  },
  rhel: {
    insist: true,
    verbose: true,
    extraDelete: true,
    compressFiles: true,
    deletes: undefined,
    skipsMissing: false,
  },
} as const satisfies Record<string, Style>;

const HARDENED_CHANGES = [
  'nothing is deleted at start: a stale host that starts lsyncd by mistake cannot wipe newer files',
  'a target that is away is tried again (insist) instead of ending lsyncd for good',
  'a folder that is not there is left out instead of ending lsyncd',
];

/** lsyncd's configuration of one controller: towards the other one. It runs on the primary only. */
export function lsyncdConf(site: ReplicationSite, controller: ReplicationController): string {
  const style = site.profile === 'hardened' ? HARDENED : DOCUMENTED[controller.os];
  const peer = site.controllers[0].name === controller.name ? site.controllers[1] : site.controllers[0];
  const { user } = peer.ssh;
  const login = user === undefined || user === 'root' ? '' : `${user}@`;
  const target = `${login}${peer.name}:`;
  const changes = site.profile === 'hardened' ? HARDENED_CHANGES : [];
  return `${header(site, '--', `lsyncd on ${controller.name}`, changes)}
${settings(controller, style)}
${directories(site, style, target, login !== '')}
${fileGroups(site.sync.files)
  .map(([folder, names]) => files(folder, names, style, target, login !== ''))
  .join('\n')}`;
}

function settings(controller: ReplicationController, { insist }: Style): string {
  const { lsyncdLog, lsyncdStatus } = pathsOf(controller.os);
  const lines = [
    `logfile = ${luaQuote(lsyncdLog)}`,
    `statusFile = ${luaQuote(lsyncdStatus)}`,
    'statusInterval = 10',
    ...(insist ? ['insist = true'] : []),
  ];
  return `settings {\n${lines.map((line) => `    ${line}`).join(',\n')}\n}\n`;
}

function directories(site: ReplicationSite, style: Style, target: string, sudo: boolean): string {
  const paths = site.sync.directories.map((path) => `    ${luaQuote(path)}`).join(',\n');
  const list = style.skipsMissing ? 'present(sync_dirs)' : 'sync_dirs';
  return `local sync_dirs = {\n${paths}\n}
${style.skipsMissing ? PRESENT : ''}
for _, path in ipairs(${list}) do
    sync {
        default.rsync,
        source = path, -- with its trailing slash: the contents
        target = ${luaQuote(target)} .. path,
${deletes(style, '        ')}        rsync = {
${rsync({ ...style, compressFiles: true }, sudo, style.extraDelete ? ['--delete'] : [], '            ')}
        }
    }
end
`;
}

const PRESENT = `
local function present(paths)
    local found = {}
    for _, path in ipairs(paths) do
        local folder = io.open(path)
        if folder then
            folder:close()
            found[#found + 1] = path
        end
    end
    return found
end
`;

function files(
  folder: string,
  names: readonly string[],
  style: Style,
  target: string,
  sudo: boolean,
): string {
  const extra = [
    ...names.map((name) => `--include=/${name}`),
    '--exclude=*',
    ...(style.extraDelete ? ['--delete'] : []),
  ];
  return `-- Single files in ${folder}
sync {
    default.rsync,
    source = ${luaQuote(folder)},
    target = ${luaQuote(`${target}${folder}`)},
${deletes(style, '    ')}    rsync = {
${rsync(style, sudo, extra, '        ')}
    }
}
`;
}

function deletes(style: Style, indent: string): string {
  return style.deletes === undefined ? '' : `${indent}delete = ${luaQuote(style.deletes)},\n`;
}

function rsync(style: Style, sudo: boolean, extra: readonly string[], indent: string): string {
  const lines = [
    'archive = true',
    ...(style.compressFiles ? ['compress = true'] : []),
    ...(style.verbose ? ['verbose = true'] : []),
    ...(sudo ? ['rsync_path = "sudo rsync"'] : []),
    ...(extra.length === 0
      ? []
      : [`_extra = {\n${extra.map((option) => `${indent}    ${luaQuote(option)}`).join(',\n')}\n${indent}}`]),
  ];
  return lines.map((line) => `${indent}${line}`).join(',\n');
}

/** Files by their folder: lsyncd watches folders. */
function fileGroups(paths: readonly string[]): [folder: string, names: string[]][] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const cut = path.lastIndexOf('/') + 1;
    const folder = path.slice(0, cut);
    groups.set(folder, [...(groups.get(folder) ?? []), path.slice(cut)]);
  }
  return [...groups];
}
