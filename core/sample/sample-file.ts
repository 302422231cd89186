/** A file of a sample fleet. */
export interface SampleFile {
  /** Relative to the sample's folder, parts separated by `/`. */
  path: string;
  content: string;
  /** Readable by everyone; the others hold a key or a token. */
  isPublic: boolean;
}

export function publicFile(path: string, content: string): SampleFile {
  return { path, content, isPublic: true };
}

export function secretFile(path: string, content: string): SampleFile {
  return { path, content, isPublic: false };
}
