import { endUnread } from './cli/attended';
import { EXIT } from './cli/exitCodes';
import { runCommandLine } from './cli/main';

endUnread();
runCommandLine(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(EXIT.failed);
  },
);
