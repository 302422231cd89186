export type DiffLine =
  | { kind: 'same' | 'removed' | 'added'; text: string }
  /** Equal lines that are left out. */
  | { kind: 'skipped'; count: number };

/** Equal lines that are shown around a difference. */
const CONTEXT = 3;
/** Lines of one text times lines of the other, beyond what they have in common at both ends. */
const MOST_COMPARED = 4_000_000;

/**
 * What makes `after` of `before`, line by line, with as few removed and added lines as possible; empty for equal texts,
 * `undefined` for texts that are too long and too different to be compared in a moment.
 */
export function lineDiff(before: string, after: string): DiffLine[] | undefined {
  if (before === after) return [];
  const [old, new_] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(old.length, new_.length);
  let head = 0;
  while (head < shorter && old[head] === new_[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === new_.at(-1 - tail)) tail += 1;
  const removed = old.slice(head, old.length - tail);
  const added = new_.slice(head, new_.length - tail);
  if (removed.length * added.length > MOST_COMPARED) return undefined;
  return shortened([
    ...old.slice(0, head).map(same),
    ...changes(removed, added),
    ...old.slice(old.length - tail).map(same),
  ]);
}

type ShownLine = Exclude<DiffLine, { kind: 'skipped' }>;

function same(text: string): ShownLine {
  return { kind: 'same', text };
}

/** Line ends that differ are a difference that nobody sees otherwise. */
function linesOf(text: string): string[] {
  return text.split('\n').map((line) => (line.endsWith('\r') ? `${line.slice(0, -1)}␍` : line));
}

/** By the longest common subsequence. */
function changes(removed: readonly string[], added: readonly string[]): ShownLine[] {
  const width = added.length + 1;
  const lengths = new Uint32Array((removed.length + 1) * width);
  const at = (one: number, other: number): number => lengths[one * width + other] ?? 0;
  for (let one = removed.length - 1; one >= 0; one -= 1)
    for (let other = added.length - 1; other >= 0; other -= 1)
      lengths[one * width + other] =
        removed[one] === added[other] ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1));
  const lines: ShownLine[] = [];
  let [one, other] = [0, 0];
  while (one < removed.length || other < added.length) {
    const [old, new_] = [removed[one], added[other]];
    if (old !== undefined && old === new_) {
      lines.push(same(old));
      one += 1;
      other += 1;
    } else if (old !== undefined && (new_ === undefined || at(one + 1, other) >= at(one, other + 1))) {
      lines.push({ kind: 'removed', text: old });
      one += 1;
    } else {
      lines.push({ kind: 'added', text: new_ ?? '' });
      other += 1;
    }
  }
  return lines;
}

function shortened(lines: readonly ShownLine[]): DiffLine[] {
  const isNear = lines.map(() => false);
  lines.forEach(({ kind }, place) => {
    if (kind !== 'same') isNear.fill(true, Math.max(0, place - CONTEXT), place + CONTEXT + 1);
  });
  const shown: DiffLine[] = [];
  lines.forEach((line, place) => {
    const last = shown.at(-1);
    if (isNear[place] === true) shown.push(line);
    else if (last?.kind === 'skipped') last.count += 1;
    else shown.push({ kind: 'skipped', count: 1 });
  });
  return shown;
}
