import type { Invocation } from './invocation.ts';
import { EXIT, type ExitCode } from './usage.ts';

/** Prints a document or, with a final newline, its text for people. Returns exit code 0. */
export function answer({ line, world }: Invocation, document: unknown, text: string | (() => string)): ExitCode {
  if (line.json) world.json(document);
  else {
    const words = typeof text === 'string' ? text : text();
    if (words !== '') world.out(`${words}\n`);
  }
  return EXIT.fine;
}
