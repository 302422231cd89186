import type english from '../en/update.ts';

/** ホストとクラスターの更新: 読み取り、事前確認、計画とそのファイル。 */
export default {
  'finding.cmdlet-output.bad-json': 'ここから始まる JSON ドキュメントを読み取れません。',
  'finding.cmdlet-output.bad-json.remedy': '最初のかっこから最後のかっこまで、全体を貼り付けてください。',
  'finding.cmdlet-output.no-header': '表に項目名の行がないため、列を判別できません。',
  'finding.cmdlet-output.no-header.remedy': 'ハイフンの上の行も含めて表を貼り付けてください。',
  'finding.cmdlet-output.broken-table': '狭いウィンドウで折り返された表を、元の行に戻せませんでした。',
  'finding.cmdlet-output.broken-table.remedy':
    'コマンドの末尾に「| Format-List」または「| ConvertTo-Json」を付けて、もう一度実行してください。',
  'finding.cmdlet-output.columns-overlap': 'この表は列がつながっているため、値が別の列に入っている可能性があります。',
  'finding.cmdlet-output.columns-overlap.remedy':
    'コマンドの末尾に「| Format-List」または「| ConvertTo-Json」を付けて、もう一度実行してください。',
  'finding.cmdlet-output.too-many-columns': 'コマンドレットの出力にはない数の列を持つ表です。',
  'finding.cmdlet-output.too-many-columns.remedy': 'コマンドレットの出力だけを貼り付けてください。',
  'finding.update.nothing-read': 'バージョンや更新プログラムを示す出力が含まれていません。',
  'finding.update.nothing-read.remedy':
    'Get-AksHciVersion、Get-AksHciUpdates、Get-AksHciCluster、Get-AksHciClusterUpdates、Test-UpdateAksHci の出力を、コマンドの行も含めて貼り付けてください。',
  'finding.update.command-failed': '{command} が失敗しています。',
  'finding.update.command-failed.remedy':
    '先にエラーの原因を調べてください。更新には、このコマンドが使うものが必要です。',
  'finding.update.value-cut': '{field} の値が幅不足で途中で切れています。',
  'finding.update.value-cut.remedy':
    'コマンドの末尾に「| Format-List」または「| ConvertTo-Json」を付けて、もう一度実行してください。',
  'finding.update.value-unknown': '{field} の値を解釈できません。',
  'finding.update.value-unknown.remedy': '出力を表示されたとおりに貼り付けてください。',
  'finding.update.cluster-not-named': 'どのクラスターの出力か判別できません。',
  'finding.update.cluster-not-named.remedy':
    '「Get-AksHciClusterUpdates -name NAME」のように、コマンドの行も含めて貼り付けてください。',
  'finding.update.build-without-command':
    'ビルド {build} の前にコマンドがないため、{use, select, host {ホストの現在のビルド} other {更新プログラム}}とみなしました。',
  'finding.update.build-without-command.remedy': '違う場合は、コマンドの行も含めて貼り付けてください。',
  'finding.update.install-state':
    '構成の状態が {state} です。ホストの前回のインストールまたは更新が正常に完了していません。',
  'finding.update.install-state.remedy':
    'Updating の間は、更新を実行しても「既に進行中」と表示されます。実行中の更新がないか確認し、なければ、更新の前に修復してください。',
  'finding.update.install-state-number':
    'ホストの状態が数値 ({state}) です。JSON や別のコンピューターから取得すると、このようになります。',
  'finding.update.install-state-number.remedy':
    'ホストで (Get-AksHciConfig).AksHci.installState を実行すると、名前が表示されます。更新できるのは Installed のときです。',
  'finding.update.two-versions': 'ホストのビルドが、ある出力では {before}、後の出力では {after} です。',
  'finding.update.two-versions.remedy': '後の出力を採用しました。古い出力は除いてください。',

  'preflight.moc-login': 'mocctl がログインできる',
  'preflight.moc-login.answered': 'Get-MocNode は応答しています。',
  'preflight.moc-login.failed': 'Get-MocNode が失敗しています。',
  'preflight.moc-login.expired': 'mocctl の証明書は {at} に期限切れになっています。',
  'preflight.moc-login.ends': 'mocctl の証明書は、更新の {takes}の間に期限切れになります ({at})。',
  'preflight.moc-login.valid': 'mocctl の証明書は {at} まで有効です。',
  'preflight.moc-login.unknown': 'Get-MocNode の出力も mocctl の証明書も読み込まれていません。',
  'preflight.moc-login.expected': 'ノードの一覧が表示され、エラーがないこと。',
  'preflight.kvactl-login': 'kvactl がログインできる',
  'preflight.kvactl-login.answered': 'Get-AksHciCluster は応答しています。',
  'preflight.kvactl-login.failed': 'Get-AksHciCluster が失敗しています。',
  'preflight.kvactl-login.expired': 'kvactl の {name} は {at} に期限切れになっています。',
  'preflight.kvactl-login.ends': 'kvactl の {name} は、更新の {takes}の間に期限切れになります ({at})。',
  'preflight.kvactl-login.valid': 'kvactl の {name} は {at} まで有効です。',
  'preflight.kvactl-login.unknown': 'Get-AksHciCluster の出力も kvactl の資格情報も読み込まれていません。',
  'preflight.kvactl-login.expected': 'クラスターの一覧が表示され、エラーがないこと。',
  'preflight.management-kubeconfig': '管理クラスターの kubeconfig が有効である',
  'preflight.management-kubeconfig.expired':
    'クライアント証明書は {at} に期限切れになっています。更新のコマンドレットはすべて「You must be logged in to the server」で失敗します。',
  'preflight.management-kubeconfig.ends': 'クライアント証明書は、更新の {takes}の間に期限切れになります ({at})。',
  'preflight.management-kubeconfig.valid': 'クライアント証明書は {at} まで有効です。',
  'preflight.management-kubeconfig.unknown':
    '読み込まれていません。クライアント証明書の有効期間は約 1 年で、自動では更新されません。',
  'preflight.management-kubeconfig.expected': '管理クラスターのノードが表示され、「Unauthorized」にならないこと。',
  'preflight.host-credentials': 'ホストと管理クラスターのトークンと証明書の期限に余裕がある',
  'preflight.host-credentials.expired':
    '{count, plural, =1 {{name} は {at} に期限切れになっています。} other {# 件が期限切れです。最初は {name} ({at}) です。}}',
  'preflight.host-credentials.ends':
    '更新の {takes}の間に {count, number} 件が期限切れになります。最初は {name} ({at}) です。',
  'preflight.host-credentials.valid':
    '読み込んだものはすべて、更新の {takes}より後まで有効です。最初に切れるのは {name} ({at}) です。',
  'preflight.host-credentials.unknown': '読み込まれていません。期限を表示するコマンドレットはありません。',
  'preflight.host-credentials.expected': 'ホストのファイルが Arcwarden のインベントリにあり、期限切れがないこと。',
  'preflight.cluster-credentials': 'クラスターのトークンと証明書の期限に余裕がある',
  'preflight.cluster-credentials.expired':
    '{count, plural, =1 {{name} は {at} に期限切れになっています。} other {# 件が期限切れです。最初は {name} ({at}) です。}}',
  'preflight.cluster-credentials.ends':
    '更新の {takes}の間に {count, number} 件が期限切れになります。最初は {name} ({at}) です。',
  'preflight.cluster-credentials.valid':
    '読み込んだものはすべて、更新の {takes}より後まで有効です。最初に切れるのは {name} ({at}) です。',
  'preflight.cluster-credentials.unknown': '読み込まれていません。期限を表示するコマンドレットはありません。',
  'preflight.cluster-credentials.expected':
    'クラスターのファイルが Arcwarden のインベントリにあり、期限切れがないこと。',
  'preflight.kms': 'KMS プラグインがログインできる',
  'preflight.kms.expired': '{name} は {at} に期限切れになっています。次の再起動で API サーバーが起動しなくなります。',
  'preflight.kms.ends':
    '{name} は、更新の {takes}の間に期限切れになります ({at})。更新では KMS プラグインが再起動します。',
  'preflight.kms.valid': '{name} は {at} まで有効です。',
  'preflight.kms.unknown': 'KMS プラグインの資格情報は読み込まれていません。',
  'preflight.kms.expected': 'シークレットの名前が表示され、内部エラーがないこと。',
  'preflight.moc-version': 'ホストと MOC のビルドが一致している',
  'preflight.moc-version.same': 'どちらも {host} です。',
  'preflight.moc-version.differs':
    'Get-AksHciVersion は {host}、Get-MocVersion は {moc} です。更新が途中で止まっています。',
  'preflight.moc-version.unknown': '両方のビルドは読み込まれていません。',
  'preflight.moc-version.expected': 'Get-AksHciVersion と同じビルドであること。',
  'preflight.module': 'AksHci モジュールのバージョンが 1 つである',
  'preflight.module.one': 'バージョン {version} だけが見つかりました。',
  'preflight.module.several':
    '複数のバージョンがインストールされています: {versions}。kvactl と合わないものがあると、コマンドが「unknown flag: --tags」で失敗します。',
  'preflight.module.unknown': 'インストール済みのバージョンは読み込まれていません。',
  'preflight.module.expected': 'どのホストでも同じバージョンが 1 つだけであること。',
  'preflight.update-test': 'Test-UpdateAksHci に合格する',
  'preflight.update-test.passed': '合格しています。',
  'preflight.update-test.failed': '不合格です: {tests}。',
  'preflight.update-test.deprecated':
    '新しいビルドがサポートしないマイナー バージョンのクラスターがあります: {clusters}。先に更新しないと、ホストの更新が失敗します。',
  'preflight.update-test.unknown': '実行されていません。',
  'preflight.update-test.expected': '結果が「Failed」のテストがないこと。',
  'preflight.room': '入れ替わる仮想マシンのための空きがある',
  'preflight.room.unknown':
    'ノードは、新しいものが加わってから古いものが削除されます。そのために、メモリ {memory} GB、管理クラスター用の IP アドレス {hostAddresses} 個、クラスター用の IP アドレス {clusterAddresses} 個、イメージ用のディスクが必要です。ディスクの必要量を示す出典はありません。',
  'preflight.room.expected': 'イメージを置くボリュームに十分な空きがあること。',
  'preflight.support-end': 'ホストの OS がサポートされている',
  'preflight.support-end.unknown':
    'ホストの OS が不明です。「停止できる期間」の画面で指定してください。サポート終了後は更新プログラムが提供されません。',
  'preflight.support-end.over': '{system} のサポートは {at} に終了しました。更新プログラムはもう提供されません。',
  'preflight.support-end.supported': '{system} は {at} までサポートされます。',
  'preflight.support-end.but': '以前のページでは、直前の版が {at}、最初の版が {before} でした。',
  'preflight.support-end.excluded': '以前のページでは {system} はサポート対象外でした。',
  'preflight.support-end.expected': 'Windows Server 2019、2022、2025、または Azure Stack HCI 22H2 であること。',
  'preflight.update-age': '前回の更新からの日数',
  'preflight.update-age.current': '{days, number} 日 ({at} から)。90 日の期限は {deadline} です。',
  'preflight.update-age.late':
    '{days} 日 ({at} から)。推奨より遅れています。90 日の期限は {deadline} です。更新の前にホストやクラスターを再起動しないでください。',
  'preflight.update-age.expired':
    '{days} 日 ({at} から)。90 日の期限は {deadline} に過ぎています。次の再起動までは動作しても、再起動後に復旧しない可能性があります。ホスト更新のページは Microsoft サポートへの連絡を求めています。',
  'preflight.update-age.release':
    'ビルド {build} は {released} のものです。記事の 60 日は前回の更新ではなくリリースから数えるため、期限は {until} {over, select, yes {でした} other {です}}。',
  'preflight.update-age.unknown': '前回の更新日が不明です。「停止できる期間」の画面で入力してください。',
  'preflight.update-age.expected': 'ビルドの日付から、おおよその経過がわかること。',

  'update.module.title': 'すべてのホストで PowerShell モジュールを更新する',
  'update.module.why':
    '更新には最新のモジュールが必要で、すべてのホストで同じでなければなりません。先に PowerShell のウィンドウをすべて閉じ、新しいウィンドウで続けてください。修復より先には行わないでください。モジュールが kvactl より新しいと修復が失敗します。',
  'update.module.expected': 'すべてのホストに新しいバージョンがあること。古いバージョンは自動では削除されません。',
  'update.version.title': 'ホストのビルドを控える',
  'update.version.why': '更新が適用されたことを後で確認するためです。',
  'update.version.expected': '1.0.2.10723 のようなビルドが 1 つ表示されること。',
  'update.version.expected-build': '{build}',
  'update.host.title': 'ホストと管理クラスターを更新する',
  'update.host.why':
    'ホストはクラスターより先に更新します。常に最新のビルドになり、仮想マシンは 1 台ずつ入れ替わり、自動でローテーションできないトークンもローテーションされます。',
  'update.host.expected': 'エラーなしで終了すること。証明書とトークンは、その日から 90 日間有効になります。',
  'update.host.check': '以前より新しいビルドであること。',
  'update.host.check-from': '{from} より新しいビルドであること。',
  'update.host.check-build': '{build}',
  'update.host.undo': '以前のビルドに戻す方法はありません。',
  'update.reread.title': '適用できるバージョンを確認する',
  'update.reread.why': '新しいビルドのホストは、新しい Kubernetes のバージョンを提供します。',
  'update.reread.expected': '次の手順のバージョンが一覧にあること。',
  'update.cluster.title': 'Kubernetes を {version} に更新する',
  'update.cluster.title-open': 'Kubernetes を {minor} の最新パッチに更新する',
  'update.cluster.title-unknown': 'Kubernetes を提供されているバージョンに更新する',
  'update.cluster.why': 'ノードのオペレーティング システムも最新になり、ノードは 1 台ずつ入れ替わります。',
  'update.cluster.why-minor': '{from} から {to} へ。マイナー バージョンは 1 つずつ上げる必要があり、飛ばせません。',
  'update.cluster.why-open':
    '{minor} のパッチは読み込まれていませんが、飛ばせません。どれがあるかは Get-AksHciClusterUpdates でわかります。',
  'update.cluster.why-before-host':
    '新しいビルドのホストは、このクラスターのバージョンをサポートしないため、ホストの更新が失敗します。',
  'update.cluster.host-first': '2 つのページは、例外なくホストをどのクラスターよりも先に更新するとしています。',
  'update.cluster.expected': 'エラーなしで終了すること。',
  'update.cluster.check': 'ProvisioningState : provisioned、KubernetesVersion : {version}',
  'update.cluster.check-open': 'ProvisioningState : provisioned で、新しいバージョンであること。',
  'update.cluster.undo':
    '以前のバージョンに戻す方法はありません。事前にクラスターのワークロードをバックアップしてください。',
  'update.system.title': 'ノードのオペレーティング システムを更新する',
  'update.system.why':
    'Kubernetes はそのままです。新しいオペレーティング システムが別の Kubernetes のバージョンを必要としない場合にだけ実行できます。',
  'update.system.expected': 'エラーなしで終了すること。',
  'update.pools.title': 'ノード プールを確認する',
  'update.pools.why': '一部のノードが古いバージョンのまま更新が止まることがあります。',
  'update.pools.expected': 'すべてのノード プールで Phase : Deployed であること。',
  'update.pools.expected-version': 'すべてのノード プールで Phase : Deployed、Version : {version} であること。',
  'update.nodes.why-own': 'フォルダーに取得した新しい kubeconfig を使います。',
  'update.credential.title': 'kubeconfig を再取得する',
  'update.credential.why': 'クライアント証明書は自動では更新されません。更新の後に新しくしておくと安心です。',
  'update.credential.expected': '新しいファイルができること (既定では %USERPROFILE%\\.kube\\config)。',
  'update.credential.undo': 'kubectl の既定のファイルを置き換えます。事前にコピーを残してください。',
  'update.nodes.title': 'ノードを確認する',
  'update.nodes.why': '再取得した kubeconfig を使います。kubectl の既定のファイルになっています。',
  'update.nodes.expected': 'すべてのノードが Ready で、SchedulingDisabled がないこと。',
  'update.nodes.expected-version': 'すべてのノードが {version} で Ready になり、SchedulingDisabled がないこと。',

  'update.warning.command-failed':
    '更新に必要なコマンドが失敗しています: {commands}。先にエラーの原因を調べてください (arcwarden repair diagnose)。',
  'update.warning.repair-first':
    '先に {count, number} 件の修復を行います。更新には、期限切れになった資格情報が必要です。',
  'update.warning.do-not-reboot':
    '先にホストやクラスターを再起動しないでください。期限切れのものは次の起動時に必要になります。',
  'update.warning.call-support':
    '前回の更新から 90 日を超えています。ホスト更新のページは、Microsoft サポートへの連絡を求めています。',
  'update.warning.hosts-left':
    'この計画ではホストを更新しません。ホストはクラスターより先に更新するものです。ホストの更新プログラムがないか確認してください。',
  'update.warning.deprecated-first':
    '{clusters} はホストより先に更新します。新しいビルドは現在のバージョンをサポートしません。出典の間で食い違いがあるため、計画には両方の方法を示します。',
  'update.warning.deprecated-stuck':
    '新しいビルドがサポートしないバージョンのクラスターがあると、ホストの更新は失敗します。この計画で更新されないクラスター: {clusters}。バージョンを指定してください。提供されているものがない場合は、Microsoft サポートの支援が必要です。',
  'update.warning.taints':
    'ワーカー ノードに手作業で設定した taint、ロール、ラベルは失われます。事前に控えてください。',
  'update.warning.issue-371':
    '1.0.21 から 1.0.22 への更新が「no matches for kind "AksHciCluster"」で失敗したという報告があります。証明書の問題ではありません。始める前に Microsoft サポートに確認してください。',
  'update.warning.unreachable-target': '{cluster} は {from} から {version} には更新できません。古いバージョンです。',
  'update.warning.nothing': 'ホストにもクラスターにも、新しいバージョンは読み込まれていません。',

  'update.after.reset': '証明書とトークンは更新の日から 90 日間有効です。今日更新した場合は {at} までです。',
  'update.after.window-60': '新しいリリースから 60 日以内にまた更新してください。今日から数えて {at} までです。',
  'update.after.window-30': 'ホスト更新のページは 30 日以内を推奨しています ({at} まで)。',
  'update.after.window-90':
    '90 日を過ぎると、自動でローテーションできないものが期限切れになります ({at})。その後に再起動すると、復旧しない可能性があります。',
  'update.after.not-impacted':
    '別のページは、90 日以内に更新しなくてもクラスターに影響はないとしています。2023 年初めごろからトークンは自動でローテーションされますが、古いビルドには危険があります。',
  'update.after.kubernetes': 'クラスター内の証明書の有効期間は 4 日で、更新とは関係なく自動で新しくなります。',
  'update.after.kubeconfig':
    '更新しても kubeconfig は新しくなりません。コピーを持つ人は、それぞれ期限の前に再取得する必要があります。',
  'update.after.next-end': '更新では新しくならず、次に期限切れになるもの: {cluster} の {name} ({at})。',

  'update.ask.host-version': 'ホストのビルドが不明です。',
  'update.ask.host-updates': 'ホストに適用できるビルドが不明です。',
  'update.ask.clusters': 'どのクラスターがあるか不明です。',
  'update.ask.cluster-version': '{cluster} の Kubernetes のバージョンが不明です。',
  'update.ask.cluster-updates': '{cluster} に適用できるバージョンが不明です。',
  'update.run-length': '所要時間は約 {takes}です (Arcwarden の見積もり。更新の所要時間を示す出典はありません)。',

  'update.answer':
    '{updates, plural, =0 {更新するものはありません。} other {更新は # 件、手順は {steps} 個です。}}{problems, plural, =0 {問題が見つかった確認はなく} other {# 件の確認で問題が見つかり}}、{unknown, plural, =0 {すべて確認済みです。} other {# 件がまだ不明です。}}',
  'update.checks': '始める前の確認',
  'update.state.ok': '良好',
  'update.state.problem': '問題あり',
  'update.state.unknown': '不明',
  'update.questions': 'まだ不明です。次のコマンドを実行し、出力を渡してください:',
  'update.usage.to': 'vMAJOR.MINOR.PATCH または NAME=vMAJOR.MINOR.PATCH',
  'update.usage.out': '{ends} のいずれかで終わるファイル',

  'steps.title.update': 'AKS enabled by Azure Arc の更新',
  'steps.title.repair': 'AKS enabled by Azure Arc の修復',
  'steps.title.revocation': 'AKS enabled by Azure Arc の失効後の復旧',
  'steps.title.maintenance': 'AKS enabled by Azure Arc のメンテナンス',
  'steps.made': '{date} に Arcwarden が作成',
  'steps.facts': '{clusters}。{known}',
  'steps.known': '{date} に読み込んだ内容に基づきます。',
  'steps.clusters': 'クラスター',
  'steps.clusters.more': '{names} ほか {count, number} 個',
  'steps.hosts': '{name} (ホスト)',
  'steps.warnings': '始める前に',
  'steps.saved': '{name} を保存しました。',
  'steps.steps': '手順',
  'steps.none': '行うことはありません。',
  'steps.after': 'すべて終わったら',
  'steps.head': '{at}. {title}',
  'steps.only': '{only}: {title}',
  'steps.of-cluster': '{title} ({cluster})',
  'steps.column.why': '理由',
  'steps.column.where': '場所',
  'steps.column.command': 'コマンド',
  'steps.column.expected': '期待される結果',
  'steps.column.check': '確認',
  'steps.column.undo': '元に戻す方法',
  'steps.column.risk': '危険度',
  'steps.column.needs': '必要なもの',
  'steps.column.takes': '所要時間',
  'steps.column.instead': '別の方法',
  'steps.column.sources': '出典',
  'steps.by-hand': '手作業',
  'steps.api-server': '応答している API サーバー',
  'steps.takes': '通常 {usual}、最長 {longest}',
  'steps.target.host': 'いずれか 1 台のホストで、AKS をインストールしたユーザーとして',
  'steps.target.every-host': 'すべてのホストで',
  'steps.target.vm': '{cluster} の仮想マシン {address} で',
  'steps.target.control-plane': '{has, select, yes {{cluster} の} other {}}コントロール プレーン VM (いずれか 1 台) で',
  'steps.target.every-control-plane':
    '{has, select, yes {{cluster} の} other {}}すべてのコントロール プレーン VM で 1 台ずつ',
  'steps.target.every-worker': '{has, select, yes {{cluster} の} other {}}すべてのワーカー VM で 1 台ずつ',
  'steps.target.workstation': '管理端末で',
  'steps.risk.none': '読み取りだけ',
  'steps.risk.low': '低 (やり直せます)',
  'steps.risk.disruptive': '中断あり (しばらく使えないものがあります)',
  'steps.risk.dangerous': '危険 (クラスターを失う可能性があります)',
  'steps.open': '入力が必要: {names}',

  'cli.help.update-plan':
    'arcwarden update plan [FILE...|-]\n    ホストとクラスターを更新する手順を示します。事前確認、先に必要な修復、各コマンドと実行後の確認を含みます。\n    FILE は Get-AksHciVersion、Get-AksHciUpdates、Get-AksHciCluster、Get-AksHciClusterUpdates、Test-UpdateAksHci の\n    出力 (表、リスト、JSON) を貼り付けたファイルで、- は標準入力です。問題が見つかると終了コード 1 です。\n    --inventory PATH...      これらのファイルの資格情報 (既定はデータ フォルダー)\n    --cluster NAME           このクラスターだけ (名前または ID、複数指定可)\n    --deployment NAME        複数ある場合、どのデプロイか\n    --to VERSION             目標のバージョン (v1.22.11 など)、クラスターごとに NAME=VERSION (複数指定可)\n    --operating-system       ノードのオペレーティング システムだけ\n    --minutes KIND=N         host-update または cluster-update の所要時間 (分)\n    --out FILE               計画を保存する (.ps1 は Windows PowerShell 用、ほかに .md、.html)\n    --ics FILE               この計画が収まる次のメンテナンス ウィンドウの予定として書き込みます',
} satisfies Record<keyof typeof english, string>;
