// An operator's power hook as docs/hooks.md asks for it, over the lab's switch.
import { Lab } from '../lab';
import { isHostName } from '../site';

async function main(): Promise<number> {
  const { CCHA_WHEN: when, CCHA_HOST: host } = process.env;
  if (!isHostName(host)) return 2;
  const lab = Lab.current();
  if (when === 'power-off') await lab.powerOff(host, 'hard');
  return (await lab.initOf(host)) === undefined ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
