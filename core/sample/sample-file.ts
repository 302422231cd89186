export interface SampleFile {
  /** Relative to the sample, with `/`. */
  path: string;
  content: string;
  /** Others hold a key or a token. */
  isPublic: boolean;
}

export function publicFile(path: string, content: string): SampleFile {
  return { path, content, isPublic: true };
}

export function secretFile(path: string, content: string): SampleFile {
  return { path, content, isPublic: false };
}
