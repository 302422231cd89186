import { STANDARD_INPUT } from '../../shared/verb/values.ts';
import { UsageError } from '../../shared/verb/usage.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import { findOtherReaders } from '../model/file-mode.ts';

/** The file has one line, so a larger file is a mistake. */
const MAX_BYTES = 64 * 1024;

/**
 * Reads the first line of a file (any Windows encoding) or of standard input (`-`). Warns of other readers. Throws
 * `file.*`.
 */
export async function firstLine({ ports, world, translate }: Invocation, file: string): Promise<string> {
  if (file === STANDARD_INPUT) return getFirstLine(await world.input());
  const path = world.absolute(file);
  const bytes = await ports.files.read(path, MAX_BYTES);
  const others = findOtherReaders((await ports.files.facts(path)).mode);
  if (others !== undefined) world.notice(translate('cli.secret-file.readable', { path, ...others }));
  return getFirstLine(bytes);
}

/** Asks at the terminal without echoing the input; `undefined` without a terminal. */
export async function askHidden({ world }: Invocation, questions: readonly string[]): Promise<string[] | undefined> {
  if (world.ask === undefined) return undefined;
  const answers = await world.ask(questions);
  if (answers === undefined) throw new UsageError('cli.usage.cancelled');
  return answers;
}

/** Returns `''` for a binary file. */
function getFirstLine(bytes: Uint8Array): string {
  const text = decodeText(bytes)?.text ?? '';
  return /^[^\r\n]*/u.exec(text)?.[0] ?? '';
}
