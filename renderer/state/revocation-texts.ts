import type { DraftEntry } from '../../core/domain/revocation-draft.ts';
import type { DraftFix } from '../../core/domain/revocation-rule.ts';
import type { Consequence, RevocationFileFacts } from '../../core/domain/revocation-view.ts';
import type { TextState } from '../i18n/text.svelte.ts';
import { valueFieldOf } from './revocation-entry.ts';

/** What became of a document's file, in a few words. */
export function fileText(text: TextState, file: RevocationFileFacts | undefined): string {
  if (file === undefined) return text.t('revocation.file.none');
  const { name, at, edited, onDisk } = file;
  if (onDisk !== 'same') return text.t(`revocation.file.${onDisk}`, { name });
  const state = edited ? 'edited' : 'saved';
  return text.t(`revocation.file.${state}`, { name, at: text.format.local(at) });
}

/** A fix, named by what it does. Fields are named as in the manifest. */
export function fixText(text: TextState, fix: DraftFix): string {
  switch (fix.kind) {
    case 'set':
    case 'set-object':
      return text.t('revocation.fix.set', { field: fix.field, value: fix.value });
    case 'unset':
      return text.t('revocation.fix.unset', { field: fix.field });
    case 'insert': {
      const values = fix.entries.map(valueOf).join(', ');
      return text.t('revocation.fix.insert', { count: fix.entries.length, values });
    }
    case 'replace': {
      const values = fix.entries.map(valueOf).join(', ');
      return text.t('revocation.fix.replace', { count: fix.entries.length, values });
    }
    case 'remove':
      return text.t('revocation.fix.remove');
  }
}

function valueOf(entry: DraftEntry): string {
  return entry[valueFieldOf(entry)] ?? '';
}

/** What a revocation brings down, with the clusters in which that was seen. */
export function consequenceText(text: TextState, consequence: Consequence): string {
  const { id, clusters, citations } = consequence;
  const what = text.t(`revocation.consequence.${id}`);
  if (clusters.length > 0)
    return text.t('revocation.consequence.in', { text: what, clusters: clusters.join(', ') });
  const isHabit =
    id === 'all-api-servers' && citations.some(({ certainty }) => certainty === 'inferred');
  return isHabit ? text.t('revocation.consequence.inferred', { text: what }) : what;
}
