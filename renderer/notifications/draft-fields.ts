import type { FileDraft, SecretDraft } from '../../core/notifications/model/notification-view.ts';

/** Fields that give out what was chosen in them when the form is sent. */
export interface FileField {
  read: () => FileDraft;
}
export interface SecretDraftField {
  read: () => SecretDraft;
}
