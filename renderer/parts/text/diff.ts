import { diffArrays } from 'diff';

export type DiffLine =
  | { kind: 'same' | 'removed' | 'added'; text: string }
  /** Omitted equal lines. */
  | { kind: 'skipped'; count: number };

/** Equal lines that are shown around a difference. */
const CONTEXT = 3;
/** Removed and added lines together; finding more takes noticeably long. */
const MOST_CHANGES = 2_000;

/**
 * The changes that turn `before` into `after`, line by line, with as few removed and added lines as possible; empty for
 * equal texts, `undefined` for texts too long and too different to be compared quickly.
 */
export function lineDiff(before: string, after: string): DiffLine[] | undefined {
  if (before === after) return [];
  const changes = diffArrays(listLines(before), listLines(after), { maxEditLength: MOST_CHANGES });
  return changes?.flatMap(({ removed, added, value }, place): DiffLine[] => {
    const kind = removed ? 'removed' : added ? 'added' : 'same';
    const lines = value.map((text) => ({ kind, text }) as const);
    if (kind !== 'same') return lines;
    const head = place === 0 ? 0 : CONTEXT;
    const tail = place === changes.length - 1 ? 0 : CONTEXT;
    const count = lines.length - head - tail;
    if (count <= 0) return lines;
    return [...lines.slice(0, head), { kind: 'skipped', count }, ...lines.slice(head + count)];
  });
}

/** Different line ends are a difference that would otherwise be invisible. */
function listLines(text: string): string[] {
  return text.split('\n').map((line) => (line.endsWith('\r') ? `${line.slice(0, -1)}␍` : line));
}
