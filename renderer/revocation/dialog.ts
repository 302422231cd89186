export type RevocationDialog =
  | { kind: 'paste' }
  /** `theirs` is the current content of the file. */
  | { kind: 'compare'; theirs: string }
  | { kind: 'overwrite' }
  /** The text cannot be saved, and the document is about to be closed. */
  | { kind: 'unkept' };
