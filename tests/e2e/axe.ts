import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { mainApi } from './main-api.ts';

/** All problems that axe finds on the current page, with its own list of rules, none of them disabled. */
export async function findingsOf(page: Page): Promise<string[]> {
  await atRest(page);
  const isLoaded = await page.evaluate(() => 'axe' in globalThis);
  const { violations } = await new AxeBuilder({
    page,
    // It stays in the page: half a megabyte is read, compiled and optimised only once per window.
    ...(isLoaded && { axeSource: 'undefined' }),
  })
    // Electron has no second target to run axe in, which the newer mode needs.
    .setLegacyMode(true)
    // Results without problems are not used here, and computing a path to each element costs as much as checking it.
    .options({ resultTypes: ['violations'], selectors: false })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

/** The same for the page in the light theme, then in the dark one, which stays active. Whatever is open stays open. */
export async function findingsInBothThemes(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await change(page, { theme });
    findings.push(...(await findingsOf(page)).map((finding) => `${theme}: ${finding}`));
  }
  return findings;
}

/** Bypasses the settings, which have tests of their own; the page has applied the change when this resolves. */
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

/** Waits for transitions: a colour in between two themes was not chosen by anybody. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = document.getAnimations().map(({ finished }) => finished.catch(() => undefined));
    await Promise.all(ends);
  });
}
