import type { audit as english } from '../en/audit.ts';

export const audit: Record<keyof typeof english, string> = {
  'navigation.audit': '監査証跡',
  'audit.title': '監査証跡',
  'audit.action.credential.snoozed': '資格情報の通知を停止',
  'audit.action.credential.acknowledged': '資格情報を確認済みに設定',
  'audit.action.credential.unmarked': '通知の停止または確認済みを解除',
  'audit.action.channel.added': 'チャネルを追加',
  'audit.action.channel.changed': 'チャネルを変更',
  'audit.action.channel.removed': 'チャネルを削除',
  'audit.action.revocation.written': '失効をファイルに書き込み',
  'audit.action.revocation.copied': '失効をコピー',
  'audit.action.revocation.bundled': '失効のオフライン バンドルを書き込み',
  'audit.action.revocation.sent': '失効をクラスターに送信',
};
