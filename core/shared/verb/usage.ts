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
  | 'cli.usage.renamed-verb'
  | 'cli.usage.unknown-option'
  | 'cli.usage.missing-value'
  | 'cli.usage.bad-value'
  | 'cli.usage.open-quote'
  | 'cli.usage.no-standard-output'
  | 'cli.usage.one-output'
  | 'cli.usage.missing-paths'
  | 'cli.usage.missing-cluster'
  | 'cli.usage.one-format'
  | 'cli.usage.notify-paths'
  | 'cli.usage.no-channel'
  | 'cli.usage.no-setting'
  | 'cli.usage.bad-setting'
  | 'cli.usage.no-reset'
  | 'cli.usage.no-credential'
  | 'cli.usage.words'
  | 'cli.usage.option-needed'
  | 'cli.usage.not-a-pair'
  | 'cli.usage.stray-word'
  | 'cli.usage.not-a-text'
  | 'cli.usage.no-evidence'
  | 'cli.usage.no-entries'
  | 'cli.usage.one-object'
  | 'cli.usage.one-cluster'
  | 'cli.usage.several-clusters'
  | 'cli.usage.short-fingerprint'
  | 'cli.usage.several-revocations'
  | 'cli.usage.discard-not-confirmed'
  | 'cli.usage.serial-ambiguous'
  | 'cli.usage.certificate-unknown'
  | 'cli.usage.bad-duration'
  | 'cli.usage.bad-number'
  | 'cli.usage.bad-file'
  | 'cli.usage.option-not-for'
  | 'cli.usage.no-passphrase'
  | 'cli.usage.passphrase-differs'
  | 'cli.usage.cancelled'
  | 'cli.usage.one-input'
  | 'cli.usage.not-confirmed'
  | 'cli.usage.run-not-confirmed'
  | 'cli.usage.resume-target'
  | 'cli.usage.ambiguous-entry'
  | 'cli.usage.profile-of-signer'
  | 'cli.usage.no-csr-object'
  | 'cli.usage.no-login-file'
  | 'cli.usage.other-identity'
  | 'cli.usage.token-goes-nowhere'
  | 'cli.usage.no-certificate-authority';

export const EXIT = { fine: 0, attention: 1, usage: 2, internal: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
