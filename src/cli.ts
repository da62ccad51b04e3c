import { endUnread } from './cli/attended';
import { EXIT } from './cli/exitCodes';
import { faultText } from './cli/fault';
import { runCommandLine } from './cli/main';

function endFaulty(error: unknown): never {
  console.error(faultText(error, process.env));
  process.exit(EXIT.failed);
}

endUnread();
process.on('uncaughtException', endFaulty);
runCommandLine(process.argv.slice(2)).then((code) => process.exit(code), endFaulty);
