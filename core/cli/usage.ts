/** Ends a run with exit code 2 and one sentence; `key` and `params` are looked up in the catalogues. */
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

export type UsageKey =
  | 'cli.usage.unknown-verb'
  | 'cli.usage.unknown-option'
  | 'cli.usage.missing-value'
  | 'cli.usage.bad-value'
  | 'cli.usage.missing-paths'
  | 'cli.usage.missing-cluster'
  | 'cli.usage.one-format';

export const EXIT = { fine: 0, attention: 1, usage: 2, internal: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
