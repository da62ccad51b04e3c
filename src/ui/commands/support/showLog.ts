import type { Ui } from '../ui';

export function showLog(ui: Ui): Promise<void> {
  ui.log.show();
  return Promise.resolve();
}
