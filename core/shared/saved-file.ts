/** A file that was written. */
export interface SavedFile {
  /** Without its folder. */
  name: string;
  bytes: number;
  sha256: string;
}
