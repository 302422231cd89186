import {
  API_VERSION,
  OBJECT_KIND,
  PUBLISHED_NAMESPACE,
  type DraftEntry,
  type RevocationDraft,
} from '../../shared/renew-revocation/draft.ts';
import type { DraftFix } from './rule.ts';
import type { DraftChange } from './view.ts';

/** Applies a change to a draft. A change to an entry that does not exist has no effect. */
export function changeDraft(draft: RevocationDraft, change: Exclude<DraftChange, { kind: 'begin' }>): RevocationDraft {
  if (change.kind === 'set-object') return { ...draft, [change.field]: change.value };
  if (change.kind === 'append') return { ...draft, entries: [...draft.entries, ...change.entries] };
  const entries = draft.entries.flatMap((entry, index) =>
    index === change.entryIndex ? changeEntry(entry, change) : [entry],
  );
  return { ...draft, entries };
}

function changeEntry(entry: DraftEntry, fix: Exclude<DraftFix, { kind: 'set-object' }>): DraftEntry[] {
  switch (fix.kind) {
    case 'set':
      return [{ ...entry, [fix.field]: fix.value }];
    case 'unset': {
      const { [fix.field]: _gone, ...rest } = entry;
      return [rest];
    }
    case 'insert':
      return [entry, ...fix.entries];
    case 'replace':
      return [...fix.entries];
    case 'remove':
      return [];
  }
}

export function draftWithDefaults(draft: RevocationDraft): RevocationDraft {
  return { apiVersion: API_VERSION, kind: OBJECT_KIND, namespace: PUBLISHED_NAMESPACE, ...draft };
}
