import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { mainApi } from './main-api.ts';
import { EXECUTABLE } from './prepared.ts';

const CLOSING_MS = 60_000;
/** Outside Playwright’s own browsers, waits time out after 30 seconds by default. */
export const PATIENCE = { timeout: 120_000 };
/** Index of the button “Quit” in the question that appears if a console is closed during a run. */
const QUIT = 1;

export interface Running {
  application: ElectronApplication;
  page: Page;
}

export function launch(dataFolder: string, ...options: string[]): Promise<ElectronApplication> {
  return launchIn({}, dataFolder, ...options);
}

/**
 * Starts a console with these environment variables, and shows the credentials, because most tests need them. Only
 * `fleet.test.ts` needs the view that a new console shows.
 */
export async function startIn(
  environment: Readonly<Record<string, string>>,
  dataFolder: string,
  ...options: string[]
): Promise<Running> {
  const application = await launchIn(environment, dataFolder, ...options);
  const page = await application.firstWindow(PATIENCE);
  await ready(page);
  await showCredentials(page);
  return { application, page };
}

async function launchIn(
  environment: Readonly<Record<string, string>>,
  dataFolder: string,
  ...options: string[]
): Promise<ElectronApplication> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const application = await _electron.launch({
    executablePath: EXECUTABLE,
    args: [
      ...asRoot,
      // A virtual display has no graphics processor: Electron's first attempt to use one fails, and a frame may be
      // lost.
      '--disable-gpu',
      // No test checks transitions, so no test needs to wait for them.
      '--force-prefers-reduced-motion',
      ...['--lang=en-US', '--data', dataFolder, ...options],
    ],
    env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', ...environment },
    ...PATIENCE,
  });
  application.context().setDefaultTimeout(PATIENCE.timeout);
  return application;
}

/** Waits until the board, or the empty state, has been painted. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true', PATIENCE);
}

/** Shows the credentials, now and after the next start: the page saves its choice only later. */
export async function showCredentials(page: Page): Promise<void> {
  await mainApi(page).settings.change({ expiryView: 'credentials' });
  await page.keyboard.press('Control+2');
}

/** Ends a console and any run in it. Does nothing if the console has already ended. */
export async function close(application: ElectronApplication): Promise<void> {
  const late = setTimeout(() => application.process().kill('SIGKILL'), CLOSING_MS);
  const answered = application.evaluate(({ dialog }, response) => {
    dialog.showMessageBox = () => Promise.resolve({ response, checkboxChecked: false });
  }, QUIT);
  await answered.catch(() => undefined);
  await application.close();
  clearTimeout(late);
}
