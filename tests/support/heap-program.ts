/**
 * Imports a folder as the main process of the console does, keeps the console open, and writes a heap snapshot.
 * Arguments: the folder, the data folder, a file with an administrator's text, the snapshot file, and a mark that the
 * snapshot must contain.
 */
import { readFileSync } from 'node:fs';
import { writeHeapSnapshot } from 'node:v8';
import { processEnvironment } from '../../core/cli/process-environment.ts';
import { createConsole, type Console } from '../../core/console/console.ts';
import { openConsoleData } from '../../core/console/data.ts';
import { CATALOGUE_LOADERS } from '../../core/console/catalogues/catalogues.ts';
import { loadLanguages, provideCatalogues, translator } from '../../core/shared/text/text.ts';
import { memoryClaims } from './claims.ts';

const [folder = '', dataFolder = '', pasted = '', snapshot = '', mark = ''] = process.argv.slice(2);
const kept: { console?: Console; mark?: string; answers?: unknown[] } = {};
(globalThis as Record<string, unknown>)['kept'] = kept;

async function main(): Promise<void> {
  provideCatalogues(CATALOGUE_LOADERS);
  await loadLanguages(['en']);
  const notice = (): void => undefined;
  const ports = processEnvironment().ports({ now: undefined, dataFolder, translate: translator('en'), notice });
  const data = await openConsoleData(ports, dataFolder, memoryClaims());
  const console = createConsole({
    ...data,
    ports,
    announce: notice,
    dataFolder,
    systemLanguage: 'en',
    claim: () => Promise.reject(new Error('nothing is run')),
  });
  kept.console = console;
  // In the second round, every file is already known.
  for (let round = 0; round < 2; round += 1) {
    const result = await console.importPaths([folder]);
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    const { filesRead, added, unchanged, findings } = result.value;
    process.stdout.write(`${filesRead} ${added.length} ${unchanged.length} ${findings.length}\n`);
  }
  kept.answers = await askAbout(console, pasted);
  // The mark lies beyond the part of a string that a snapshot contains by default.
  kept.mark = `${'x'.repeat(3_000)}${mark}`.slice(10);
  writeHeapSnapshot(snapshot);
}

/** Asks in a separate function, so that the question is out of scope when the snapshot is taken. */
async function askAbout({ api }: Console, file: string): Promise<unknown[]> {
  const asked = { texts: [readFileSync(file, 'utf8')], answers: {}, clusters: [], failures: [] };
  return [await api.repair.diagnose(asked), await api.repair.plan(asked)];
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(String((error as Error).stack));
    process.exit(1);
  },
);
