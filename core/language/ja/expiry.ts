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

  'view.label': '有効期限の表示',
  'view.credentials': '資格情報',
  'view.power-off': '停止できる期間',
  'poweroff.headline.repair':
    '{count, plural, one {{cluster} は} other {# 個のクラスターは}}今すぐ修復が必要です。',
  'poweroff.headline.shortest': '停止できる期間が最も短いのは {cluster} で、{date} までです。',
  'poweroff.headline.shortest-rest':
    'そのほかで最も短いのは {cluster} で、{date} まで停止できます。',
  'poweroff.headline.none':
    '期限の分かる資格情報がないため、クラスターを停止できる期間は分かりません。',
  'poweroff.note':
    '停止中は何も自動更新されません。文書に記載の目安は Kubernetes 層が 4 日、MOC 層が 30 日ですが、ここでは実際に読み取った証明書とトークンから計算しています。',
  'poweroff.card.left': '停止できます',
  'poweroff.card.until': '{date} まで',
  'poweroff.card.repair': '今すぐ修復が必要',
  'poweroff.card.expired': '{count} 件が期限切れ。次の期限切れは {date}',
  'poweroff.card.all-expired': '{count} 件が期限切れ',
  'poweroff.card.unknown': '判断できません',
  'poweroff.card.first': '最初に切れるもの',
  'poweroff.card.host': 'ホストとクラウド エージェント',
  'poweroff.card.management': '管理クラスター',
  'poweroff.card.workload': 'ワークロード クラスター',
  'poweroff.card.read-now': '読み取ったばかり',
  'poweroff.card.read': '{span}前の読み取り内容',
  'poweroff.scale': '各層の修復が必要になる時期: {layers}',
  'poweroff.scale.layer': '{layer} は {date} から',
  'poweroff.scale.expired': '{layer} は今すぐ',
  'poweroff.scale.now': '現在',
  'poweroff.layers': '層',
  'poweroff.layer.from': '{date} から修復が必要',
  'poweroff.layer.now': '今すぐ修復が必要 (期限切れ {count} 件)',
  'poweroff.shutdowns': '停止の予定',
  'poweroff.tonight': '今夜',
  'poweroff.weekend': '週末',
  'poweroff.until': '日時指定',
  'poweroff.until.label': '今から停止し、次の日時まで',
  'poweroff.span': '{from} ～ {until}',
  'poweroff.verdict.safe': '安全',
  'poweroff.verdict.safe-if-renewed': 'それまで更新が続けば安全',
  'poweroff.verdict.breaks': '安全ではありません: {role}の期限は {date}',
  'poweroff.off.set': '停止中であることを記録…',
  'poweroff.off.label': '停止した日時',
  'poweroff.off.clear': '稼働を再開した',
  'poweroff.off.is': '{date} から停止中 ({span})',
  'poweroff.steps': 'この順序で修復します',
  'poweroff.steps.later': 'Kubernetes 層または MOC 層の期限が過ぎた場合',
  'poweroff.steps.copy': '{cluster} のコマンド {number}',
  'poweroff.overdue.card': '{count} 件が更新遅れ',
  'poweroff.show-credentials': '資格情報を表示',

  'cli.help.expiry-check':
    'arcwarden expiry check [PATH...]\n    資格情報を 1 行に 1 件、緊急度の高い順に表示します。対象はインベントリ、または指定したファイルだけです。\n    終了コード 0: --fail-on に達したものなし、1: あり\n    --cluster NAME         このクラスターだけ (名前または ID、複数指定可)\n    --fail-on STATE        overdue (既定)、urgent、expired のいずれか',
  'cli.help.expiry-poweroff':
    'arcwarden expiry poweroff [PATH...]\n    各クラスターをいつまで停止できるか、何が最初に切れるか、切れた後に何を実行するかを表示します。\n    終了コード 0: 期限切れなし、1: 期限切れあり、または --off-until までに発生\n    --cluster NAME         このクラスターだけ (名前または ID、複数指定可)\n    --off-since INSTANT    この日時から停止している\n    --off-until INSTANT    今からこの日時まで停止する予定',
};
