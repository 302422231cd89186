import { processEnvironment } from './process-environment.ts';
import { runCli } from './run.ts';
import { EXIT } from './usage.ts';

runCli(process.argv.slice(2), processEnvironment()).then(
  (code) => {
    // Not process.exit: standard output may still be draining into a pipe.
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`arcwarden: ${error instanceof Error ? error.name : 'failure'} before the command began\n`);
    process.exitCode = EXIT.internal;
  },
);
