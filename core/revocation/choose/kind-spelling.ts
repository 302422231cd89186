import type { DraftEntry, SerialSpelling } from '../../shared/renew-revocation/draft.ts';
import type { DraftChange } from '../model/view.ts';

/** Entries by serial number, with their kind spelled as the admin has chosen. */
export function spelledEntries(entries: readonly DraftEntry[], spelling: SerialSpelling): DraftEntry[] {
  return entries.map((entry) => (entry.kind?.toLowerCase() === 'serialnumber' ? { ...entry, kind: spelling } : entry));
}

/** A change that writes entries anew, with that spelling; what is there already stays as it is. */
export function spelledChange(change: DraftChange, spelling: SerialSpelling): DraftChange {
  switch (change.kind) {
    case 'append':
      return { ...change, entries: spelledEntries(change.entries, spelling) };
    case 'begin': {
      const { draft } = change;
      return { ...change, draft: { ...draft, entries: spelledEntries(draft.entries, spelling) } };
    }
    default:
      return change;
  }
}
