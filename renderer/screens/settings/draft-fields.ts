import type { FileDraft, SecretDraft } from '../../../core/domain/watch-view.ts';

/** Fields that give out what was chosen in them when the form is sent. */
export interface FileField {
  read: () => FileDraft;
}
export interface SecretDraftField {
  read: () => SecretDraft;
}
