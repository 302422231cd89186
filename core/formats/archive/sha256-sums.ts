/* Lists of SHA-256 hashes in the format of `sha256sum`: hash in lower-case hex, two spaces, name, line feed. */

export interface Sum {
  name: string;
  sha256: string;
}

/** Names contain no folders and no characters that need escaping, so every file is in the folder of the list. */
const LINE = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9._-]*)$/u;

export function writeSums(sums: readonly Sum[]): string {
  return [...sums]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join('');
}

type SumsReading = { ok: true; sums: Map<string, string> } | { ok: false; line: number };

/** Returns the hashes by name. If a line is malformed or repeats a name, returns the first such line instead. */
export function readSums(text: string): SumsReading {
  const sums = new Map<string, string>();
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [at, line] of lines.entries()) {
    const [, sha256, name] = LINE.exec(line) ?? [];
    if (sha256 === undefined || name === undefined || sums.has(name)) return { ok: false, line: at + 1 };
    sums.set(name, sha256);
  }
  return { ok: true, sums };
}
