import type { Instant } from '../instant.ts';
import type { RenewRevocation, RevocationKind } from './entry.ts';

/*
 * A RenewRevocation object in the making. Three types, so that none is taken for another: `RevocationDraft` is whatever
 * somebody wrote, `LintedDraft` has passed `lintDraft`, and the text of a manifest is made of a linted one alone.
 */

/** Group, version and kind as published. Source: the article, "Certificate revocation". */
export const API_VERSION = 'certificates.microsoft.com/v1';
export const OBJECT_KIND = 'RenewRevocation';
/** Where the article puts the object. */
export const PUBLISHED_NAMESPACE = 'kube-system';

/** Fields that hold what is revoked, spelled as published; each belongs to one kind. */
export const VALUE_FIELDS = ['serialNumber', 'group', 'dns', 'ip'] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];
export const FIELD_OF_KIND: Record<RevocationKind, ValueField> = {
  serialnumber: 'serialNumber',
  Group: 'group',
  DNS: 'dns',
  IP: 'ip',
};

/** Fields of an entry in the published order, which is the one in which Kubernetes itself prints them. */
export const ENTRY_FIELDS = ['description', 'dns', 'group', 'ip', 'kind', 'notBefore', 'serialNumber'] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];
export const OBJECT_FIELDS = ['apiVersion', 'kind', 'name', 'namespace', 'description'] as const;
export type ObjectField = (typeof OBJECT_FIELDS)[number];

/**
 * How entries by serial number spell their kind. Published is `serialnumber`; since the schema is not public, the other
 * spelling is at hand should a cluster ask for it.
 */
export const SERIAL_SPELLINGS = ['serialnumber', 'SerialNumber'] as const;
export type SerialSpelling = (typeof SERIAL_SPELLINGS)[number];

/** An entry as it is written. A field that is there without text that can be read is `''`. */
export type DraftEntry = { readonly [F in EntryField]?: string };

/** An object as it is written. */
export type RevocationDraft = { readonly [F in ObjectField]?: string } & { readonly entries: readonly DraftEntry[] };

/** What an admin has to name before an object that would do it is written. */
export const CONSEQUENCE_IDS = [
  'future-certificates',
  'not-yet-issued',
  'wide-suffix',
  'all-api-servers',
  'control-plane',
  'all-kubelets',
  'system-masters',
  'last-admin',
] as const;
export type ConsequenceId = (typeof CONSEQUENCE_IDS)[number];

/** Typed as it is, in every language, so that a script stays true. */
export const CONSEQUENCE_PHRASES: Record<ConsequenceId, string> = {
  'future-certificates': 'future certificates',
  'not-yet-issued': 'certificates not yet issued',
  'wide-suffix': 'a whole domain',
  'all-api-servers': 'all API servers',
  'control-plane': 'a whole control plane',
  'all-kubelets': 'all kubelets',
  'system-masters': 'system:masters',
  'last-admin': 'the only admin credential',
};

/** The phrase to type for all of these consequences, in one order; `undefined` for none. */
export function phraseFor(consequences: Iterable<ConsequenceId>): string | undefined {
  const all = new Set(consequences);
  const words = CONSEQUENCE_IDS.filter((id) => all.has(id)).map((id) => CONSEQUENCE_PHRASES[id]);
  return words.length === 0 ? undefined : `revoke ${words.join(', ')}`;
}

/** What a phrase names, whether it is all that is asked for or more. */
export function consequencesIn(phrase: string): Set<ConsequenceId> {
  const words = phrase.trim().replaceAll(/\s+/gu, ' ');
  const named = words.startsWith('revoke ') ? words.slice('revoke '.length).split(', ') : [];
  return new Set(CONSEQUENCE_IDS.filter((id) => named.includes(CONSEQUENCE_PHRASES[id])));
}

declare const LINTED: unique symbol;

/** A draft without an error that nobody can take upon himself. Only `lintDraft` makes one. */
export interface LintedDraft {
  readonly [LINTED]: true;
  readonly object: RenewRevocation;
  readonly lintedAt: Instant;
  /** What has to be confirmed by what the draft alone tells. */
  readonly consequences: readonly ConsequenceId[];
}
