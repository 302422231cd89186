import { ConsoleError } from '../domain/problem.ts';
import type { LintedDraft } from '../domain/revocation-draft.ts';
import { writeRevocation, writeUndo } from '../formats/revocation-writer.ts';
import type { WriteOptions } from '../formats/revocation-writer.ts';
import { isUnderstood } from '../domain/revocation-view.ts';
import type { Guard } from '../domain/revocation-view.ts';

declare const CONFIRMED: unique symbol;

/** A text that may be saved: of a linted draft, whose consequences somebody has named. Only `manifestOf` makes one. */
export interface Manifest {
  readonly [CONFIRMED]: true;
  readonly text: string;
  /** Names the object, for `kubectl delete -f`. */
  readonly undo: string;
}

/** The manifest of a draft. `revocation.not-understood` when its consequences were not typed. */
export function manifestOf(
  linted: LintedDraft,
  guard: Guard,
  { understood, ...options }: WriteOptions & { understood?: string },
): Manifest {
  if (!isUnderstood(guard, understood))
    throw new ConsoleError('revocation.not-understood', { phrase: guard.phrase ?? '' });
  const made: Omit<Manifest, symbol> = {
    text: writeRevocation(linted, options),
    undo: writeUndo([{ name: linted.object.name, namespace: linted.object.namespace }]),
  };
  return made as Manifest;
}
