export type RevocationDialog =
  | { kind: 'paste' }
  /** `theirs`: the current content of the file. */
  | { kind: 'compare'; theirs: string }
  /** Another program has changed the file that would be written. */
  | { kind: 'overwrite' }
  /** The text cannot be saved, and the document is about to close. */
  | { kind: 'unkept' };
