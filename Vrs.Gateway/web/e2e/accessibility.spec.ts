import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test';

async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const found = violations.map(v => `${v.id}: ${v.help} (${v.nodes.map(node => node.target.join(' ')).join(', ')})`);
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}

async function expectFits(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const tooWide = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > window.innerWidth;
    const past = [...document.querySelectorAll('*')].filter(
      e => e.getBoundingClientRect().right > window.innerWidth + 1,
    );
    return wide ? past.map(e => `${e.tagName}.${e.className} ends at ${e.getBoundingClientRect().right}`) : [];
  });
  expect(tooWide, `${what} at 360 pixels`).toEqual([]);
  if (before !== null) {
    await page.setViewportSize(before);
  }
}

test('every page passes axe in light and dark, and fits 360 pixels', async ({ people, page, server }) => {
  await page.goto(server.url);
  await expect(page.getByRole('button', { name: /dana/ })).toBeVisible();
  await expectAccessible(page, 'sign-in');
  await expectFits(page, 'sign-in');

  const olga = await people.operator('olga');
  const hana = await people.caller('hana');
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  for (const [what, person] of Object.entries({ caller: dana, interpreter: ines, phone: hana, operations: olga })) {
    await expectAccessible(person.page, what);
    await expectFits(person.page, what);
  }

  await dana.button('Ask for an interpreter').click();
  await expect(dana.page.getByLabel('How long shall we wait?')).toBeVisible();
  await expectAccessible(dana.page, 'caller with the preference form');
  await expectFits(dana.page, 'caller with the preference form');
  await dana.button('Save').click();
  await expect(dana.page.getByRole('alert').first()).toBeVisible();
  await expectAccessible(dana.page, 'preference form with what is wrong');
  await dana.button('Cancel').click();

  await ines.goAvailable();
  await dana.call('+15550201');
  await expect(ines.offer).toBeVisible();
  await expectAccessible(dana.page, 'caller waiting');
  await expectAccessible(ines.page, 'interpreter with an offer');
  await ines.accept();
  await dana.expectStatus('Ines Marchetti is here');
  await ines.dial();
  await expect(hana.button('Answer')).toBeVisible();
  await expectAccessible(hana.page, 'phone ringing');
  await hana.answer();
  await dana.expectStatus('Connected');
  for (const [what, person] of Object.entries({ caller: dana, interpreter: ines, phone: hana, operations: olga })) {
    await expectAccessible(person.page, `${what} in a call`);
    await expectFits(person.page, `${what} in a call`);
  }

  // By keyboard alone: to the trail, and to what one person did.
  await olga.page.getByRole('link', { name: 'Audit trail' }).press('Enter');
  await olga.page.getByLabel('Who (account)').focus();
  await olga.page.keyboard.type('ines');
  await olga.page.keyboard.press('Enter');
  await expect(olga.page.getByRole('region', { name: 'Events' })).toContainText('Call: offer accepted');
  await expect(olga.page.getByRole('row', { name: /dana/ })).toHaveCount(0);
  await expectAccessible(olga.page, 'audit trail');
  await expectFits(olga.page, 'audit trail');
});

test('a call is made and answered with the keyboard alone', async ({ people }) => {
  const ines = await people.interpreter('ines');
  const dana = await people.caller('dana');
  await ines.goAvailable();
  await dana.page.locator('body').press('1');
  await dana.page.keyboard.type('5550201');
  await dana.page.keyboard.press('Enter');
  await ines.accept();
  await dana.expectStatus('Ines Marchetti is here');
});
