export interface MadeFile {
  /** Relative to the sample, with `/` as the separator. */
  path: string;
  content: string;
  /** Whether the file contains neither a key nor a token. */
  isPublic: boolean;
}

export function publicFile(path: string, content: string): MadeFile {
  return { path, content, isPublic: true };
}

export function secretFile(path: string, content: string): MadeFile {
  return { path, content, isPublic: false };
}
