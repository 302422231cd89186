import { diffArrays } from 'diff';

export type DiffLine =
  | { kind: 'same' | 'removed' | 'added'; text: string }
  /** Equal lines that are left out. */
  | { kind: 'skipped'; count: number };

/** Equal lines that are shown around a difference. */
const CONTEXT = 3;
/** Removed and added lines together; more take longer than a moment to find. */
const MOST_CHANGES = 2_000;

/**
 * What makes `after` of `before`, line by line, with as few removed and added lines as possible; empty for equal texts,
 * `undefined` for texts that are too long and too different to be compared in a moment.
 */
export function lineDiff(before: string, after: string): DiffLine[] | undefined {
  if (before === after) return [];
  const changes = diffArrays(linesOf(before), linesOf(after), { maxEditLength: MOST_CHANGES });
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

/** Line ends that differ are a difference that nobody sees otherwise. */
function linesOf(text: string): string[] {
  return text.split('\n').map((line) => (line.endsWith('\r') ? `${line.slice(0, -1)}␍` : line));
}
