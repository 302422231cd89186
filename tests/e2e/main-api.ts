import type { Page } from '@playwright/test';
import { connect } from '../../renderer/connect.ts';
import type { Api } from '../../renderer/parts/window/api.ts';

/** The methods of main without the screens, called from the page as its own code calls them. */
export function mainApi(page: Page): Omit<Api, 'on'> {
  return connect({
    call: (method, argument) =>
      page.evaluate(({ method, argument }) => window.arcwarden.call(method, argument), { method, argument }),
    listen: () => () => undefined,
  });
}
