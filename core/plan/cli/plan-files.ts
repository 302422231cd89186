import type { Plan } from '../model/plan.ts';
import { PLAN_FILE_FORMATS, type PlanFileFormat } from '../model/file-format.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { findPlanFormat, writePlanFile } from '../export/file.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { badValue, STANDARD_INPUT } from '../../shared/verb/values.ts';

/**
 * Returns the format that the file extension in `--out` requests, if any. Throws a `UsageError` for other extensions.
 */
export function findFormat({ line, translate }: Invocation): PlanFileFormat | undefined {
  const { out } = line.values;
  if (out === undefined) return undefined;
  const format = findPlanFormat(out);
  if (format !== undefined) return format;
  const ends = PLAN_FILE_FORMATS.map((each) => `.${each}`).join(', ');
  throw badValue('--out', out, translate('update.usage.out', { ends }));
}

export async function writePlan(
  { line, world, ports, translate, translateFile, language }: Invocation,
  plan: Plan,
  format: PlanFileFormat | undefined,
): Promise<void> {
  if (line.values.out === undefined || format === undefined) return;
  const path = world.absolute(line.values.out);
  await writePlanFile(ports, plan, { path, format, wording: { language, translate: translateFile } });
  world.notice(translate('cli.file.written', { path }));
}

export const MOST_LOG_BYTES = 64 * 1024 * 1024;

/**
 * Reads a file or, for `-`, standard input. Returns `undefined` if the content is not text. Throws `file.not-found` or
 * `file.too-large`.
 */
export async function readInput(
  { ports, world }: Invocation,
  { word, path, maxBytes }: { word: string; path: string; maxBytes: number },
): Promise<string | undefined> {
  return decodeText(word === STANDARD_INPUT ? await world.input() : await ports.files.read(path, maxBytes))?.text;
}

/** Reads texts in the order of the arguments. Throws `file.not-readable`, or the errors of `readInput`. */
export async function readTexts(invocation: Invocation, maxBytes: number): Promise<{ text: string; path: string }[]> {
  const { words, paths } = invocation;
  const texts: { text: string; path: string }[] = [];
  for (const [index, word] of words.entries()) {
    const path = word === STANDARD_INPUT ? word : (paths[index] ?? '');
    const text = await readInput(invocation, { word, path, maxBytes });
    if (text === undefined) throw new ConsoleError('file.not-readable', { path });
    texts.push({ text, path });
  }
  return texts;
}
