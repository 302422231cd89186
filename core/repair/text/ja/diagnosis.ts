import type english from '../en/diagnosis.ts';

/** 原因の根拠と反証。ウィンドウとコマンド ラインで共通。 */
export default {
  'diagnosis.text': '{line} 行目: 「{phrases}」',
  'diagnosis.inventory.expired': 'インベントリで期限切れ: {roles}',
  'diagnosis.inventory.valid': 'インベントリで有効: {roles}',
  'diagnosis.inventory.stalled': 'インベントリで更新が停滞: {roles}',
  'diagnosis.inventory.refused': '更新しても既知の失効の対象になる: {roles}',
  'diagnosis.inventory.not-yet-valid': 'インベントリでまだ有効期間前: {roles}',
  'diagnosis.answer.offHours': '{count, number} 時間以上停止',
  'diagnosis.answer.daysSinceUpdate': '{count, number} 日以上更新なし',
  'diagnosis.answer.otherUser': 'インストールしたユーザーとは別の Windows ユーザー',
  'diagnosis.answer.installingUser': 'インストールした Windows ユーザー',
  'diagnosis.answer.works': '動作する: {question}',
  'diagnosis.answer.fails': '動作しない: {question}',
  'diagnosis.from.stated': '{answer} (このクラスターについての申告)',
  'diagnosis.from.inventory': '{answer} (インベントリから)',
  'diagnosis.part-of': '{failure} の文言の一部',
  'diagnosis.build': 'ビルド {build} は該当しない',
  'diagnosis.kind.not-a-certificate': '証明書の問題ではありません。',
  'diagnosis.kind.either': '証明書は、考えられる原因の 1 つにすぎません。',
} satisfies Record<keyof typeof english, string>;
