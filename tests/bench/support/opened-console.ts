import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export interface OpenedConsole {
  application: ElectronApplication;
  page: Page;
  /**
   * Milliseconds from the start of the process until the first rows are drawn, and until all are counted and sorted.
   */
  first: number;
  all: number;
}

/** Starts the console on a data folder with `rows` credentials, and waits until it has counted and sorted them all. */
export async function openConsole(executablePath: string, folder: string, rows: number): Promise<OpenedConsole> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const application = await _electron.launch({ executablePath, args: [...asRoot, '--lang=en-US', '--data', folder] });
  const page = await application.firstWindow();
  const moments = await page.evaluate(
    (count) =>
      new Promise<{ first: number; all: number }>((done) => {
        let first = 0;
        const look = (): void => {
          if (document.documentElement.dataset['ready'] === 'true') first ||= Date.now();
          const shown = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
          if (first > 0 && (count === 0 || shown === String(count + 1))) done({ first, all: Date.now() });
          else requestAnimationFrame(look);
        };
        look();
      }),
    rows,
  );
  const startedAt = await application.evaluate(() => process.getCreationTime() ?? 0);
  return { application, page, first: moments.first - startedAt, all: moments.all - startedAt };
}
