import type { board as english } from '../en/board.ts';

export const board: Record<keyof typeof english, string> = {
  'state.expired': '期限切れ',
  'state.urgent': '緊急',
  'state.stalled': '更新が停滞',
  'state.renewal-overdue': '更新遅れ',
  'state.not-yet-valid': '有効期間前',
  'state.renewal-due': '更新時期',
  'state.unknown': '不明',
  'state.fine': '正常',

  'layer.moc': 'MOC',
  'layer.kubernetes': 'Kubernetes',
  'layer.workstation': '管理端末',

  'certainty.documented': '公式文書',
  'certainty.from-code': 'ソース コード',
  'certainty.reported': '利用者の報告',
  'certainty.inferred': '推定',

  'column.state': '状態',
  'column.cluster': 'クラスター',
  'column.layer': '層',
  'column.role': '役割',
  'column.name': '名前',
  'column.issuer': '発行者',
  'column.expires': '有効期限',
  'column.left': '残り時間',
  'column.life': '有効期間',

  'board.headline.attention':
    '{clusters, plural, =1 {{cluster} の} other {クラスター #\u00a0個の}} {count, number}\u00a0件に、本日中の対応が必要です。',
  'board.headline.overdue': '資格情報 {count, number}\u00a0件の更新が遅れています。',
  'board.headline.overdue-too': 'ほかに資格情報 {count, number}\u00a0件の更新が遅れています。',
  'board.headline.rest-until': '残りは {date} まで問題ありません。',
  'board.headline.rest': '残りは問題ありません。',
  'board.headline.all-until': '{count, number}\u00a0件すべて、{date} まで問題ありません。',
  'board.headline.all': '{count, number}\u00a0件すべて問題ありません。',
  'board.headline.unknown': '{count, number}\u00a0件の有効期限がわかりません。',
  'board.primary': '対処方法を表示',
  'board.loading': 'インベントリを読み込んでいます: {total} 件中 {loaded} 件',
  'board.shown': '{total} 件中 {shown} 件を表示',
  'board.shown-all': '{total, number} 件',

  'board.filter.search': '絞り込み',
  'board.filter.placeholder': '名前、クラスター、シリアル番号、拇印',
  'board.filter.states': '表示する状態',
  'board.filter.layers': '表示する層',
  'board.filter.clear': '絞り込みを解除',
  'board.filter.clear-search': '検索文字列を消去',
  'board.filter.chip': '{state}: {count} 件',

  'board.table': '証明書とトークンの有効期限一覧',
  'board.columns': '列',
  'board.columns.reset': 'すべての列を表示',
  'board.sort.hint': '「{column}」で並べ替え',
  'board.no-end': '不明',
  'board.assumed':
    '推定値: ファイルの日付に 90 日を加えています。トークン自体に有効期限の記載がありません。',
  'board.assumed.short': '推定',
  'board.none.title': 'この条件に一致するものはありません。',
  'board.none.body': '{total, number} 件が絞り込みで隠れています。',
  'board.copied-row': '{name} の行をコピーしました。',
  'board.life':
    '有効期間の {share, number, percent} が経過しました。更新時期は {due, number, percent} の時点です。',
};
