// Runs inside the lab: watches the invariants from `watching` until its standard input ends, then prints its verdict.
// Argument: the host that may become the writer.
import { Referee } from '../lab/referee/referee';

async function watch(target: string): Promise<void> {
  const referee = await Referee.watch();
  await referee.permit(target);
  console.log('watching');
  process.stdin.resume();
  await new Promise<void>((resolve) => process.stdin.once('end', resolve));
  console.log(JSON.stringify(await referee.finish(target)));
}

watch(process.argv[2] ?? '').then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
