import type { MessageKey } from '../text/text.ts';

/** Ends a run with exit code 2 and one sentence, the catalogue text `key` with `params`. */
export class UsageError extends Error {
  readonly key: UsageKey;
  readonly params: Record<string, string>;

  constructor(key: UsageKey, params: Record<string, string> = {}) {
    super(key);
    this.name = 'UsageError';
    this.key = key;
    this.params = params;
  }
}

type UsageKey = MessageKey & `cli.usage.${string}`;

export const EXIT = { fine: 0, attention: 1, usage: 2, internal: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
