import type { Page } from '@playwright/test';
import { COMMAND_IDS, COMMAND_TABLE } from '../../core/shared/commands.ts';
import { translator } from '../../core/shared/text/text.ts';
import { expect, runByPalette, test } from './console.ts';

const t = translator('en');

/** Waits until an element of the content, not of the frame around it, has the focus. */
async function expectFocusInContent(page: Page, how: string): Promise<void> {
  const focused = page.locator('#content :focus');
  await expect(focused, how).toHaveCount(1);
  // The focus stays: nothing takes it back as a dialog closes or a screen is loaded.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  await expect(focused, how).toHaveCount(1);
  const isPlace = await focused.evaluate((element) => element.matches('h1, h2, input, textarea, [role]'));
  expect(isPlace, `${how}: ${await focused.evaluate(({ outerHTML }) => outerHTML.slice(0, 120))}`).toBe(true);
}

test.describe('with the demo fleet', () => {
  test.use({ content: 'fleet' });

  test('the focus moves to the content after every shortcut, click on the rail and choice in the palette', async ({
    shared,
  }) => {
    const { page } = shared;
    const rail = page.getByRole('navigation', { name: t('navigation.label') });
    const leave = async (): Promise<void> => {
      await page.keyboard.press('Control+,');
      await rail.getByRole('button').first().focus();
    };
    for (const id of COMMAND_IDS) {
      const { shortcut, screen } = COMMAND_TABLE[id];
      if (screen === undefined && !id.startsWith('view.')) continue;
      if (id.startsWith('sample.') || id.endsWith('.create')) continue;
      if (shortcut !== undefined) {
        await leave();
        await page.keyboard.press(shortcut.replace('Ctrl', 'Control'));
        await expectFocusInContent(page, `${id} by ${shortcut}`);
      }
      await leave();
      await runByPalette(page, t(`command.${id}`));
      await expectFocusInContent(page, `${id} in the palette`);
    }
    for (const button of await rail.getByRole('button').all()) {
      await button.click();
      await expectFocusInContent(page, `${(await button.innerText()) || 'rail'} on the rail`);
    }
  });
});
