import type { RevocationKind } from './entry.ts';

/*
 * The stages of a RenewRevocation object: `RevocationDraft`, as the author wrote it; `RenewRevocation`, in the form
 * that the rules require; and the manifest that `buildManifest` produces.
 */

/** Source: the article, "Certificate revocation". */
export const API_VERSION = 'certificates.microsoft.com/v1';
export const OBJECT_KIND = 'RenewRevocation';
/** The namespace in which the article puts the object. */
export const PUBLISHED_NAMESPACE = 'kube-system';

/** Each belongs to one kind; spelled as published. */
export const VALUE_FIELDS = ['serialNumber', 'group', 'dns', 'ip'] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];
export const FIELD_OF_KIND: Record<RevocationKind, ValueField> = {
  serialnumber: 'serialNumber',
  Group: 'group',
  DNS: 'dns',
  IP: 'ip',
};

/** Fields of an entry in the published order, in which Kubernetes itself prints them. */
export const ENTRY_FIELDS = ['description', 'dns', 'group', 'ip', 'kind', 'notBefore', 'serialNumber'] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];
export const OBJECT_FIELDS = ['apiVersion', 'kind', 'name', 'namespace', 'description'] as const;
export type ObjectField = (typeof OBJECT_FIELDS)[number];

/**
 * `serialnumber` is published; the schema is not public, so the other spelling is available in case a cluster requires
 * it.
 */
export const SERIAL_SPELLINGS = ['serialnumber', 'SerialNumber'] as const;
export type SerialSpelling = (typeof SERIAL_SPELLINGS)[number];

/** A field without readable text is `''`. */
export type DraftEntry = { readonly [F in EntryField]?: string };

export type RevocationDraft = { readonly [F in ObjectField]?: string } & { readonly entries: readonly DraftEntry[] };

/**
 * Consequences that an admin must name before Arcwarden writes an object with them. The phrases are the same in every
 * language, so that scripts stay valid.
 */
export const CONSEQUENCE_PHRASES = {
  'future-certificates': 'future certificates',
  'not-yet-issued': 'certificates not yet issued',
  'wide-suffix': 'a whole domain',
  'all-api-servers': 'all API servers',
  etcd: 'etcd',
  'control-plane': 'a whole control plane',
  'all-kubelets': 'all kubelets',
  'system-masters': 'system:masters',
  'last-admin': 'the only admin credential',
} as const;
export type ConsequenceId = keyof typeof CONSEQUENCE_PHRASES;
export const CONSEQUENCE_IDS = Object.keys(CONSEQUENCE_PHRASES) as readonly ConsequenceId[];

/** Joins the phrases in a fixed order; `undefined` if there are none. */
export function phraseFor(consequences: Iterable<ConsequenceId>): string | undefined {
  const all = new Set(consequences);
  const words = CONSEQUENCE_IDS.filter((id) => all.has(id)).map((id) => CONSEQUENCE_PHRASES[id]);
  return words.length === 0 ? undefined : `revoke ${words.join(', ')}`;
}

/** Returns the consequences that a phrase names, whether or not it names all that are required. */
export function consequencesIn(phrase: string): Set<ConsequenceId> {
  const words = phrase.trim().replaceAll(/\s+/gu, ' ');
  const named = words.startsWith('revoke ') ? words.slice('revoke '.length).split(', ') : [];
  return new Set(CONSEQUENCE_IDS.filter((id) => named.includes(CONSEQUENCE_PHRASES[id])));
}
