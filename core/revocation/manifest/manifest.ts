import { ConsoleError } from '../../shared/problem.ts';
import type { LintedDraft } from '../../shared/renew-revocation/draft.ts';
import { writeRevocation, writeUndo, type WriteOptions } from './writer.ts';
import { isUnderstood, type Guard } from '../model/view.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { hexOf } from '../../formats/der/hex.ts';
import type { Ports } from '../../shared/ports.ts';
import type { JudgedText } from '../judged-text.ts';

declare const CONFIRMED: unique symbol;

/**
 * A text that may be saved: without an error that nobody can take upon himself, and its consequences named. Only the functions
 * here make one.
 */
export interface Manifest {
  readonly [CONFIRMED]: true;
  readonly text: string;
  /** Names the objects, for `kubectl delete -f`. */
  readonly undo: string;
  readonly objects: readonly RenewRevocation[];
}

/** The manifest of a draft. `revocation.not-understood` when its consequences were not typed. */
export function manifestOf(
  linted: LintedDraft,
  guard: Guard,
  { understood, ...options }: WriteOptions & { understood?: string },
): Manifest {
  const { object } = linted;
  return confirmed(guard, understood, {
    text: writeRevocation(linted, options),
    undo: writeUndo([{ name: object.name, namespace: object.namespace }]),
    objects: [object],
  });
}

/**
 * The manifest that a judged text is, byte for byte. `revocation.not-sound`; `revocation.not-understood` when its consequences
 * were not typed.
 */
export function manifestOfText({ text, judgement, objects }: JudgedText, understood: string | undefined): Manifest {
  if (!judgement.isSound) throw new ConsoleError('revocation.not-sound', {});
  const undo = writeUndo(judgement.objects.map(({ draft }) => draft));
  return confirmed(judgement.guard, understood, { text, undo, objects });
}

/** SHA-256 of the text of a manifest, in lower-case hex. */
export function manifestSha256({ text }: Pick<Manifest, 'text'>, { sha256 }: Pick<Ports['crypto'], 'sha256'>): string {
  return hexOf(sha256(new TextEncoder().encode(text)));
}

function confirmed(guard: Guard, understood: string | undefined, made: Omit<Manifest, symbol>): Manifest {
  if (!isUnderstood(guard, understood))
    throw new ConsoleError('revocation.not-understood', { phrase: guard.phrase ?? '' });
  return made as Manifest;
}
