import type english from '../en/wizard.ts';

/** 更新ウィザード: 対象の選択、事前確認、計画、ファイルへの保存。 */
export default {
  'navigation.update': 'AKS の更新',
  'menu.update': 'AKS の更新(&U)',
  'command.update.open': 'AKS の更新を計画',
  'poweroff.plan-update': 'AKS の更新を計画',

  'update.wizard.title': 'AKS の更新',
  'update.wizard.lead':
    'ホストを先に、続いて各クラスターを Kubernetes のマイナー バージョン 1 つずつ更新します。開始するまで何も実行しません。',
  'update.wizard.steps': '更新のステップ',
  'update.wizard.step.choose': '対象の選択',
  'update.wizard.step.preflight': '事前確認',
  'update.wizard.step.plan': '計画',
  'update.wizard.step.export': '予定と保存',
  'update.wizard.step.run': '実行と検証',
  'update.wizard.state.problems': '問題 {count, number} 件',
  'update.wizard.next.choose': '事前確認へ進む',
  'update.wizard.next.preflight': '計画を表示する',
  'update.wizard.next.plan': '予定と保存へ進む',
  'update.wizard.next.export': 'ここから計画を実行する',
  'update.wizard.again': '別の更新を計画する',
  'update.wizard.again.hint': '実行はそのまま続き、実行の一覧に残ります。',
  'update.blocked.nothing': '先にホストまたはクラスターを選択してください。',
  'update.blocked.which': '先に、更新するクラスターを選択してください。',
  'update.blocked.too-many':
    '1 つの計画に含められるクラスターは {count, number} 個までです。先に更新するクラスターを選択してください。',
  'update.blocked.version': 'バージョンの形式になっていない入力があります。',
  'update.blocked.too-long':
    '貼り付けたテキストが {count, number} 文字を超えています。このコマンドの出力以外を除いてください。',

  'update.choose.answer.age': '{name} の最後の更新は{days, plural, =0 {今日} other { # 日前}}です。{advice}',
  'update.choose.answer.unknown': '最後の更新がいつだったか、まだわかっていません。',
  'update.choose.what': '更新の対象',
  'update.choose.deployment': 'デプロイ',
  'update.choose.deployment.unplaced': '実行先がわからないクラスター',
  'update.choose.column.what': '対象',
  'update.choose.column.now': '現在のバージョン',
  'update.choose.column.to': '更新後のバージョン',
  'update.choose.column.age': '最後の更新からの日数',
  'update.choose.hosts': 'ホストと管理クラスター',
  'update.choose.hosts.of': '{name} のホストと管理クラスター',
  'update.choose.now.label': '{name}: 現在のバージョン',
  'update.choose.to.label': '{name}: 更新後のバージョン',
  'update.choose.now.unknown': '不明',
  'update.choose.to.newest': '提供中の最新',
  'update.choose.to.newest-is': '提供中の最新 ({version})',
  'update.choose.to.none': '新しいものはありません',
  'update.choose.fault.build': 'ビルドは 1.0.2.10723 の形式で入力してください。',
  'update.choose.fault.version': 'バージョンは v1.21.9 の形式で入力してください。',
  'update.choose.no-clusters':
    'クラスターがまだありません。クラスターのファイルをインポートするか、Get-AksHciCluster の出力を貼り付けてください。',
  'update.choose.name': '別のクラスターの名前',
  'update.choose.name.add': '追加',
  'update.choose.name.remove': '{name} を削除',
  'update.choose.name.known': 'このクラスターはすでに一覧にあります。',
  'update.choose.name.hosts': '管理クラスターはホストと一緒に更新されます。',
  'update.choose.only-system': 'クラスターはノードの OS だけを更新し、Kubernetes は更新しない',
  'update.age.days': '{days, number} 日',
  'update.age.unknown': '不明',
  'update.age.stated': '入力された日時',
  'update.age.inferred': '最も古いトークンから推定',
  'update.age.scale': '最後の更新から {days} 日。目盛りは {marks} 日です。',

  'update.paste.head': 'ホストの現在の状態',
  'update.paste.lead':
    '次のコマンドをホストの PowerShell で実行し、コマンドの行も含めて出力全体を貼り付けてください。どれも読み取るだけのコマンドです。貼り付けた内容は保存されません。',
  'update.paste.commands': 'コマンド',
  'update.paste.label': 'コマンドの出力',
  'update.paste.placeholder': 'PS C:\\> Get-AksHciVersion',
  'update.paste.read':
    '{hosts, select, none {} other {ホストのビルドは {hosts} です。}}{clusters, plural, =0 {クラスターは含まれていません。} other {クラスターは # 個です。}}',
  'update.paste.findings': '貼り付けた内容について',

  'update.windows.head': '更新の間隔とその根拠',
  'update.windows.lead':
    '情報源によって異なります。Arcwarden はそれぞれの日数に目印を付け、90 日を最終の期限とします。',
  'update.windows.30': '30 日: ホストの更新のページが推奨する間隔です。',
  'update.windows.60': '60 日: 概要のページは、リリースから 60 日以内の更新を推奨しています。',
  'update.windows.63': '63 日: 90 日の 30% が残っています。自動で更新されるものは、この時点で更新されます。',
  'update.windows.83': '83 日: 残り 1 週間です。Arcwarden 独自の目印で、情報源はありません。',
  'update.windows.90':
    '90 日: 自動でローテーションできないものの有効期限が切れます。この後に再起動すると、復帰できないことがあります。',
  'update.windows.not-impacted':
    '別のページには、90 日以内に更新しなくてもクラスターに影響はないとあります。2023 年初めごろからトークンは自動でローテーションされますが、それより古いビルドでは危険があります。',

  'update.preflight.answer':
    '{open, plural, =0 {{total, number} 件の確認はすべて済み、更新の妨げはありません。} other {{total, number} 件の確認のうち # 件が残っています。}}{open, plural, =0 {} other {{problems, plural, =0 {今のところ更新の妨げはありません。} other {うち # 件は更新の妨げになります。}}}}',
  'update.preflight.open': '残っている確認',
  'update.preflight.questions': 'まだわかっていないこと',
  'update.preflight.questions.lead':
    'わからないままでも計画できますが、わかるほど後から入力する値が減ります。最初の手順でまとめて貼り付けることもできます。',
  'update.preflight.fine': '問題のない確認 {count, number} 件',
  'update.preflight.expected.label': '期待される結果:',
  'update.preflight.state.ok': '問題なし',
  'update.preflight.state.problem': '更新の妨げになります',
  'update.preflight.state.unknown': '不明',
  'update.preflight.paste': '{command} の出力',
  'update.preflight.read': '読み取る',
  'update.preflight.looked': '確認し、期待どおりだった',
  'update.preflight.looked.state': '目視で確認済み',
  'update.preflight.looked.again': 'もう一度確認する',
  'update.preflight.looked.hint':
    'Arcwarden が読み取るものからは判断できません。計画では、更新の直前にもう一度この確認を行います。',
  'update.preflight.mended':
    '期限切れのものは計画の最初で修復します。修復後にファイルをもう一度インポートすると、この確認に反映されます。',
  'update.preflight.updated': '最後の更新の日時',
  'update.preflight.windows': 'ホストの OS',
  'update.preflight.windows.unknown': '不明',
  'update.preflight.no-place': '記録する先がありません。先にホストのファイルをインポートしてください。',

  'update.plan.answer':
    '{updates, plural, =0 {更新するものはありません} other {更新は # 件です}}。手順は{steps, plural, =0 {ありません} other { # 個です}}。上から順に 1 つずつ進めてください。',
  'update.plan.whole': '計画全体',
  'update.plan.problems': 'そのうち {count, number} 件は更新の妨げになります。',
  'update.plan.open-checks': 'まだ {count, number} 件の確認が残っています。',
  'update.plan.to-checks': '事前確認を表示',

  'update.export.answer': 'ここから計画を実行するか、実行する場所へ持ち出します。',
  'update.schedule.head': '次のメンテナンス時間帯',
  'update.schedule.window': '{from} から {until} まで',
  'update.schedule.estimate': '見積もりでは {done} に終わります。',
  'update.schedule.too-short':
    '十分な長さの時間帯がありません (最長 {longest})。一度に更新するクラスターを減らすか、時間帯を長くしてください。',
  'update.schedule.none': '計画の対象期間に、ルールで許可された時間帯がありません。',
  'update.schedule.save': 'カレンダー用に保存…',
  'update.schedule.rules': '時間帯のルール',
  'update.export.files': 'ファイル',
  'update.export.lead':
    '同じ計画を 3 つの形式で保存できます。ホストで実行するのか、チームで読むのか、印刷して使うのかで選んでください。',
  'update.export.ps1': 'PowerShell スクリプト',
  'update.export.ps1.explain':
    'ホストの Windows PowerShell 5.1 で実行します。まず -WhatIf で確認してください。最初の失敗で停止し、次に実行すると停止した所から続行します。',
  'update.export.md': 'Markdown',
  'update.export.md.explain': '変更申請、チケット、リポジトリに添付できます。',
  'update.export.html': 'HTML ページ',
  'update.export.html.explain':
    'スクリプトを含まない 1 ページの文書で、チェック ボックスが付いています。印刷や、ネットワークのないホストへの持ち込みに使えます。',
  'update.export.save': '保存…',
  'update.export.save.label': '{format} として保存…',
  'update.export.language': 'このウィンドウの言語で保存されます。日時は UTC です。',
} satisfies Record<keyof typeof english, string>;
