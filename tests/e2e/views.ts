import { translator } from '../../core/shared/text/text.ts';
import { details, expect, rowCount, runByPalette, type Running } from './console.ts';
import { PATIENCE } from './launch.ts';
import { MOST_ROWS_UNREAD } from './screens.ts';

const t = translator('en');

export interface View {
  name: string;
  /** Starts at the view before it in the list, of an English console. */
  open: (running: Running) => Promise<void>;
}

function press(...keys: string[]): View['open'] {
  return async ({ page }) => {
    for (const key of keys) await page.keyboard.press(key);
  };
}

/** Closes an open dialog and types into the palette. */
function search(words: string): View['open'] {
  return async ({ page }) => {
    if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
    await runByPalette(page, words);
  };
}

/** Shows one of the parts of a cluster. */
function openPart(part: 'plan' | 'requests' | 'files' | 'history'): View['open'] {
  return ({ page }) =>
    page
      .getByRole('navigation', { name: t('fleet.tabs') })
      .getByRole('button', { name: new RegExp(`^${t(`fleet.tab.${part}`)}`, 'u') })
      .click();
}

/** Reads a section of the settings. */
function readSettings(section: string): View['open'] {
  return async ({ page }) => {
    const heading = page.getByRole('heading', { name: section, exact: true });
    await heading.evaluate((element) => element.scrollIntoView());
    await expect(heading).toBeInViewport();
  };
}

const NEXT_STEP = press('Control+PageDown');

/** All views that are not in `SCREENS`, in an order in which each can be opened from the one before. */
export const VIEWS: readonly View[] = [
  {
    name: 'credentials',
    open: async ({ page }) => {
      await page.keyboard.press('Control+2');
      await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(MOST_ROWS_UNREAD);
    },
  },
  {
    name: 'details',
    open: async ({ page }) => {
      await page.getByRole('grid').focus();
      for (const key of ['Home', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
      await expect(details(page)).toBeVisible();
    },
  },
  { name: 'details-chain', open: ({ page }) => page.getByRole('tab', { name: t('details.tab.chain') }).click() },
  {
    name: 'cluster-plan',
    open: async (running) => {
      await search('logistics')(running);
      await openPart('plan')(running);
    },
  },
  { name: 'cluster-requests', open: openPart('requests') },
  { name: 'cluster-files', open: openPart('files') },
  { name: 'cluster-history', open: openPart('history') },
  { name: 'timeline', open: press('Control+3') },
  { name: 'power-off', open: press('Control+4') },
  { name: 'maintenance', open: press('Control+5') },
  { name: 'repair', open: press('Control+Shift+D') },
  {
    name: 'repair-cause',
    open: async ({ page }) => {
      await page.getByRole('checkbox', { name: /^sapporo-depot\b/u }).click();
      await page.getByRole('button', { name: t('repair.wizard.to.cause'), exact: true }).click();
      await expect(page.getByRole('article').first()).toContainText('F01', PATIENCE);
    },
  },
  { name: 'update', open: press('Control+Shift+U') },
  { name: 'update-checks', open: NEXT_STEP },
  { name: 'update-plan', open: NEXT_STEP },
  { name: 'revocations', open: press('Control+Shift+R') },
  {
    name: 'revocation-choice',
    open: ({ page }) => page.getByRole('button', { name: t('revocation.goal.lost-kubeconfig') }).click(),
  },
  {
    name: 'revocation-impact',
    open: async ({ page }) => {
      await page.getByRole('grid').getByRole('row').nth(2).click();
      await page.getByRole('button', { name: t('choice.make', { count: 1 }), exact: true }).click();
      await expect(page.getByRole('heading', { name: / may accept the certificate until / })).toBeVisible(PATIENCE);
    },
  },
  { name: 'revocation-save', open: NEXT_STEP },
  { name: 'revocation-recovery', open: NEXT_STEP },
  {
    name: 'revocation-entries',
    open: ({ page }) =>
      page
        .getByRole('navigation', { name: t('revocation.wizard.label') })
        .getByRole('button', { name: t('revocation.wizard.step.entries') })
        .click(),
  },
  { name: 'revocation-goal', open: search(t('command.revocation.create')) },
  { name: 'runs', open: press('Control+Shift+H') },
  { name: 'authorities', open: press('Control+Shift+A') },
  { name: 'authority-form', open: search(t('command.authority.create')) },
  { name: 'import-report', open: search(t('command.report.open')) },
  { name: 'knowledge', open: press('Control+Shift+K') },
  { name: 'article', open: search('F07') },
  {
    name: 'command-checker',
    open: async (running) => {
      await search(t('command.knowledge.check'))(running);
      await running.page.keyboard.type('Update-AksHciClusterCertificates -name logistics -fixKubeletCredential');
    },
  },
  { name: 'audit', open: search(t('command.audit.open')) },
  { name: 'settings', open: press('Control+,') },
  { name: 'settings-notifications', open: readSettings(t('watch.title')) },
  { name: 'settings-clusters', open: readSettings(t('field.clusters')) },
  { name: 'palette', open: press('Control+K') },
  { name: 'shortcuts', open: press('Escape', 'F1') },
  { name: 'about', open: search(t('command.about.open')) },
];
