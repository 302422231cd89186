import type english from '../en/report.ts';

export default {
  'report.title': '証明書とトークン',
  'report.lang': 'ja',
  'report.headline.fine': 'このレポートの {total, number} 件は、いずれも現時点で対応不要です。',
  'report.headline.attention':
    '{attention, number} 件に対応が必要です (期限切れ {expired} 件、緊急 {urgent} 件、更新遅れ {overdue} 件)。{rest, plural, =0 {ほかにはありません。} other {残りの # 件は現時点で対応不要です。}}',
  'report.taken': '{moment} 時点。時刻は {zone} です。',
  'report.zone.utc': 'UTC',
  'report.filtered': '絞り込み: {filter}。条件に合わない資格情報はこのレポートに含まれません。',
  'report.filter.query': '検索「{query}」',
  'report.filter.list': '{names}',
  'report.summary': '状態別の件数',
  'report.table': '資格情報 (緊急度順)',
  'report.column.count': '件数',
  'report.column.notAfter': '有効期限 (UTC)',
  'report.assumed': '推定',
  'report.assumed.note':
    '推定: トークンに有効期限の記載がないため、ファイルの日付に 90 日を加えた日付を示しています。出典: Microsoft Learn「AKS enabled by Azure Arc の証明書管理の概要」(トークンの既定の有効期間は 90 日)。ファイルの日付を発行日とみなした点は推測です。',
  'report.thresholds.note':
    '状態は、資格情報ごとの有効期間に対する残りの割合と残り時間から、種類別のしきい値で判定しています。しきい値と出典は、Arcwarden の docs/expiry.md と、コンソールの各資格情報の詳細に記載しています。',
} satisfies Record<keyof typeof english, string>;
