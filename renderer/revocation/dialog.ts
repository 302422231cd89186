/** What is asked over the screen. */
export type RevocationDialog =
  | { kind: 'paste' }
  /** With what the file holds now. */
  | { kind: 'compare'; theirs: string }
  /** Another program has changed the file that would be written. */
  | { kind: 'overwrite' }
  /** The text cannot be kept, and the document is to be closed. */
  | { kind: 'unkept' };
