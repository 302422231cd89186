import { ConsoleError } from '../../shared/problem.ts';
import { isUnderstood } from '../model/view.ts';
import type { Evaluation } from '../evaluation.ts';

declare const CONFIRMED: unique symbol;

/**
 * Text that may be saved: all its errors are acceptable, and its consequences are confirmed. Only `buildManifest`
 * creates it.
 */
export interface Manifest extends Evaluation {
  readonly [CONFIRMED]: true;
  readonly undo: string;
}

/**
 * Returns the judged text, byte for byte, as a manifest. Throws `revocation.not-sound`, or `revocation.not-understood`
 * if its consequences are not confirmed.
 */
export function buildManifest(evaluation: Evaluation, understood: string | undefined): Manifest {
  const { isSound, guard, undo } = evaluation.judgement;
  if (!isSound) throw new ConsoleError('revocation.not-sound', {});
  if (!isUnderstood(guard, understood))
    throw new ConsoleError('revocation.not-understood', { phrase: guard.phrase ?? '' });
  return { ...evaluation, undo } satisfies Omit<Manifest, symbol> as Manifest;
}
