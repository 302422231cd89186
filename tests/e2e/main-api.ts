import type { Page } from '@playwright/test';
import { connect } from '../../renderer/connect.ts';
import type { Api } from '../../renderer/parts/window/api.ts';

/** Returns an API that calls methods of main from the page, without the screens. */
export function mainApi(page: Page): Omit<Api, 'on'> {
  return connect({
    call: (method, argument) =>
      page.evaluate(({ method, argument }) => window.arcwarden.call(method, argument), { method, argument }),
    listen: () => () => undefined,
  });
}
