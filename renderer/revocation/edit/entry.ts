import { epochMs, parseInstant } from '../../../core/shared/instant.ts';
import { FIELD_OF_KIND, type DraftEntry, type ValueField } from '../../../core/shared/renew-revocation/draft.ts';
import { kindNamed } from '../../../core/shared/renew-revocation/structure.ts';
import type { RevocationKind } from '../../../core/shared/renew-revocation/entry.ts';

/** In the order in which they are offered. */
export const KINDS: readonly RevocationKind[] = ['serialnumber', 'Group', 'DNS', 'IP'];

/** Returns an entry as shown in the form. */
export function entryView(entry: DraftEntry) {
  const moment = entry.notBefore === undefined ? undefined : parseInstant(entry.notBefore);
  return {
    /** Absent if the text is not a known kind. */
    kind: kindNamed(entry.kind ?? ''),
    /** The field that states what is revoked. */
    field: getValueField(entry),
    /** Absent if there is no cutoff, or it is not an instant. */
    notBeforeMs: moment && epochMs(moment),
  };
}

/** Returns the field with the value of an entry: the field of its kind, or else whichever is present. */
export function getValueField(entry: DraftEntry): ValueField {
  const kind = kindNamed(entry.kind ?? '');
  const own = kind === undefined ? undefined : FIELD_OF_KIND[kind];
  if (own !== undefined && entry[own] !== undefined) return own;
  const written = Object.values(FIELD_OF_KIND).find((field) => entry[field] !== undefined);
  return written ?? own ?? 'serialNumber';
}
