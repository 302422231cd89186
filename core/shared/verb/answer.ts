import type { Invocation } from './invocation.ts';
import { EXIT, type ExitCode } from './usage.ts';

/** Prints one document for programs, or the same in words for people, with a newline after them. All is well then. */
export function answer({ line, world }: Invocation, document: unknown, text: string | (() => string)): ExitCode {
  if (line.json) world.json(document);
  else {
    const words = typeof text === 'string' ? text : text();
    if (words !== '') world.out(`${words}\n`);
  }
  return EXIT.fine;
}
