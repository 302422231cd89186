import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { createProgress, runCommand } from './command.mjs';
import { HELP } from './help.mjs';
import { SET_UP_STEPS, setUp, whatWindowsNeed } from './machine/setup.mjs';
import { OUT, ROOT } from './paths.mjs';
import { TestRun } from './test-run.mjs';
import { runEndToEndTests } from './test.mjs';

const FOLDER = join(OUT, 'screenshots');

await runCommand(import.meta.url, HELP.screenshots, async () => {
  await setUp({ need: ['test', ...whatWindowsNeed()], progress: createProgress(SET_UP_STEPS) });
  rmSync(FOLDER, { recursive: true, force: true });
  process.env['ARCWARDEN_SCREENSHOTS'] = FOLDER;
  const testRun = new TestRun();
  await runEndToEndTests(testRun, ['tests/e2e/screens.test.ts', 'tests/e2e/tutorial.test.ts']);
  console.log(`\nThe pictures are in ${relative(ROOT, FOLDER)}.`);
  return testRun.close(false);
});
