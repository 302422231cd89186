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
  'poweroff.safe-until': '{date} まで停止できます (残り {span})。',
  'poweroff.next': '次に期限が切れるのは {date} (残り {span}) です。',
  'poweroff.nothing-left': '期限がわかっているもので有効なものは残っていません。',
  'poweroff.first': '最初に切れるもの: {credential}',
  'poweroff.until.safe': '{date} までの停止: 安全です。新たに期限切れになるものはありません。',
  'poweroff.until.breaks':
    '{date} までの停止: 安全ではありません。期限切れになるもの: {credential}',
  'poweroff.layer': '{layer}: {expired, plural, =0 {} other {期限切れ # 件、}}次は {credential}',
  'poweroff.layer.all-expired': '{layer}: {expired} 件すべて期限切れ',
  'poweroff.overdue': '更新遅れ {count} 件。更新されない場合:',
  'poweroff.repair': 'この順序で実行してください:',

  'view.label': '有効期限の表示',
  'view.credentials': '資格情報',
  'view.power-off': '停止できる期間',
  'poweroff.headline.repair':
    '{count, plural, =1 {{cluster} は} other {# 個のクラスターは}}今すぐ修復が必要です。',
  'poweroff.headline.shortest': '停止できる期間が最も短いのは {cluster} で、{date} までです。',
  'poweroff.headline.shortest-rest':
    'そのほかで最も短いのは {cluster} で、{date} まで停止できます。',
  'poweroff.headline.none':
    '期限のわかる資格情報がないため、クラスターを停止できる期間はわかりません。',
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
  'poweroff.verdict.breaks': '安全ではありません: {date} に期限切れ ({role})',
  'poweroff.off.label': '停止した日時',
  'poweroff.off.clear': '稼働を再開した',
  'poweroff.off.is': '{date} から停止中 ({span})',
  'poweroff.steps': 'この順序で修復',
  'poweroff.steps.later': 'Kubernetes 層または MOC 層の期限が過ぎた場合',
  'poweroff.steps.copy': '{cluster} のコマンド {number}',
  'poweroff.overdue.card': '{count} 件が更新遅れ',
  'poweroff.show-credentials': '資格情報を表示',

  'thresholds.title': 'しきい値',
  'thresholds.lead':
    '資格情報の状態が変わる時点です。それぞれの有効期間の残りの割合で決まり、日数を指定した場合はその日数が上限になります。変更はすぐに全体に反映されます。日数が空欄の場合、上限はありません。',
  'thresholds.class': '資格情報',
  'thresholds.usual': '通常 {span}',
  'thresholds.percent': '{class}、{state}: 有効期間の残りの割合 (%)',
  'thresholds.days': '{class}、{state}: 残り日数の上限',
  'thresholds.days.unit': '日',
  'thresholds.reset': '既定値に戻す: {class}',
  'thresholds.class.kubernetes-leaf': 'Kubernetes の証明書',
  'thresholds.class.kubernetes-root': 'Kubernetes の CA',
  'thresholds.class.moc-identity': 'MOC の証明書とトークン',
  'thresholds.class.moc-root': 'クラウド エージェント CA',
  'thresholds.class.kubeconfig-client': 'kubeconfig の証明書',
  'thresholds.class.webhook': 'AD 認証 Webhook',
  'thresholds.class.other': 'その他',
  'threshold.no-number': '数値を入力してください (例: 12.5)。',
  'threshold.out-of-range': '1 分より長く、有効期間全体以下にしてください。',
  'threshold.out-of-order': '左隣の状態より先に達します。より小さい値にしてください。',

  'poweroff.facts': 'ファイルからわからない情報',
  'poweroff.updated.label': '最後の AKS の更新',
  'poweroff.updated': '最後の AKS の更新から {span}経過。',
  'poweroff.updated.inferred': '最後の AKS の更新から {span}経過 (トークンから推定)。',
  'poweroff.update.current': '遅くとも {date} までに AKS を更新してください。',
  'poweroff.update.note': '次の AKS の更新の時期です。遅くとも {date} までに更新してください。',
  'poweroff.update.warning':
    'Microsoft が推奨する 60 日を過ぎています。遅くとも {date} までに更新してください。',
  'poweroff.update.renewal-due': 'トークンと証明書の更新時期です。期限は {date} です。',
  'poweroff.update.critical':
    '今すぐ AKS を更新してください。トークンと証明書の期限は {date} です。',
  'poweroff.update.expired':
    '{date} に 90 日を過ぎています。再起動すると動作しなくなるおそれがあります。再起動せず、先に修復してください。',
  'poweroff.windows': 'ホストの OS',
  'poweroff.windows.unknown': '未指定',
  'windows.windows-server-2019': 'Windows Server 2019',
  'windows.windows-server-2022': 'Windows Server 2022',
  'windows.azure-stack-hci-22h2': 'Azure Stack HCI 22H2',
  'poweroff.agent': 'クラウド エージェント',
  'poweroff.agent.unknown': '未指定',

  'poweroff.next-step': '最初に {cluster} で実行するもの:',
  'poweroff.next-step.all': 'すべての手順',

  'cli.help.expiry-check':
    'arcwarden expiry check [PATH...]\n    資格情報を 1 行に 1 件、緊急度の高い順に表示します。対象はインベントリ、または指定したファイルだけです。\n    終了コード 0: --fail-on に達したものなし、1: あり\n    --cluster NAME         このクラスターだけ (名前または ID、複数指定可)\n    --fail-on STATE        overdue (既定)、urgent、expired のいずれか (通知を止めたもの、確認済みのものは数えません)\n    --prometheus FILE      node exporter の textfile コレクター用のメトリックを書き込む\n    --notify               既知のファイルを読み直し、変化をチャネルに知らせる (PATH とは併用不可)\n    --event-log            --notify に加え、Windows イベント ログにも書き込む',
  'cli.help.expiry-channels':
    'arcwarden expiry channels\n    各チャネルの状況 (待機中、失敗、最後の成功) を表示します。終了コード 1: 失敗しているチャネルあり',
  'cli.help.expiry-test':
    'arcwarden expiry test CHANNEL\n    名前または ID で指定したチャネルにテストを送信します。終了コード 0: 到着、1: 失敗',
  'cli.help.audit-list': 'arcwarden audit list\n    誰がいつ何をしたかを、古い順に表示します。',
  'cli.help.audit-verify':
    'arcwarden audit verify\n    監査証跡の各行が書き込まれたままかどうかを調べます。終了コード 0: そのまま、1: 変更、削除、追加、移動あり\n    --head SHA256          別の場所に控えたこのハッシュの行が含まれていること',
  'cli.usage.notify-paths':
    '--notify と --event-log はデータ フォルダーの変化を知らせます。パスは指定しないでください。',
  'cli.usage.no-channel': 'チャネル「{channel}」はありません。登録されているもの: {known}',
  'cli.notify.console-open':
    'コンソールが開いていて、変化を自分で知らせています。このコマンドは確認だけを行います。',
  'cli.notify.told':
    '{count, plural, =0 {お知らせする変化はありません。} other {# 件の変化をお知らせしました。}}',
  'cli.channels.name': '名前',
  'cli.channels.kind': '種類',
  'cli.channels.waiting': '待機中',
  'cli.channels.failures': '失敗',
  'cli.channels.last-success': '最後の成功 (UTC)',
  'cli.audit.line': '行',
  'cli.audit.at': '日時',
  'cli.audit.by': '実行者',
  'cli.audit.action': '操作',
  'cli.audit.subject': '対象',
  'cli.audit.params': '詳細',
  'cli.audit.verified':
    '{faults, plural, =0 {{lines, plural, =0 {監査証跡は空です。} other {# 行すべてが書き込まれたままです。}}} other {{lines} 行のうち {faults} 行が書き込まれたものと異なります。}}\n最後の行の SHA-256: {head}',
  'cli.help.expiry-poweroff':
    'arcwarden expiry poweroff [PATH...]\n    各クラスターをいつまで停止できるか、何が最初に切れるか、切れた後に何を実行するかを表示します。\n    終了コード 0: 期限切れなし、1: 期限切れあり、または --off-until までに発生\n    --cluster NAME         このクラスターだけ (名前または ID、複数指定可)\n    --off-since INSTANT    この日時から停止している\n    --off-until INSTANT    今からこの日時まで停止する予定',
};
