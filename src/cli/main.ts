import { isOperatorError } from '../core/errors';
import { parseOptions, type Options, type Verb } from './args';
import { EXIT, UsageError } from './exitCodes';
import { operatorErrorText } from './text';
import { USAGE, usageOf } from './usage';
import { check } from './verbs/check';
import { drill } from './verbs/drill';
import { compare } from './verbs/compare';
import { plan } from './verbs/plan';
import { render } from './verbs/render';
import { report } from './verbs/report';
import { resume } from './verbs/resume';
import { run } from './verbs/run';
import { runs } from './verbs/runs';
import { status } from './verbs/status';

const TABLE: Readonly<Record<Verb, (options: Options) => Promise<number>>> = {
  check,
  render,
  compare,
  diff: compare,
  status,
  plan,
  run,
  runs,
  resume,
  report,
  drill,
};

/** One call of the command line; its exit code. What is no fault of a host or of the words is thrown. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  if (argv.length === 0 || argv.includes('--help')) {
    console.log(USAGE);
    return argv.length === 0 ? EXIT.usage : EXIT.done;
  }
  try {
    const options = parseOptions(argv);
    return await TABLE[options.verb](options);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${usageOf(argv.find((word) => !word.startsWith('-')))}`);
      return EXIT.usage;
    }
    if (isOperatorError(error)) {
      console.error(operatorErrorText(error));
      return EXIT.failed;
    }
    throw error;
  }
}
