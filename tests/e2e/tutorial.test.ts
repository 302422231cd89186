import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../build/paths.mjs';
import { translator } from '../../core/shared/text/text.ts';
import { change, waitForTransitions } from './axe.ts';
import { answerSaveDialog, expect, runByPalette, test, type Running } from './console.ts';
import { PATIENCE } from './launch.ts';
import { openFleet, resize, SIZES, takePicture, waitForFrames } from './screens.ts';

/* Follows docs/tutorial.md with the mouse. `npm run screenshots` also draws its pictures. */

const FOLDER = join(ROOT, 'docs/images');
const IS_DRAWN = process.env['ARCWARDEN_SCREENSHOTS'] !== undefined;
const t = translator('en');

test.use({ content: 'fleet' });

async function draw(running: Running, name: string): Promise<void> {
  const [size] = SIZES;
  if (!IS_DRAWN || size === undefined) return;
  const { application, page } = running;
  await page.mouse.move(0, 0);
  await resize(running, size);
  for (const [language, end] of [
    ['ja', '-ja'],
    ['en', ''],
  ] as const) {
    await change(page, { language, theme: 'light' });
    await waitForTransitions(page);
    await waitForFrames(page);
    writeFileSync(join(FOLDER, `${name}${end}.png`), await takePicture(application), 'base64');
  }
}

test('an admin follows the tutorial from the fleet to a channel', async ({ start, folder }) => {
  const running = await start();
  const { application, page } = running;
  const main = page.getByRole('main');
  const button = (name: string) => main.getByRole('button', { name, exact: true }).first();
  const visit = (name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).click();

  // Who is down?
  await openFleet(running);
  await expect(button(t('action.repair', { cluster: 'sapporo-depot' }))).toBeVisible();
  await draw(running, 'console');

  // Plan the repair.
  await button(t('action.repair', { cluster: 'sapporo-depot' })).click();
  await expect(page.getByRole('list', { name: t('repair.plan.causes') })).toContainText('F01', PATIENCE);
  await draw(running, 'tutorial-plan');

  // A laptop is lost.
  await visit(t('navigation.revocation'));
  await page
    .getByRole('button', { name: t('revocation.goal.lost-kubeconfig') })
    .first()
    .click();
  const choices = page.getByRole('grid', { name: t('choice.list.lost-kubeconfig'), exact: true });
  await choices.getByRole('row').filter({ hasText: 'osaka-plant' }).first().click();
  await button(t('choice.make', { count: 1 })).click();
  await expect(button(t('revocation.wizard.next.impact'))).toBeVisible();
  await draw(running, 'tutorial-revocation');
  await button(t('revocation.wizard.next.impact')).click();
  const manifest = join(folder, 'lost-laptop.yaml');
  await answerSaveDialog(application, manifest);
  await button(t('revocation.save.save')).click();
  await expect(page.getByText(t('revocation.save.saved', { name: basename(manifest) }))).toBeVisible();

  // Plan the update.
  await visit(t('navigation.update'));
  await main.getByRole('checkbox', { name: 'osaka-plant', exact: true }).click();
  await button(t('update.wizard.next.choose')).click();
  await expect(main.getByRole('heading', { level: 2 })).toContainText(/\d/u);
  await draw(running, 'tutorial-update');
  await button(t('update.wizard.next.preflight')).click();
  await expect(main.getByRole('list', { name: t('steps.steps') })).toBeVisible(PATIENCE);

  // Who is told?
  await runByPalette(page, 'notifications');
  await page.getByRole('button', { name: t('watch.add') }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await draw(running, 'tutorial-notifications');
});
