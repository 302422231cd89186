import { OVERVIEW_REVOCATION } from '../../knowledge/model/sources/sources.ts';
import {
  ANNOTATION_LIMIT,
  OBJECT_NAMES,
  ROW_RESOURCE,
  ROW_SHORT,
  ROW_SPELLING,
  ROW_UNION,
} from '../../knowledge/model/sources/sources-revocation.ts';
import {
  API_VERSION,
  ENTRY_FIELDS,
  OBJECT_KIND,
  PUBLISHED_NAMESPACE,
  type RevocationDraft,
} from '../../shared/renew-revocation/draft.ts';
import type { Posting } from './postings.ts';
import type { LintedEntry, ObjectRule, ObjectViolation } from './rule.ts';
import { dnsPattern } from '../../shared/renew-revocation/values.ts';

const LONGEST_NAME = 253;
/** Lower-case labels that begin and end with a letter or a digit. */
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;
const LONGEST_DESCRIPTION = 1_000;

const misspelled: ObjectRule = {
  id: 'revocation.api-version',
  severity: 'warning',
  citations: [OVERVIEW_REVOCATION, ROW_SPELLING],
  check: ({ draft: { apiVersion } }) => other('apiVersion', apiVersion, API_VERSION),
};

const misspelledKind: ObjectRule = {
  id: 'revocation.object-kind',
  severity: 'warning',
  citations: [OVERVIEW_REVOCATION, ROW_SPELLING],
  check: ({ draft: { kind } }) => other('kind', kind, OBJECT_KIND),
};

function other(field: 'apiVersion' | 'kind', found: string | undefined, published: string): ObjectViolation[] {
  if (found === published) return [];
  const fixes = [{ kind: 'set-object', field, value: published }] as const;
  return [{ field, params: { found: found ?? '', published }, fixes }];
}

const noName: ObjectRule = {
  id: 'revocation.no-name',
  severity: 'error',
  citations: [OBJECT_NAMES],
  check: ({ draft: { name = '' } }) => (name === '' ? [{ field: 'name' }] : []),
};

const badName: ObjectRule = {
  id: 'revocation.bad-name',
  severity: 'error',
  citations: [OBJECT_NAMES],
  check: ({ draft: { name = '' } }) =>
    name === '' || (name.length <= LONGEST_NAME && SUBDOMAIN.test(name))
      ? []
      : [{ field: 'name', params: { longest: LONGEST_NAME } }],
};

const otherNamespace: ObjectRule = {
  id: 'revocation.namespace',
  severity: 'warning',
  citations: [OVERVIEW_REVOCATION, ROW_RESOURCE],
  check: ({ draft: { namespace } }) =>
    namespace === PUBLISHED_NAMESPACE
      ? []
      : [
          {
            field: 'namespace',
            params: { found: namespace ?? '', published: PUBLISHED_NAMESPACE },
            fixes: [{ kind: 'set-object', field: 'namespace', value: PUBLISHED_NAMESPACE }],
          },
        ],
};

const noEntries: ObjectRule = {
  id: 'revocation.no-entries',
  severity: 'error',
  citations: [OVERVIEW_REVOCATION],
  check: ({ draft: { entries, name = '' } }) => (entries.length === 0 ? [{ params: { name } }] : []),
};

const longDescription: ObjectRule = {
  id: 'revocation.long-object-description',
  severity: 'notice',
  citations: [ROW_SHORT],
  check: ({ draft: { description = '' } }) =>
    description.length > LONGEST_DESCRIPTION
      ? [{ field: 'description', params: { longest: LONGEST_DESCRIPTION } }]
      : [],
};

/** Total size of an object's annotations in bytes. Source: `ANNOTATION_LIMIT`. */
export const MOST_ANNOTATION_BYTES = 256 * 1_024;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const tooLarge: ObjectRule = {
  id: 'revocation.too-large',
  severity: 'error',
  citations: [ANNOTATION_LIMIT],
  check: ({ draft }) => {
    const bytes = appliedBytes(draft);
    return bytes > MOST_ANNOTATION_BYTES ? [{ params: { bytes, most: MOST_ANNOTATION_BYTES } }] : [];
  },
};

