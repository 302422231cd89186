import type { expiry as english } from '../en/expiry.ts';

export const expiry: Record<keyof typeof english, string> = {
  'obstacle.issuer-expired':
    '署名元の CA が期限切れです。この CA が署名する証明書はどれも有効になりません。',
  'obstacle.api-server-expired':
    'このクラスターの API サーバー証明書はすべて期限切れです。更新は API サーバーを経由するため行えません。',
  'obstacle.approver-token-expired':
    'kubelet の要求を承認する証明書マネージャーのトークンが期限切れです。',
  'obstacle.unchanged':
    '更新が何度か試行されたはずの時刻を過ぎて読み取りましたが、証明書が変わっていません。',

  'poweroff.usage.past': '過去の日時',
  'poweroff.usage.future': '未来の日時',
  'poweroff.break': '{role} {name}: 有効期限 {date} ({span})',
  'poweroff.off-since': '{date} から {span}停止しています。',
  'poweroff.expired': '今すぐ修復が必要です。{count} 件が期限切れです。',
  'poweroff.safe-until': '{date} まで停止できます (あと{span})。',
  'poweroff.next': '次に期限が切れるのは {date} (あと{span}) です。',
  'poweroff.nothing-left': '期限が分かっているもので有効なものは残っていません。',
  'poweroff.first': '最初に切れるもの: {credential}',
  'poweroff.until.safe': '{date} までの停止: 安全です。新たに期限切れになるものはありません。',
  'poweroff.until.breaks':
    '{date} までの停止: 安全ではありません。期限切れになるもの: {credential}',
  'poweroff.layer': '{layer}: {expired, plural, =0 {} other {期限切れ # 件、}}次は {credential}',
  'poweroff.layer.all-expired': '{layer}: {expired} 件すべて期限切れ',
  'poweroff.overdue': '更新遅れ {count} 件。更新されない場合:',
  'poweroff.repair': 'この順序で実行します:',

  'cli.help.expiry-check':
    'arcwarden expiry check [PATH...]\n    資格情報を 1 行に 1 件、緊急度の高い順に表示します。対象はインベントリ、または指定したファイルだけです。\n    終了コード 0: --fail-on に達したものなし、1: あり\n    --cluster NAME         このクラスターだけ (名前または ID、複数指定可)\n    --fail-on STATE        overdue (既定)、urgent、expired のいずれか',
  'cli.help.expiry-poweroff':
    'arcwarden expiry poweroff [PATH...]\n    各クラスターをいつまで停止できるか、何が最初に切れるか、切れた後に何を実行するかを表示します。\n    終了コード 0: 期限切れなし、1: 期限切れあり、または --off-until までに発生\n    --cluster NAME         このクラスターだけ (名前または ID、複数指定可)\n    --off-since INSTANT    この日時から停止している\n    --off-until INSTANT    今からこの日時まで停止する予定',
};
