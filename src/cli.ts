import { EXIT } from './cli/exitCodes';
import { runCommandLine } from './cli/main';

runCommandLine(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(EXIT.failed);
  },
);
