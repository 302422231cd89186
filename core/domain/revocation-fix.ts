import type { DraftEntry, RevocationDraft } from './revocation-draft.ts';
import type { DraftFix } from './revocation-rule.ts';

/** A draft after one change. What the change names and the draft has not is left as it is. */
export function fixedDraft(draft: RevocationDraft, fix: DraftFix): RevocationDraft {
  if (fix.kind === 'set-object') return { ...draft, [fix.field]: fix.value };
  const entries = draft.entries.flatMap((entry, index) =>
    index === fix.entryIndex ? changed(entry, fix) : [entry],
  );
  return { ...draft, entries };
}

function changed(entry: DraftEntry, fix: Exclude<DraftFix, { kind: 'set-object' }>): DraftEntry[] {
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
