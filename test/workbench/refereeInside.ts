// Runs inside the lab: watches the invariants from `watching` until its standard input ends, then prints its verdict.
// Each line of standard input names a host that may become the writer; `permitted` answers it.
import { createInterface } from 'node:readline';
import { Referee } from '../lab/referee/referee';

async function watch(): Promise<void> {
  const referee = await Referee.watch();
  console.log('watching');
  let writer: string | undefined;
  for await (const host of createInterface({ input: process.stdin })) {
    await referee.permit(host);
    writer = host;
    console.log(`permitted ${host}`);
  }
  console.log(JSON.stringify(await referee.finish(writer)));
}

watch().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
