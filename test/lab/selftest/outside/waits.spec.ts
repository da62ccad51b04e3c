// Not a test of its own: capsule.test.ts runs this in a lab and kills the runner.
import { Lab } from '../../lab';

describe('a run that will be killed', () => {
  it('waits', async function () {
    this.timeout(0);
    await Lab.current().mustConsole('cc1', 'true');
    process.stdout.write('waiting for the end\n');
    await new Promise((resolve) => setTimeout(resolve, 2 ** 30));
  });
});
