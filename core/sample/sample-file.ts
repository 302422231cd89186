/** A file of a sample fleet. */
export interface SampleFile {
  /** Below the folder of the sample, with `/` between the parts. */
  path: string;
  content: string;
  /** What everybody may read; the others hold a key or a token. */
  isPublic: boolean;
}

export function publicFile(path: string, content: string): SampleFile {
  return { path, content, isPublic: true };
}

export function secretFile(path: string, content: string): SampleFile {
  return { path, content, isPublic: false };
}
