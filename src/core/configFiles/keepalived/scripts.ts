import type { Block, KeepalivedDocument } from './document';
import { globalsOf, instancesOf, linesOf } from './instance';
import type { Word } from './words';

const NOTIFY = [
  'notify',
  'notify_master',
  'notify_backup',
  'notify_fault',
  'notify_stop',
  'notify_deleted',
  'notify_master_rx_lower_pri',
];

/** Every line that names a program which keepalived runs. */
export function scriptLines(document: KeepalivedDocument): readonly Block[] {
  return [
    ...linesOf(document.root, 'vrrp_script').flatMap((block) => linesOf(block, 'script')),
    ...[...instancesOf(document), ...linesOf(document.root, 'vrrp_sync_group')].flatMap((block) =>
      linesOf(block, ...NOTIFY),
    ),
  ];
}

/** `enable_script_security`, where it stands. */
export function securityWord(document: KeepalivedDocument): Word | undefined {
  return linesOf(globalsOf(document), 'enable_script_security')[0]?.words[0];
}

export function hasScriptUser(document: KeepalivedDocument): boolean {
  return linesOf(globalsOf(document), 'script_user').length > 0;
}
