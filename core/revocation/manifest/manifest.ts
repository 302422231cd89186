import { ConsoleError } from '../../shared/problem.ts';
import { writeUndo } from './writer.ts';
import { isUnderstood } from '../model/view.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import type { JudgedText } from '../judged-text.ts';

declare const CONFIRMED: unique symbol;

/**
 * A text that may be saved: without errors that nobody can accept, and with its consequences confirmed. Only
 * `buildManifest` makes one.
 */
export interface Manifest {
  readonly [CONFIRMED]: true;
  readonly text: string;
  /** Names the objects, for `kubectl delete -f`. */
  readonly undo: string;
  readonly objects: readonly RenewRevocation[];
}

/**
 * The manifest of a judged text, byte for byte. `revocation.not-sound`; `revocation.not-understood` when its
 * consequences were not confirmed.
 */
export function buildManifest({ text, judgement, objects }: JudgedText, understood: string | undefined): Manifest {
  if (!judgement.isSound) throw new ConsoleError('revocation.not-sound', {});
  const { guard } = judgement;
  if (!isUnderstood(guard, understood))
    throw new ConsoleError('revocation.not-understood', { phrase: guard.phrase ?? '' });
  const undo = writeUndo(judgement.objects.map(({ draft }) => draft));
  return { text, undo, objects } satisfies Omit<Manifest, symbol> as Manifest;
}
