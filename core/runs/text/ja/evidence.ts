import type english from '../en/evidence.ts';

export default {
  'transcript.title': '実行 {id}: {clusters}',
  'transcript.begun': '{date} に開始 (対象: {target}、実行者: {by})',
  'transcript.ended': '{date} に終了',
  'transcript.tried': '{date} に開始{tries, plural, =1 {} other { (# 回目)}}',
  'transcript.by-hand': '手作業で済ませたと報告されました。',
  'transcript.reason': '理由: {reason}',
  'transcript.left-out': '  … {bytes, number} バイトは保存していません …',
  'transcript.end':
    '{end, select, itself {終了コード {exitCode}} with_errors {エラーを出して終了しました} timed_out {制限時間を過ぎたため終了させました} cancelled {キャンセルされたため終了させました} lost {接続が切れました} unseen {途中で PowerShell が終了し、終わりを確認できませんでした} other {開始できませんでした}}',
  'transcript.secrets': '保存する前に秘密情報を {secrets, number} か所取り除きました。',
  'transcript.read-again': '{date} に一覧を読み直しました',
  'transcript.cluster':
    '  {name}: 期限切れ {expiredBefore, number} → {expiredAfter, number}、まもなく期限 {soonBefore, number} → {soonAfter, number}、更新済み {renewed, number}',
} satisfies Record<keyof typeof english, string>;
