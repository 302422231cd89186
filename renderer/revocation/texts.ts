import type { DraftFix } from '../../core/revocation/model/rule.ts';
import type { RevocationFileFacts, RevocationSummary } from '../../core/revocation/contract.ts';
import type { CandidateRow, Consequence } from '../../core/revocation/model/view.ts';
import { formatConsequence } from '../../core/revocation/text/revocation-text.ts';
import type { TextState } from '../i18n/text.svelte.ts';
import { getValueField } from './edit/entry.ts';

export function revocationName(text: TextState, { names, goal }: Pick<RevocationSummary, 'names' | 'goal'>): string {
  if (names.length > 0) return names.join(', ');
  return text.t(goal === undefined ? 'revocation.home.nameless' : `revocation.goal.${goal}`);
}

export function fileText(text: TextState, file: RevocationFileFacts | undefined): string {
  if (file === undefined) return text.t('revocation.file.none');
  const { name, at, edited, onDisk } = file;
  if (onDisk !== 'same') return text.t(`revocation.file.${onDisk}`, { name });
  const state = edited ? 'edited' : 'saved';
  return text.t(`revocation.file.${state}`, { name, at: text.format.local(at) });
}

/** Describes a fix by its effect, with field names as in the manifest. */
export function fixText(text: TextState, fix: DraftFix): string {
  switch (fix.kind) {
    case 'set':
    case 'set-object':
      return text.t('revocation.fix.set', { field: fix.field, value: fix.value });
    case 'unset':
      return text.t('revocation.fix.unset', { field: fix.field });
    case 'insert':
    case 'replace': {
      const values = fix.entries.map((entry) => entry[getValueField(entry)] ?? '').join(', ');
      return text.t(`revocation.fix.${fix.kind}`, { count: fix.entries.length, values });
    }
    case 'remove':
      return text.t('revocation.fix.remove');
  }
}

export function splitPath(path: string): { file: string; folder: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { file: path.slice(at + 1), folder: path.slice(0, Math.max(at, 0)) };
}

/** Names the file of a certificate, and its machine if it is known. */
export function placeText(text: TextState, { path = '', machine }: Pick<CandidateRow, 'path' | 'machine'>): string {
  const { file } = splitPath(path);
  return machine === undefined ? file : text.t('choice.file-on', { file, machine });
}

export function namesText(text: TextState, names: readonly string[], most: number): string {
  const rest = names.length - most;
  const shown = names.slice(0, most).join(', ');
  return rest > 0 ? `${shown} ${text.t('revocation.more', { rest })}` : shown;
}

const MOST_CLUSTERS = 8;

export function consequenceLine(text: TextState, consequence: Consequence): string {
  return formatConsequence(text.t, consequence, namesText(text, consequence.clusters, MOST_CLUSTERS));
}
