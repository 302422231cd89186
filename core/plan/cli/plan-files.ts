import type { Plan } from '../model/plan.ts';
import { PLAN_FILE_FORMATS, type PlanFileFormat } from '../model/file-format.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { findPlanFormat, writePlanFile } from '../export/file.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { badValue } from '../../shared/verb/values.ts';

/* Files from which repair and update plans are read, and to which they are written. */

const STANDARD_INPUT = '-';

/**
 * The format that `--out` asks for; `undefined` without it. `UsageError` for an ending in which no plan can be written.
 */
export function findFormat({ line, translate }: Invocation): PlanFileFormat | undefined {
  const { out } = line.values;
  if (out === undefined) return undefined;
  const format = findPlanFormat(out);
  if (format !== undefined) return format;
  const ends = PLAN_FILE_FORMATS.map((each) => `.${each}`).join(', ');
  throw badValue('--out', out, translate('update.usage.out', { ends }));
}

/** Writes the plan where `--out` says, and reports where that is; does nothing without it. */
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

/**
 * Pasted texts, in the order in which they are named; `-` is standard input. `file.not-found`, `file.not-readable`,
 * `file.too-large`.
 */
export async function toTexts(
  { words, paths, ports, world }: Invocation,
  maxBytes: number,
): Promise<{ text: string; path: string }[]> {
  const texts: { text: string; path: string }[] = [];
  for (const [index, word] of words.entries()) {
    const isInput = word === STANDARD_INPUT;
    const path = isInput ? STANDARD_INPUT : (paths[index] ?? '');
    const bytes = isInput ? await world.input() : await ports.files.read(path, maxBytes);
    const decoded = decodeText(bytes);
    if (decoded === undefined) throw new ConsoleError('file.not-readable', { path });
    texts.push({ text: decoded.text, path });
  }
  return texts;
}
