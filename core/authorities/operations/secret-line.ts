import { decodeText } from '../../formats/text/text-encoding.ts';

/** The first line of a text in any encoding that Windows writes, without its line ending; `''` for a binary file. */
export function getFirstLine(bytes: Uint8Array): string {
  const text = decodeText(bytes)?.text ?? '';
  return /^[^\r\n]*/u.exec(text)?.[0] ?? '';
}
