import { ROOT } from '../../build';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';

describe('a new inventory from hosts', () => {
  const session = useSession();

  it('leaves open, with the reason, what hosts do not tell', async () => {
    const workbench = await session.open({ folder: copyFixture('empty', session.scratch), extension: ROOT });
    await workbench.command('ClusterControl HA: New Inventory from Hosts…');
    const prompt = (text: string) => workbench.quickInput.getByText(text).first().waitFor();
    await prompt('The first controller');
    // Nothing listens there: refused at once.
    await workbench.input('cc1 127.0.0.11');
    await prompt('The second controller');
    await workbench.input('cc1 127.0.0.12');
    await prompt('This is cc1 already');
    await workbench.input('cc2 127.0.0.12');
    await prompt('The Prometheus host');
    await workbench.input('prom 127.0.0.13');
    const line = (text: string) => workbench.page.locator('.view-line', { hasText: text }).first().waitFor();
    await line('Read from running hosts');
    await line('TODO');
    await workbench.page.getByText('What the hosts did not tell is marked TODO').first().waitFor();
    await workbench.screenshot('new-inventory-from-hosts');
    await workbench.close();
  });
});
