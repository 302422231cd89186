import type { Page } from '@playwright/test';
import { COMMAND_IDS, COMMAND_TABLE } from '../../core/shared/commands.ts';
import { translator } from '../../core/shared/text/text.ts';
import { expect, runByPalette, test } from './console.ts';
import { PATIENCE } from './launch.ts';

const t = translator('en');
const PASSPHRASE = 'a passphrase of five words';

function button(page: Page, name: string) {
  return page.getByRole('main').getByRole('button', { name, exact: true });
}

/** Counts the presses from now on; typing text is not counted. */
function countKeys(page: Page): { count: number } {
  const keys = { count: 0 };
  const { keyboard } = page;
  const press = keyboard.press.bind(keyboard);
  keyboard.press = async (key, options) => {
    keys.count += 1;
    await press(key, options);
  };
  return keys;
}

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

  test('five keys lead from the fleet to the run of a repair, without a Tab', async ({ shared }) => {
    const { page } = shared;
    const keys = countKeys(page);
    await runByPalette(page, 'repair sapporo-depot');
    await expect(page.getByRole('list', { name: t('repair.plan.causes') })).toContainText('F01', PATIENCE);
    await expect(button(page, t('repair.wizard.to.run'))).toBeEnabled(PATIENCE);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: t('run.begin') })).toBeVisible(PATIENCE);
    await page.keyboard.press('Control+PageUp');
    await page.keyboard.press('Control+PageDown');
    await expect(page.getByRole('heading', { name: t('run.begin') })).toBeVisible();
    expect(keys.count).toBeLessThanOrEqual(5);
  });

  test('five keys lead from the fleet to the run of an update, without a Tab', async ({ shared }) => {
    const { page } = shared;
    const keys = countKeys(page);
    await page.keyboard.press('Control+Shift+U');
    for (const step of ['choose', 'preflight', 'plan', 'export'] as const) {
      await expect(button(page, t(`update.wizard.next.${step}`))).toBeEnabled(PATIENCE);
      await page.keyboard.press('Control+Enter');
    }
    await expect(page.getByRole('heading', { name: t('run.begin') })).toBeVisible(PATIENCE);
    expect(keys.count).toBeLessThanOrEqual(5);
  });

  test('a card has one button for all of its sources, and the keyboard passes no other', async ({ shared }) => {
    const { page } = shared;
    await runByPalette(page, 'threshold');
    const heading = page.getByRole('heading', { name: t('thresholds.title') });
    await expect(heading).toBeFocused();
    const section = page.getByRole('region', { name: t('thresholds.title') });
    await section.getByText(t('thresholds.advanced')).click();
    const marks = section.locator('button[aria-haspopup="dialog"]');
    expect(await marks.count()).toBeGreaterThan(5);
    const reached = section.locator('button[aria-haspopup="dialog"][tabindex="0"]');
    await expect(reached).toHaveCount(1);
    await reached.focus();
    await page.keyboard.press('Enter');
    const sources = page.getByRole('dialog', { name: t('certainty.all-named', { name: t('thresholds.title') }) });
    await expect(sources.getByRole('listitem').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(reached).toBeFocused();
  });
});

test('an authority is created by keyboard alone, with Ctrl+Enter at the end', async ({ start }) => {
  const { page } = await start();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const keys = countKeys(page);
  await runByPalette(page, 'create a CA');
  const dialog = page.getByRole('dialog', { name: t('command.authority.create').replace('…', '') });
  await expect(dialog.getByRole('textbox').first()).toBeFocused();
  await page.keyboard.insertText('practice');
  await page.keyboard.press('Control+Enter');
  const passphrase = dialog.getByLabel('Passphrase', { exact: true });
  await expect(passphrase).toBeFocused();
  await page.keyboard.insertText(PASSPHRASE);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(PASSPHRASE);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden(PATIENCE);
  await expect(page.getByRole('tree')).toBeFocused();
  expect(keys.count).toBeLessThanOrEqual(5);
});
