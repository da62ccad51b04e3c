import { inventoryJsonSchema } from '../../src/core/inventory/jsonSchema';
import { goldenText } from './goldenText';

describe('the JSON Schema that ships', () => {
  it('is what the inventory is read with (UPDATE_GOLDEN=1 writes it)', () => {
    goldenText(
      '../../../media/clustercontrol.schema.json',
      `${JSON.stringify(inventoryJsonSchema(), null, 2)}\n`,
    );
  });
});
