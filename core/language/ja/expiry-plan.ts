import type { expiryPlan as english } from '../en/expiry-plan.ts';

export const expiryPlan: Record<keyof typeof english, string> = {
  'maintenance.kind.rotate-ca': 'クラウド エージェント CA のローテーション',
  'maintenance.kind.host-update': 'ホストの更新',
  'maintenance.kind.cluster-update': 'クラスターの更新',
  'maintenance.kind.rotate-certificates': '証明書とトークンのローテーション',
  'maintenance.kind.reinstall-ad-auth': 'AD 認証の再インストール',
  'maintenance.kind.fetch-credential': 'kubeconfig の再取得',
  'maintenance.kind.by-hand': '手作業による更新',

  'maintenance.step.cloud-agent-ca': 'クラウド エージェント CA のローテーション',
  'maintenance.step.host-update': 'ホストの更新',
  'maintenance.step.cluster-update': 'クラスターの更新',
  'maintenance.step.moc-login': 'mocctl の再ログイン',
  'maintenance.step.node-agent': 'ノード エージェントの修復',
  'maintenance.step.host': 'ホストの資格情報のローテーション',
  'maintenance.step.kubelet': 'Kubernetes 証明書の再プロビジョニング',
  'maintenance.step.cloud': 'クラウド エージェント用資格情報のローテーション',
  'maintenance.step.load-balancer': 'ロード バランサーの資格情報のローテーション',
  'maintenance.step.ad-auth-uninstall': 'AD 認証のアンインストール',
  'maintenance.step.ad-auth-install': 'AD 認証の再インストール',
  'maintenance.step.credential': 'kubeconfig の再取得',
  'maintenance.step.management-kubeconfig': '管理クラスターの kubeconfig の更新',
  'maintenance.step.by-hand': '手作業による更新',

  'maintenance.why.rotate-ca':
    'クラウド エージェントの CA の有効期間は 365 日です。期限が切れると、クラウド エージェントのクライアントはすべて拒否されます。',
  'maintenance.why.rotate-host':
    'ホストと管理クラスターの資格情報 {count} 件は、次のローテーションまたは更新まで有効です。',
  'maintenance.why.rotate-cloud':
    'クラスターがクラウド エージェントに接続するための資格情報 {count} 件は、次のローテーションまたは更新まで有効です。',
  'maintenance.why.rotate-load-balancer':
    'ロード バランサーの資格情報 {count} 件は、次のローテーションまたは更新まで有効です。',
  'maintenance.why.kubelet':
    'Kubernetes の証明書は自動で更新されますが、{count} 件の更新が遅れています。',
  'maintenance.why.expired': '{count} 件の資格情報が期限切れか、もう更新できません。',
  'maintenance.why.ad-auth':
    'AD 認証 Webhook の証明書の有効期間は 500 日で、自動では更新されません。',
  'maintenance.why.credential': 'kubeconfig のクライアント証明書は自動では更新されません。',
  'maintenance.why.management-kubeconfig':
    '管理クラスターの kubeconfig のクライアント証明書は自動では更新されません。期限が切れると、更新のコマンドレットも実行できません。',
  'maintenance.why.by-hand': '管理者以外に更新するものはありません。',
  'maintenance.why.host-update':
    'リリースから 60 日以内の更新が推奨されています。更新すると、自動でローテーションできないトークンもローテーションされます{count, plural, =0 {} other {（把握済み # 件）}}。',
  'maintenance.why.cluster-update':
    'リリースから 60 日以内に、ホストの後で更新することが推奨されています。更新すると、自動でローテーションできないトークンもローテーションされます{count, plural, =0 {} other {（把握済み # 件）}}。',
  'maintenance.how.host-update': 'ホストを最新バージョンに更新します。クラスターより先に行います。',
  'maintenance.how.cluster-update': 'Kubernetes とノードのオペレーティング システムを更新します。',
  'maintenance.again.reset': 'ローテーションすると有効期間は 90 日に戻ります。',
  'maintenance.again.rotate-ca': '新しい CA の有効期間は 365 日です。',
  'maintenance.again.ad-auth': '新しい証明書の有効期間は 500 日です。',
  'maintenance.again.credential': '新しいクライアント証明書の有効期間は約 1 年です。',
  'maintenance.again.update': '次のリリースは 60 日以内と見込みます。',
  'maintenance.note.update-unknown':
    '前回の更新日が不明のため、更新は計画していません。電源オフの画面で入力してください。',
  'maintenance.note.support-ended':
    '更新は計画していません。ホストの OS のサポートが終了し、更新も提供されないためです。代わりに証明書とトークンをローテーションします。',

  'maintenance.note.estimated': '各作業の所要時間は見積もりです。実績に合わせて変更してください。',
  'maintenance.note.account':
    'コマンドレットが MOC へのアクセスに使うファイルは、AKS をインストールした Windows ユーザーのプロファイルにあります。SYSTEM にはないため、特別な理由がなければそのアカウントでタスクを登録してください。',
  'maintenance.note.scheduled':
    'XML は、公開されているタスク スケジューラのスキーマ バージョン 1.2 に従います。',
  'maintenance.note.clustered':
    'クラスター化されたタスクは、フェールオーバー クラスターのいずれか 1 ノードで実行されます。',

  'plan.reason.no-window': '間に合う時間帯がない',
  'plan.reason.no-room': '時間帯に収まらない',
  'plan.reason.too-long': 'どの時間帯よりも長い',
  'plan.relax.lead': '余裕を {days} 日にする',
  'plan.relax.blackout': '作業禁止日 {dates} を解除する',
  'plan.relax.hours': '時間を {from} から {to} までにする',
  'plan.relax.weekday': '{weekday}も許可する',
  'plan.relax.passed': '期限を過ぎています。時間帯を待たずに今すぐ実行してください。',
  'plan.relax.none':
    '一つの変更だけでは間に合いません。最初の時間帯より前に手動で実行してください。',
  'plan.gives': '間に合わせるには: {changes}。',
  'plan.missed.late': '{task}: 期日 {due}、完了 {done}、{late}の遅れ（{reason}）。',
  'plan.missed.never': '{task}: 期日 {due}、実施できる時間帯なし（{reason}）。',
  'plan.missed.times': '計画の終わりまでに {times} 回起こります。',

  'plan.weekday.mon': '月曜日',
  'plan.weekday.tue': '火曜日',
  'plan.weekday.wed': '水曜日',
  'plan.weekday.thu': '木曜日',
  'plan.weekday.fri': '金曜日',
  'plan.weekday.sat': '土曜日',
  'plan.weekday.sun': '日曜日',
  'plan.weekday.mon.short': '月',
  'plan.weekday.tue.short': '火',
  'plan.weekday.wed.short': '水',
  'plan.weekday.thu.short': '木',
  'plan.weekday.fri.short': '金',
  'plan.weekday.sat.short': '土',
  'plan.weekday.sun.short': '日',

  'plan.answer.good':
    '{until}までに {count} 回の作業時間帯があれば、すべてを期限内に保てます。次回は {next} です。',
  'plan.answer.missed':
    'この条件では {missed} 件の期限に間に合いません。{until}までの作業時間帯は {count} 回、次回は {next} です。',
  'plan.answer.no-window':
    'この条件では {until}までに作業できる時間帯がなく、{missed} 件の期限に間に合いません。',
  'plan.answer.nothing': '{until}まで、作業時間帯の必要なものはありません。',
  'plan.exact': '証明済み: これより少ない回数では足りません',
  'plan.not-exact': '良好ですが、これより少ない回数で足りる可能性があります',
  'plan.task': '{target}: {step}',

  'plan.gives.or': '、または ',
  'maintenance.script.title': 'AKS enabled by Azure Arc のメンテナンス（Arcwarden が作成）',
  'maintenance.script.made': '計画日 {date}、{until}まで、{count} 回、時刻は {zone}',
  'maintenance.script.usage':
    '作業時間帯ごとにスケジュールされたタスクから実行されます。-WhatIf は実行内容の表示だけを行い、-Check はこれまでの作業時間帯が実行されたかどうかを調べます。',
  'maintenance.script.begins': '作業時間帯 {window} を開始します。手順: {steps}',
  'maintenance.script.step-done': '完了: {task}（{command}）',
  'maintenance.script.done': '作業時間帯 {window} が完了しました。',
  'maintenance.script.person': '手作業が必要です: {task}（{command}）',
  'maintenance.script.failed':
    '失敗しました。以降の手順は実行していません: {task}（{command}）: {error}',
  'maintenance.script.outside': '現在は計画された作業時間帯ではありません。何も実行していません。',
  'maintenance.script.missing': '最後まで実行されなかった作業時間帯: {windows}',
  'maintenance.script.check-fine': 'これまでの作業時間帯はすべて実行されています。',
  'maintenance.script.deployment':
    '計画には複数のデプロイが含まれます。-Deployment で一つ指定してください: {names}',
  'maintenance.script.no-folder':
    'kubeconfig の保存先フォルダーがありません。-CredentialFolder を指定してください',
  'maintenance.register.title': 'Arcwarden の計画をスケジュールされたタスクとして登録します',
  'maintenance.register.usage':
    '{script} と {xml} のあるフォルダーで、管理者として一度だけ実行してください。-Account を指定するとパスワードを尋ね、タスク スケジューラだけに渡します。',
  'maintenance.register.clustered':
    'フェールオーバー クラスターでは -Clustered -SharedFolder FOLDER を指定します。クラスター共有ボリュームなど、全ノードから見えるフォルダーが必要です。',
  'maintenance.register.no-account':
    'クラスター化されたタスクにはパスワードを渡せません。SYSTEM かグループ管理サービス アカウントを使用してください。',
  'maintenance.register.no-folder':
    '-SharedFolder に、クラスターの全ノードから見えるフォルダーを指定してください。',
  'maintenance.register.registered': '登録しました: {task}',
  'maintenance.task.description':
    'Arcwarden が計画した作業時間帯を実行します（{until}まで {count} 回）。',
  'maintenance.calendar.name': 'AKS enabled by Azure Arc のメンテナンス',
  'maintenance.calendar.summary': 'メンテナンス: {targets}、作業 {count} 件',
  'maintenance.calendar.more': '{name} ほか {count} 件',
  'maintenance.calendar.due': '期日 {due}',
  'maintenance.calendar.person': '手作業が必要',
  'maintenance.ticket.title': 'AKS enabled by Azure Arc のメンテナンス時間帯',
  'maintenance.ticket.rules': '条件',
  'maintenance.ticket.when': '{weekdays}、{from} から {to} まで、{zone}',
  'maintenance.ticket.lead': '余裕 {days} 日、{until}まで計画',
  'maintenance.ticket.blackouts': '作業禁止日: {dates}',
  'maintenance.ticket.windows': '作業時間帯',
  'maintenance.ticket.window': '{start} から {end} まで',
  'maintenance.ticket.utc': 'UTC: {start} から {end} まで、{done} ごろ完了の見込み',
  'maintenance.ticket.time': '開始',
  'maintenance.ticket.task': '作業',
  'maintenance.ticket.command': 'コマンド',
  'maintenance.ticket.due': '期日',
  'maintenance.ticket.why': '理由',
  'maintenance.ticket.missed': '間に合わない期限',
  'maintenance.ticket.notes': '補足',
  'maintenance.ticket.none': '手作業',
  'maintenance.ticket.assumed': '期限は推定',

  'cli.help.expiry-plan':
    'arcwarden expiry plan [PATH...]\n    すべての期限を守れる最少の作業時間帯と、それぞれで実行するコマンドを示します。\n    終了コード 0: すべての期限に間に合う、1: 間に合わない期限がある。\n    --cluster NAME         このクラスターだけ（名前または ID、複数指定可）\n    --zone NAME            条件のタイム ゾーン（Asia/Tokyo など）\n    --weekdays LIST        作業を開始できる曜日: mon,tue,wed,thu,fri,sat,sun\n    --hours FROM-TO        22:00-04:00\n    --blackout DATE        作業禁止日、範囲は DATE..DATE（複数指定可）\n    --lead DAYS            期限の何日前までに済ませるか\n    --horizon DAYS         何日先まで計画するか\n    --no-updates           更新は計画せず、ローテーションだけを計画\n    --minutes KIND=N       作業の種類ごとの所要時間（分）\n    --ics FILE             カレンダーを書き出す\n    --task-xml FILE        タスク スケジューラのタスクを書き出す\n    --script FILE          タスクが実行する PowerShell スクリプトを書き出す\n    --register FILE        タスクを登録する PowerShell スクリプトを書き出す\n    --markdown FILE        変更チケットを書き出す\n    --deployment NAME      複数ある場合、どのデプロイのホストのタスクか\n    --account NAME         タスクを実行するアカウント（既定は SYSTEM）\n    --clustered            フェールオーバー クラスター用のタスク',
};
