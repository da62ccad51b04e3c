import { endUnread } from './cli/attended';
import { EXIT } from './cli/exitCodes';
import { faultText } from './cli/fault';
import { runCommandLine } from './cli/main';

endUnread();
runCommandLine(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(faultText(error, process.env));
    process.exit(EXIT.failed);
  },
);
