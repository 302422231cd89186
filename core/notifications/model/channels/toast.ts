import { defineChannel } from '../channel-type.ts';
import type { NotificationMessage } from '../notice.ts';

/** Shown by the operating system while the console runs. */
export const TOAST = defineChannel({
  kind: 'toast',
  fields: {},
  isAvailable: ({ host }) => host.toast !== undefined,
  isTransient: true,
  deliver: (_, { notice, texts }) => ({
    by: 'toast',
    toast: { title: texts.subject(notice), body: texts.short(notice), opens: singleCredential(notice) },
  }),
});

function singleCredential({ changes }: NotificationMessage) {
  const [change, ...others] = changes;
  if (change === undefined || others.length > 0 || !('credential' in change)) return undefined;
  const { clusterId, credentialId } = change.credential;
  return { clusterId, credentialId: change.kind === 'renewed' ? change.by.credentialId : credentialId };
}
