import { examineConfigFile } from '../core/configFiles/examine';
import type { ConfigFileExaminer } from '../ui/services';

/** The core's rules on configuration files as the user interface asks for them. Loaded on first use. */
export const configFileExaminer: ConfigFileExaminer = {
  examine: (file, path, text, beside) => examineConfigFile(file, text, path, beside) ?? [],
};
