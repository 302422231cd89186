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
import { entryKey } from './postings.ts';
import type { LintedEntry, ObjectRule, Violation } from './rule.ts';
import { dnsPattern } from '../../shared/renew-revocation/values.ts';

const LONGEST_NAME = 253;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;
const LONGEST_DESCRIPTION = 1_000;

function requirePublished(field: 'apiVersion' | 'kind' | 'namespace', published: string): ObjectRule['check'] {
  return ({ draft }) => {
    const { [field]: found = '' } = draft;
    if (draft[field] === published) return [];
    return [{ field, params: { found, published }, fixes: [{ kind: 'set-object', field, value: published }] }];
  };
}

/** Total bytes of an object's annotations. Source: `ANNOTATION_LIMIT`. */
export const MOST_ANNOTATION_BYTES = 256 * 1_024;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Returns the size of the annotation that `kubectl apply` stores: its name, the object as compact JSON, and a line
 * feed.
 */
export function annotationBytes({ name, namespace, description, entries }: RevocationDraft): number {
  const object = {
    apiVersion: API_VERSION,
    kind: OBJECT_KIND,
    metadata: { annotations: {}, name, namespace },
    spec: {
      description,
      revocations: entries.map((entry) => Object.fromEntries(ENTRY_FIELDS.map((field) => [field, entry[field]]))),
    },
  };
  return LAST_APPLIED.length + new TextEncoder().encode(JSON.stringify(object)).length + 1;
}

/** Returns whether a DNS name has a final dot, which a cluster may treat as a difference. */
function hasDot({ entry: { kind, value } }: LintedEntry): boolean {
  return kind === 'DNS' && value.endsWith('.');
}

function reportRepeated({ index }: LintedEntry, by: LintedEntry): Violation {
  return { entryIndex: index, params: { entry: by.index + 1 }, fixes: [{ kind: 'remove', entryIndex: index }] };
}

function listSuffixes({ entry: { kind, value } }: LintedEntry): string[] {
  const text = kind === 'DNS' ? (dnsPattern(value)?.text ?? '') : '';
  const found: string[] = [];
  for (let at = text.indexOf('.', 1); at > 0; at = text.indexOf('.', at + 1)) found.push(text.slice(at));
  return found;
}

export const OBJECT_RULES: readonly ObjectRule[] = [
  {
    id: 'revocation.api-version',
    severity: 'warning',
    citations: [OVERVIEW_REVOCATION, ROW_SPELLING],
    check: requirePublished('apiVersion', API_VERSION),
  },
  {
    id: 'revocation.object-kind',
    severity: 'warning',
    citations: [OVERVIEW_REVOCATION, ROW_SPELLING],
    check: requirePublished('kind', OBJECT_KIND),
  },
  {
    id: 'revocation.no-name',
    severity: 'error',
    citations: [OBJECT_NAMES],
    check: ({ draft: { name = '' } }) => (name === '' ? [{ field: 'name' }] : []),
  },
  {
    id: 'revocation.bad-name',
    severity: 'error',
    citations: [OBJECT_NAMES],
    check: ({ draft: { name = '' } }) =>
      name === '' || (name.length <= LONGEST_NAME && SUBDOMAIN.test(name))
        ? []
        : [{ field: 'name', params: { longest: LONGEST_NAME } }],
  },
  {
    id: 'revocation.namespace',
    severity: 'warning',
    citations: [OVERVIEW_REVOCATION, ROW_RESOURCE],
    check: requirePublished('namespace', PUBLISHED_NAMESPACE),
  },
  {
    id: 'revocation.no-entries',
    severity: 'error',
    citations: [OVERVIEW_REVOCATION],
    check: ({ draft: { entries, name = '' } }) => (entries.length === 0 ? [{ params: { name } }] : []),
  },
  {
    id: 'revocation.long-object-description',
    severity: 'notice',
    citations: [ROW_SHORT],
    check: ({ draft: { description = '' } }) =>
      description.length > LONGEST_DESCRIPTION
        ? [{ field: 'description', params: { longest: LONGEST_DESCRIPTION } }]
        : [],
  },
  {
    id: 'revocation.too-large',
    severity: 'error',
    citations: [ANNOTATION_LIMIT],
    check: ({ draft }) => {
      const bytes = annotationBytes(draft);
      return bytes > MOST_ANNOTATION_BYTES ? [{ params: { bytes, most: MOST_ANNOTATION_BYTES } }] : [];
    },
  },
  {
    id: 'revocation.duplicate',
    severity: 'warning',
    citations: [ROW_UNION],
    check: ({ entries }) => {
      const seen = new Map<string, LintedEntry>();
      return entries.flatMap((one): Violation[] => {
        const same = `${one.key} ${one.cutoffMs} ${hasDot(one)}`;
        const first = seen.get(same);
        if (first === undefined) seen.set(same, one);
        return first === undefined ? [] : [reportRepeated(one, first)];
      });
    },
  },
  /** An entry is redundant if another entry matches at least as much, with the same or a later cutoff. */
  {
    id: 'revocation.shadowed',
    severity: 'warning',
    citations: [ROW_UNION],
    check: ({ entries }) => {
      const widest = new Map<string, LintedEntry>();
      // It is unknown whether a final dot makes a difference.
      const comparable = entries.filter((one) => !hasDot(one));
      for (const one of comparable) {
        const known = widest.get(one.key);
        if (known === undefined || one.cutoffMs > known.cutoffMs) widest.set(one.key, one);
      }
      return comparable.flatMap((one): Violation[] => {
        const same = widest.get(one.key);
        // Entries with equal cutoffs are reported as duplicates.
        if (same !== undefined && same.cutoffMs > one.cutoffMs) return [reportRepeated(one, same)];
        const by = listSuffixes(one)
          .map((suffix) => widest.get(entryKey('DNS', suffix)))
          .find((wider) => wider !== undefined && wider.cutoffMs >= one.cutoffMs);
        return by === undefined ? [] : [reportRepeated(one, by)];
      });
    },
  },
];
