import { z } from 'zod';
import {
  REVOCATION_GOALS,
  REVOCATION_STEPS,
  type RevocationDocument,
  type RevocationDocumentId,
} from './model/view.ts';
import { instantField } from '../shared/contract/schemas.ts';

const ID = /^[0-9a-f]{16}$/u;
const HASH = /^[0-9a-f]{64}$/u;

/** Maximum number of characters of a stored text. */
export const MOST_REVOCATION_TEXT = 1_000_000;

export function isRevocationDocumentId(text: string): text is RevocationDocumentId {
  return ID.test(text);
}

const index = z.int().min(0);

/** The stored part of a document: the remaining facts about its file are looked up each time. */
export interface StoredRevocation extends Omit<RevocationDocument, 'file'> {
  file?: StoredRevocationFile;
}

export interface StoredRevocationFile {
  /** Absolute, in the operating system's form. */
  path: string;
  /** When it was last read or written. */
  at: RevocationDocument['createdAt'];
  /** SHA-256 of the bytes that were read or written then. */
  sha256: string;
  /** SHA-256 of the text in them: the bytes may begin with a mark, or have another encoding. */
  textSha256: string;
}

/** The file of one document, without the field `schema`. */
export const revocationFile: z.ZodType<StoredRevocation> = z.object({
  id: z.custom<RevocationDocumentId>((id) => typeof id === 'string' && isRevocationDocumentId(id)),
  text: z.string().max(MOST_REVOCATION_TEXT),
  objectIndex: index,
  step: z.enum(REVOCATION_STEPS),
  goal: z.enum(REVOCATION_GOALS).optional(),
  kubeconfig: z.string().optional(),
  createdAt: instantField,
  changedAt: instantField,
  file: z
    .object({
      path: z.string().min(1),
      at: instantField,
      sha256: z.string().regex(HASH),
      textSha256: z.string().regex(HASH),
    })
    .optional(),
});
