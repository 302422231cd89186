interface JsonEnd {
  /** Index of the last line. */
  line: number;
  /** First line of each object in an outermost array, relative to the start. */
  entries: number[];
}

/**
 * Finds the end of the object or array that begins on a line by counting brackets; `undefined` if it does not end
 * within `mostLines` or if something follows on its last line.
 */
export function jsonEnd(lines: readonly string[], from: number, mostLines: number): JsonEnd | undefined {
  let depth = 0;
  let isInText = false;
  const entries: number[] = [];
  for (let line = from; line < Math.min(lines.length, from + mostLines); line += 1) {
    const text = lines[line] ?? '';
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at];
      if (isInText) {
        if (character === '\\') at += 1;
        else if (character === '"') isInText = false;
      } else if (character === '"') isInText = true;
      else if (character === '{' || character === '[') {
        if (depth === 1 && character === '{') entries.push(line - from);
        depth += 1;
      } else if (character === '}' || character === ']') {
        depth -= 1;
        if (depth === 0) return text.slice(at + 1).trim() === '' ? { line, entries } : undefined;
      }
    }
    // A JSON string never spans lines.
    if (isInText) return undefined;
  }
  return undefined;
}
