const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Keys of lsyncd 2.2.3, from its own lists (`checkgauge`): it ends with 255 for any other. */
export const SETTINGS_KEYS = words(
  'logfile pidfile nodaemon statusFile statusInterval logfacility logident insist inotifyMode maxProcesses maxDelays',
);

const ANY_SYNC =
  words(`action checkgauge collect delay exitcodes init maxDelays maxProcesses onAttrib onCreate onModify onDelete
  onStartup onMove prepare source target`);
const RSYNC_SYNC = words('delete exclude excludeFrom filter filterFrom rsync');
const SSH_SYNC = words('host targetdir sshExitCodes rsyncExitCodes ssh');

/** Keys of a sync by its layer. */
export const SYNC_KEYS: Readonly<Record<string, readonly string[]>> = {
  'default.rsync': [...ANY_SYNC, ...RSYNC_SYNC],
  'default.rsyncssh': [...ANY_SYNC, ...RSYNC_SYNC, ...SSH_SYNC],
  'default.direct': [...ANY_SYNC, ...RSYNC_SYNC, 'rsyncExitCodes'],
};

export const RSYNC_KEYS =
  words(`acls append append_verify archive backup backup_dir binary bwlimit checksum chown chmod compress
  copy_dirlinks copy_links cvs_exclude dry_run executability existing group groupmap hard_links ignore_times inplace ipv4 ipv6
  keep_dirlinks links one_file_system omit_dir_times omit_link_times owner password_file perms protect_args prune_empty_dirs quiet
  rsh rsync_path sparse suffix temp_dir timeout times update usermap verbose whole_file xattrs _extra`);
