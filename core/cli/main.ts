import { CATALOGUE_LOADERS } from '../console/catalogues/catalogues.ts';
import { systemCode } from '../node/system-error.ts';
import { provideCatalogues } from '../shared/text/text.ts';
import { processEnvironment } from './process-environment.ts';
import { runCli, tellFailedOutput } from './run.ts';
import { EXIT } from '../shared/verb/usage.ts';

/**
 * Returns whether the reader of the output is gone: `head` may stop early, and a terminal may be closed (`EIO`). The
 * verb still finishes writing its files.
 */
function isReaderGone(error: unknown): boolean {
  // `EOF` is a code of Windows, the last code is Node's for output after the first failure.
  return ['EPIPE', 'EIO', 'EOF', 'ERR_STREAM_DESTROYED'].includes(systemCode(error));
}

const STREAMS = [process.stdout, process.stderr];

/** The first failure of each stream, such as a full disk; the verb continues regardless. */
const failures = new Map<NodeJS.WriteStream, string>();
for (const stream of STREAMS)
  stream.on('error', (error: Error) => {
    if (!isReaderGone(error) && !failures.has(stream)) failures.set(stream, systemCode(error) || error.name);
  });

async function main(): Promise<number> {
  const argv = process.argv.slice(2);
  const environment = processEnvironment();
  provideCatalogues(CATALOGUE_LOADERS);
  const code = await runCli(argv, environment);
  // A failure is known only once everything is written: immediately for a file, and for a pipe as soon as it has room.
  await new Promise(setImmediate);
  for (const stream of STREAMS) if (stream.writableLength > 0) await new Promise((done) => stream.write('', done));
  const reason = failures.get(process.stdout);
  if (reason !== undefined) await tellFailedOutput(argv, environment, reason);
  return failures.size > 0 ? EXIT.internal : code;
}

main().then(
  (code) => {
    // process.exit would cut off output that is still draining into a pipe.
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`arcwarden: ${error instanceof Error ? error.name : 'failure'} before the command began\n`);
    process.exitCode = EXIT.internal;
  },
);
