import { systemCode } from '../node/system-error.ts';
import { processEnvironment } from './process-environment.ts';
import { runCli } from './run.ts';
import { EXIT } from './usage.ts';

/**
 * A reader such as `head` may stop before everything is printed, and a terminal may be closed (`EIO`). What is left to
 * print is nobody's then, and what the verb writes to files is still finished.
 */
function isReaderGone(error: unknown): boolean {
  // Windows has `EOF` as well; the last one is Node's, for what is written after the first failure.
  return ['EPIPE', 'EIO', 'EOF', 'ERR_STREAM_DESTROYED'].includes(systemCode(error));
}

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (!isReaderGone(error)) throw error;
  });

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
