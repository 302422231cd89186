import { createProgress, runCommand } from './command.mjs';
import { HELP } from './help.mjs';
import { SET_UP_STEPS, setUp } from './machine/setup.mjs';
import { TestRun, vitestStep } from './test-run.mjs';

await runCommand(import.meta.url, HELP.docs, async () => {
  await setUp({ need: [], progress: createProgress(SET_UP_STEPS) });
  const testRun = new TestRun();
  await testRun.run(vitestStep('pages of docs/cli', ['--project=unit', 'tests/core/cli/command-page', '--update']));
  return testRun.close(false);
});
