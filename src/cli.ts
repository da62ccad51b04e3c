import { isOperatorError } from './core/errors';
import { parseOptions, USAGE, type Options, type Verb } from './cli/args';
import { EXIT, UsageError } from './cli/exitCodes';
import { check } from './cli/verbs/check';
import { plan } from './cli/verbs/plan';
import { render } from './cli/verbs/render';
import { report } from './cli/verbs/report';
import { resume } from './cli/verbs/resume';
import { run } from './cli/verbs/run';
import { runs } from './cli/verbs/runs';
import { status } from './cli/verbs/status';

const TABLE: Readonly<Record<Verb, (options: Options) => Promise<number>>> = {
  check,
  render,
  status,
  plan,
  run,
  runs,
  resume,
  report,
};

async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 0 || argv.includes('--help')) {
    console.log(USAGE);
    return argv.length === 0 ? EXIT.usage : EXIT.done;
  }
  try {
    const options = parseOptions(argv);
    return await TABLE[options.verb](options);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return EXIT.usage;
    }
    if (isOperatorError(error)) {
      const where = error.host === undefined ? '' : `${error.host}: `;
      console.error(`${where}${error.message}\n${error.state}\nNext: ${error.next}`);
      return EXIT.failed;
    }
    throw error;
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(EXIT.failed);
  },
);
