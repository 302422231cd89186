import type { Citation } from './citation.ts';

export type Severity = 'error' | 'warning' | 'notice';

/** Where in the input a finding points: a file, an entry in it (`users[2].client-certificate-data`), a byte offset. */
export interface Place {
  path?: string;
  entry?: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
  /** Bytes from the start of the entry. */
  offset?: number;
}

/**
 * A fact judged by a rule. Text and remedy come from the catalogues as `finding.<rule>` and `finding.<rule>.remedy`,
 * filled in with `params`. Never contains key material, tokens or file content.
 */
export interface Finding {
  rule: string;
  severity: Severity;
  place: Place;
  params?: Record<string, string | number>;
  citation?: Citation;
}
