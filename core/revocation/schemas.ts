import { z } from 'zod';
import { REVOCATION_GOALS, REVOCATION_STEPS, type RevocationDocumentId } from './model/view.ts';
import { instantField } from '../shared/contract/schemas.ts';

const ID = /^[0-9a-f]{16}$/u;
const HASH = /^[0-9a-f]{64}$/u;

/** In characters. */
export const MOST_REVOCATION_TEXT = 1_000_000;

export function isRevocationDocumentId(text: string): text is RevocationDocumentId {
  return ID.test(text);
}

const index = z.int().min(0);

export const revocationFile = z.object({
  id: z.custom<RevocationDocumentId>((id) => typeof id === 'string' && isRevocationDocumentId(id)),
  text: z.string().max(MOST_REVOCATION_TEXT),
  objectIndex: index,
  step: z.enum(REVOCATION_STEPS),
  /** Absent if the document was created from a file or pasted text. */
  goal: z.enum(REVOCATION_GOALS).optional(),
  /** Kubeconfig in the commands; if absent, kubectl's default file. */
  kubeconfig: z.string().optional(),
  createdAt: instantField,
  changedAt: instantField,
  file: z
    .object({
      /** Absolute path in the form of the operating system. */
      path: z.string().min(1),
      /** Time at which the file was last read or written. */
      at: instantField,
      /** Hash of the file's bytes at that time, in lower-case hex. */
      sha256: z.string().regex(HASH),
      /** Hash of the decoded text. The bytes may have another encoding or begin with a byte order mark. */
      textSha256: z.string().regex(HASH),
    })
    .optional(),
});
export type StoredRevocation = z.infer<typeof revocationFile>;
export type StoredRevocationFile = NonNullable<StoredRevocation['file']>;
