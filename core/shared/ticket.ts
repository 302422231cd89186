import type { TargetFormat } from './files/file-format.ts';

/** Stands for a path that only the main process knows. Opaque, random, valid for one call. */
export type FileTicket = string & { readonly brand: 'FileTicket' };

/**
 * The uses that the open dialog announces. Requests are read immediately; a channel reads its file whenever it sends.
 */
export const SOURCE_KINDS = [
  'files',
  'folders',
  'examine',
  'evidence',
  'requests',
  'revocation',
  'channel',
  'lab',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** The only permitted use of a file: the one that the dialog announced. */
export type FileUse = 'read:import' | `read:${Exclude<SourceKind, 'files' | 'folders'>}` | `write:${TargetFormat}`;

export function sourceUse(kind: SourceKind): FileUse {
  return kind === 'files' || kind === 'folders' ? 'read:import' : `read:${kind}`;
}
