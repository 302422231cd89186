/*
 * Lists of SHA-256 hashes as `sha256sum` writes and checks them: the hash in lower-case hex, two spaces, a name, a line
 * feed.
 */

export interface Sum {
  name: string;
  /** Lower-case hex. */
  sha256: string;
}

/** File names without folders: no entry leads elsewhere, and no tool has to escape one. */
const LINE = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9._-]*)$/u;

/** Sorted by name. */
export function writeSums(sums: readonly Sum[]): string {
  return [...sums]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join('');
}

type SumsReading = { ok: true; sums: Map<string, string> } | { ok: false; line: number };

/** Reads the hashes by name. If a line has another form or repeats a name, returns the first such line instead. */
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
