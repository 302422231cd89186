import { expect, type Locator, type Page } from '@playwright/test';

/** More presses than any screen has tab stops. */
const MOST_PRESSES = 250;

/** Presses Tab until the element has focus. */
export async function tabTo(target: Locator): Promise<void> {
  const page = target.page();
  for (let presses = 0; presses < MOST_PRESSES;) {
    // Queries the focus rarely, because a query costs more than a key press. The locator may find a different element
    // each time.
    const ahead = await target.evaluate(holdFocus);
    if (ahead === 0) {
      await page.evaluate(() => dispatchEvent(new Event('focus-reached')));
      return;
    }
    presses += ahead;
    for (let press = 0; press < ahead; press += 1) await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(target)}`);
}

/**
 * Prevents Tab from leaving the element from now on; runs in the page. Returns roughly how many presses reach the
 * element; 0 only if the element has focus.
 */
function holdFocus(element: Element): number {
  const ended = new AbortController();
  const { signal } = ended;
  dispatchEvent(new Event('focus-reached'));
  addEventListener('focus-reached', () => ended.abort(), { signal });
  const hold = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab' || document.activeElement !== element) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('keydown', hold, { capture: true, signal });
  const focus = document.activeElement ?? document.body;
  if (focus === element) return 0;
  const stops = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]')];
  const isAfter = (one: Element, other: Element): boolean =>
    (other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const passed = stops.filter((stop) => {
    if (stop === element || stop === focus || stop.tabIndex < 0 || stop.matches(':disabled')) return false;
    // Tab moves from the last stop to the first.
    const [past, short] = [isAfter(stop, focus), isAfter(element, stop)];
    return isAfter(element, focus) ? past && short : past || short;
  });
  return Math.min(passed.length + 1, 40);
}

/** Uses the keyboard shortcut to answer a run's question as soon as the primary button is enabled. */
export async function answerByShortcut(page: Page): Promise<void> {
  const answer = page.locator('.run-footer span.primary').getByRole('button');
  await expect(answer).toBeEnabled({ timeout: 120_000 });
  const key = await page.locator('.run-footer kbd').innerText();
  await page.keyboard.press(key.replace('Ctrl', 'Control'));
}
