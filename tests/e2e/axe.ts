import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Everything that axe checks; its own list of rules, none switched off. */
export async function findingsOf(page: Page): Promise<string[]> {
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
