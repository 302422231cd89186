import { diffArrays } from 'diff';

export type DiffLine =
  | { kind: 'same' | 'removed' | 'added'; text: string }
  /** Equal lines that are omitted. */
  | { kind: 'skipped'; count: number };

/** Number of equal lines shown around a difference. */
const CONTEXT = 3;
/** Comparing texts with more removed and added lines than this is noticeably slow. */
const MOST_CHANGES = 2_000;

/**
 * Returns the difference with the fewest changed lines; empty for equal texts, `undefined` for texts that are too long
 * and too different to compare quickly.
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

function listLines(text: string): string[] {
  return text.split('\n').map((line) => (line.endsWith('\r') ? `${line.slice(0, -1)}␍` : line));
}
