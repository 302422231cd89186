import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { mainApi } from './main-api.ts';

/** Lists the problems that axe finds on the current page with all rules enabled. */
export async function runAxe(page: Page): Promise<string[]> {
  await waitForTransitions(page);
  const isLoaded = await page.evaluate(() => 'axe' in globalThis);
  const { violations } = await new AxeBuilder({
    page,
    // The script stays in the page, so that each window compiles this half megabyte only once.
    ...(isLoaded && { axeSource: 'undefined' }),
  })
    // The newer mode opens a second page, which Electron does not support.
    .setLegacyMode(true)
    // No test needs the results of checks that found nothing, and computing the path to each element costs as much as
    // checking it.
    .options({ resultTypes: ['violations'], selectors: false })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

/** Checks the page in the light theme, then in the dark theme, which stays on. Open dialogs and menus stay open. */
export async function findingsInBothThemes(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await change(page, { theme });
    findings.push(...(await runAxe(page)).map((finding) => `${theme}: ${finding}`));
  }
  return findings;
}

/**
 * Changes settings without the settings screen, which has its own tests. Resolves when the page has applied the change.
 */
export async function change(
  page: Page,
  { theme, language }: { theme?: 'light' | 'dark'; language?: 'en' | 'ja' },
): Promise<void> {
  const settings = { ...(theme && { theme }), ...(language && { language }) };
  await mainApi(page).settings.change(settings);
  const html = page.locator('html');
  if (theme !== undefined) await expect(html).toHaveAttribute('data-theme', theme);
  if (language !== undefined) await expect(html).toHaveAttribute('lang', language);
}

/** Waits until transitions have ended: the colours between two themes are not designed for contrast. */
export async function waitForTransitions(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = document.getAnimations().map(({ finished }) => finished.catch(() => undefined));
    await Promise.all(ends);
  });
}
