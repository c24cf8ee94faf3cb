import { expectGrowing } from './stats';
import { expect, test } from './test';

test('a call to 911 reaches the emergency desk, marked for everybody', async ({ people }) => {
  const olga = await people.operator('olga');
  const psap = await people.caller('psap');
  const dana = await people.caller('dana');
  await dana.call('911');
  await dana.expectStatus('Emergency: finding an interpreter');
  const row = olga.table('Live calls').getByRole('row', { name: /Dana Reyes/ });
  await expect(row).toContainText('Emergency');

  const ines = await people.interpreter('ines');
  await ines.goAvailable();
  await expect(ines.offer).toContainText('Emergency call');
  await ines.accept();
  await expect(ines.page.getByText('Emergency call to 911')).toBeVisible();
  await ines.dial();
  await psap.answer();
  await dana.expectStatus('Connected');
  await expectGrowing(psap.page, ['audio']);
  await expect(row).toContainText('relaying');

  await psap.hangUp();
  await dana.expectStatus('The other person has hung up');
  await dana.hangUp();
  await dana.expectStatus('Call ended');
});
