import type { TargetFormat } from './file-format.ts';

/** Stands for a path known only to the main process. Opaque, random, good for one call. */
export type FileTicket = string & { readonly brand: 'FileTicket' };

/** The uses that the open dialog announces. Requests are read now; a channel reads its file whenever it sends. */
export const SOURCE_KINDS = ['files', 'folders', 'evidence', 'requests', 'revocation', 'channel'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** The only allowed use of a file: the one that the dialog announced. */
export type FileUse = 'read:import' | `read:${Exclude<SourceKind, 'files' | 'folders'>}` | `write:${TargetFormat}`;

export function sourceUse(kind: SourceKind): FileUse {
  return kind === 'files' || kind === 'folders' ? 'read:import' : `read:${kind}`;
}
