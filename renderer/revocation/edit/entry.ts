import { epochMs, parseInstant } from '../../../core/shared/instant.ts';
import { FIELD_OF_KIND, type DraftEntry, type ValueField } from '../../../core/shared/renew-revocation/draft.ts';
import { kindNamed } from '../../../core/shared/renew-revocation/structure.ts';

export const KINDS = (['serialnumber', 'Group', 'DNS', 'IP'] as const).map((kind) => ({
  kind,
  field: FIELD_OF_KIND[kind],
}));

export function entryView(entry: DraftEntry) {
  const moment = entry.notBefore === undefined ? undefined : parseInstant(entry.notBefore);
  return {
    /** Absent if the text names no known kind. */
    kind: kindNamed(entry.kind ?? ''),
    field: getValueField(entry),
    /** Absent without a valid cutoff. */
    notBeforeMs: moment && epochMs(moment),
  };
}

/**
 * Returns the field for the value of an entry: the field of its kind; for an unknown kind, the field that is present.
 */
export function getValueField(entry: DraftEntry): ValueField {
  const kind = kindNamed(entry.kind ?? '');
  const own = kind === undefined ? undefined : FIELD_OF_KIND[kind];
  if (own !== undefined && entry[own] !== undefined) return own;
  const written = Object.values(FIELD_OF_KIND).find((field) => entry[field] !== undefined);
  return written ?? own ?? 'serialNumber';
}
