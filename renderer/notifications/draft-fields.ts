import type { FileDraft, SecretDraft } from '../../core/notifications/model/notification-view.ts';

/** Fields whose choices are read when the form is submitted. */
export interface FileField {
  read: () => FileDraft;
}
export interface SecretDraftField {
  read: () => SecretDraft;
}
