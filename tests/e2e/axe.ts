import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { mainApi } from './main-api.ts';

/** Everything that axe finds wrong as the page is; its own list of rules, none switched off. */
export async function findingsOf(page: Page): Promise<string[]> {
  await atRest(page);
  const isLoaded = await page.evaluate(() => 'axe' in globalThis);
  const { violations } = await new AxeBuilder({
    page,
    // It stays in the page: half a megabyte is read, compiled and made fast once a window.
    ...(isLoaded && { axeSource: 'undefined' }),
  })
    // Electron has no second target to run axe in, which the newer mode needs.
    .setLegacyMode(true)
    // Of what is as it should be nothing is read here, and a path to each element costs as much as looking at it.
    .options({ resultTypes: ['violations'], selectors: false })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

/** The same of the page in the light theme, then in the dark one, which it keeps. Whatever is open stays so. */
export async function findingsInBothThemes(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await change(page, { theme });
    findings.push(...(await findingsOf(page)).map((finding) => `${theme}: ${finding}`));
  }
  return findings;
}

/** Past the settings, which have tests of their own; the page is as it was told when this ends. */
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

/** A colour on its way from one theme to the other is none that anybody chose. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = document.getAnimations().map(({ finished }) => finished.catch(() => undefined));
    await Promise.all(ends);
  });
}