/** Bytes that `kubectl apply` stores for an object: the annotation's name, the object as compact JSON, a line feed. */
export function appliedBytes({ name, namespace, description, entries }: RevocationDraft): number {
  const object = {
    apiVersion: API_VERSION,
    kind: OBJECT_KIND,
    metadata: { annotations: {}, name, namespace },
    spec: {
      description,
      revocations: entries.map((entry) => Object.fromEntries(ENTRY_FIELDS.map((field) => [field, entry[field]]))),
    },
  };
  return LAST_APPLIED.length + utf8Length(JSON.stringify(object)) + 1;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const duplicate: ObjectRule = {
  id: 'revocation.duplicate',
  severity: 'warning',
  citations: [ROW_UNION],
  check: ({ entries }) => {
    const seen = new Map<Posting, Map<string, LintedEntry>>();
    return entries.flatMap((one): ObjectViolation[] => {
      const same = seen.get(one.posting) ?? new Map<string, LintedEntry>();
      seen.set(one.posting, same);
      const key = `${one.cutoffMs ?? ''} ${hasDot(one)}`;
      const first = same.get(key);
      if (first === undefined) {
        same.set(key, one);
        return [];
      }
      return [repeated(one, first)];
    });
  },
};

/** The cluster may treat a name with a final dot and one without as different. */
function hasDot({ entry: { kind, value } }: LintedEntry): boolean {
  return kind === 'DNS' && value.endsWith('.');
}

/** Numbers of entries as people count them. */
function repeated({ index }: LintedEntry, by: LintedEntry): ObjectViolation {
  return { entryIndex: index, params: { entry: by.index + 1 }, fixes: [{ kind: 'remove', entryIndex: index }] };
}

/** An entry is redundant when another one matches at least as much, up to the same instant or later. */
const shadowed: ObjectRule = {
  id: 'revocation.shadowed',
  severity: 'warning',
  citations: [ROW_UNION],
  check: ({ entries }) => {
    const widest = new Map<Posting, LintedEntry>();
    const suffixes = new Map<string, LintedEntry>();
    for (const one of entries) {
      // Whether a name with a final dot means the same is unknown.
      if (hasDot(one)) continue;
      keepWider(widest, one.posting, one);
      const pattern = one.entry.kind === 'DNS' ? dnsPattern(one.entry.value) : undefined;
      if (pattern?.isSuffix === true) keepWider(suffixes, pattern.text, one);
    }
    return entries.flatMap((one): ObjectViolation[] => {
      if (hasDot(one)) return [];
      const same = widest.get(one.posting);
      // One that reaches as far is a duplicate, and is reported as such.
      if (same !== undefined && reach(same) > reach(one)) return [repeated(one, same)];
      const by = listSuffixes(one)
        .map((text) => suffixes.get(text))
        .find((suffix) => suffix !== undefined && reach(suffix) >= reach(one));
      return by === undefined ? [] : [repeated(one, by)];
    });
  },
};

function keepWider<K>(map: Map<K, LintedEntry>, key: K, one: LintedEntry): void {
  const known = map.get(key);
  if (known === undefined || reach(one) > reach(known)) map.set(key, one);
}

function reach({ cutoffMs = Infinity }: LintedEntry): number {
  return cutoffMs;
}

/** Every other suffix that covers everything an entry names. */
function listSuffixes({ entry: { kind, value } }: LintedEntry): string[] {
  const text = kind === 'DNS' ? (dnsPattern(value)?.text ?? '') : '';
  const found: string[] = [];
  for (let at = text.indexOf('.', 1); at > 0; at = text.indexOf('.', at + 1)) found.push(text.slice(at));
  return found;
}

/** Rules about the object and about its entries in relation to each other. */
export const OBJECT_RULES: readonly ObjectRule[] = [
  misspelled,
  misspelledKind,
  noName,
  badName,
  otherNamespace,
  noEntries,
  longDescription,
  tooLarge,
  duplicate,
  shadowed,
];
