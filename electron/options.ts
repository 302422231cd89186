import { isAbsolute, resolve } from 'node:path';

/** All paths are absolute. */
export interface StartOptions {
  dataFolder?: string;
  importPaths: string[];
  /** A file for a picture of the board; the console exits once the picture is written. */
  captureFile?: string;
  /** The console was started with the system and opens no window. */
  hidden?: true;
}

const MOST_PATHS = 10_000;

/** Returns the files from a second start's `StartOptions`; empty for anything else. */
export async function parseHandover(given: unknown): Promise<string[]> {
  // Imported late, so that no window waits for zod.
  const { z } = await import('zod');
  const absolutePath = z.string().max(32_767).refine(isAbsolute);
  const second = z.strictObject({
    dataFolder: absolutePath.optional(),
    importPaths: z.array(absolutePath).max(MOST_PATHS),
    captureFile: absolutePath.optional(),
    hidden: z.literal(true).optional(),
  });
  const { data } = second.safeParse(given);
  return data?.importPaths ?? [];
}

/**
 * Reads the options of a start, and ignores those of Chromium and Electron. `--import` takes all words up to the next
 * option. Relative paths start from `folder`.
 */
export function startOptions(words: readonly string[], folder: string): StartOptions {
  const options: StartOptions = { importPaths: [] };
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  let collecting = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [, name = word, inline] = /^([^=]*)=(.*)$/su.exec(word) ?? [];
    if (!word.startsWith('--')) {
      if (collecting) options.importPaths.push(absolute(word));
      continue;
    }
    collecting = false;
    if (name === '--import') {
      collecting = true;
      if (inline !== undefined) options.importPaths.push(absolute(inline));
    } else if (name === '--hidden') {
      options.hidden = true;
    } else if (name === '--data' || name === '--capture') {
      const path = inline ?? words[++index];
      if (path !== undefined) options[name === '--data' ? 'dataFolder' : 'captureFile'] = absolute(path);
    }
  }
  return options;
}
