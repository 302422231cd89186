import type { DraftEntry, SerialSpelling } from '../../shared/renew-revocation/draft.ts';
import type { DraftChange } from '../model/view.ts';

export function spellEntries(entries: readonly DraftEntry[], spelling: SerialSpelling): DraftEntry[] {
  return entries.map((entry) => (entry.kind?.toLowerCase() === 'serialnumber' ? { ...entry, kind: spelling } : entry));
}

export function spellChange(change: DraftChange, spelling: SerialSpelling): DraftChange {
  switch (change.kind) {
    case 'append':
      return { ...change, entries: spellEntries(change.entries, spelling) };
    case 'begin': {
      const { draft } = change;
      return { ...change, draft: { ...draft, entries: spellEntries(draft.entries, spelling) } };
    }
    default:
      return change;
  }
}
