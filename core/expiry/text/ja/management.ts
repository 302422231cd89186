import type english from '../en/management.ts';

export default {
  'management.title': '証明書とトークン: 管理者向けレポート',
  'management.headline.fine':
    '{total, plural, =1 {クラスターは} other {# 個のクラスターは、すべて}}現時点で対応不要です。',
  'management.headline.next': '次の期限: {date}、{task}、{cluster}。',
  'management.clusters': 'クラスター',
  'management.answer': '状況',
  'management.answer.next': '現時点で対応不要です。次は {date} までに「{task}」。',
  'management.answer.missed': '{date} が期限だった「{task}」が済んでいません。',
  'management.answer.fine': '現時点でも今後 1 年でも対応不要です。',
  'management.answer.unknown': '読み取った資格情報の期限がわからないため、判断できません。',
  'management.off': '停止できる期限',
  'management.off.repair-first': '先に修復が必要',
  'management.deadline': '次の期限',
  'management.deadline.none': 'なし',
  'management.todo': '必要な作業と期限',
  'management.todo.by': '期限',
  'management.todo.what': '作業',
  'management.todo.more': 'ほかの {count, number} 件は、各クラスターのページに記載しています。',
  'management.more-steps': '続く {count, number} 手順は、このクラスターのページに記載しています',
  'management.now': '今すぐ',
  'management.by': '{date} まで:',
  'management.first': '最初に切れるもの',
  'management.read': '最終読み取り: {date}。',
  'management.lives': '有効期間',
  'management.lives.what': '資格情報',
  'management.lives.drawn': '有効期間の開始から終了まで',
  'management.lives.now': '現在',
  'management.lives.end': '有効期限',
  'management.lives.over': '期限切れ',
  'management.lives.count': '× {count}',
  'management.lives.from': '{date} から有効。',
  'management.lives.due': '{date} から更新時期。',
  'management.lives.key':
    '細く薄い部分は経過済み、太く濃い部分は残り、縦線は更新時期の始まり、右端の黒は有効期限です。同じ種類が複数ある場合は、最初に切れるものを描いています。目盛りは日から年へ粗くなります。≈ は推定の日付です。',
  'management.lives.more': '描いていないもの: ほかに {count, number} 件 (有効期限は {date} 以降)。',
  'management.steps': 'この順序で実行する作業',
  'management.steps.more':
    '残りの {count, number} 手順は、「停止できる期間」の画面と arcwarden expiry poweroff で確認できます。',
  'management.sources': '出典',
  'management.not-counted':
    '集計の対象外: 緊急用の kubeconfig (super-admin.conf) とブートストラップ トークン。正常なクラスターでも期限切れになりますが、影響はありません。',
  'management.written': 'レポートを「{path}」に書き込みました。',
  'cli.help.expiry-report':
    'arcwarden expiry report [PATH...] --out FILE\n    管理者向けレポートです。全体の後に、クラスターごとに印刷 1 ページ。1 つの HTML ファイルです。\n    --cluster NAME         このクラスターだけ (名前または ID、複数指定可)\n    --out FILE             書き込み先 (必須)',
} satisfies Record<keyof typeof english, string>;
