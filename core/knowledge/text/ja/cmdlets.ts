import type english from '../en/cmdlets.ts';

/** コマンドレットとプログラムの用途。 */
export default {
  'cmdlet.Update-AksHciCertificates.use':
    'AKS ホストの全クライアント (ノード エージェント、KVA、KMS、クラウド オペレーター、CSI、証明書マネージャー、CAPH、クラウド プロバイダー) のトークンと証明書をローテーションします。',
  'cmdlet.Update-AksHciCertificates.window':
    '先に新しい PowerShell ウィンドウを開いてください。-force を付けると期限に関係なくローテーションします。出力は文書化されていません。',
  'cmdlet.Update-AksHciCertificates.api-server': '管理クラスターの API サーバーが応答している必要があります。',
  'cmdlet.Update-AksHciClusterCertificates.use':
    '-fixCloudCredentials はワークロード クラスターがクラウド エージェントと通信できない場合に、-fixKubeletCredentials はコントロール プレーンの証明書を作り直す場合に使います。',
  'cmdlet.Update-AksHciClusterCertificates.one-fix':
    '1 回の実行で指定できる修復は 1 つです。-force を付けると期限に関係なくローテーションします。',
  'cmdlet.Update-AksHciClusterCertificates.no-effect':
    'ビルド 1.0.14.x 以前では、VM の名前に「-control-plane-」がないと何も起こらないことがあります (F02)。',
  'cmdlet.Repair-AksHciCerts.use': 'ホストの古い修復コマンドレットです。ページには廃止予定と書かれています。',
  'cmdlet.Repair-AksHciCerts.api-server': 'API サーバーが停止していると失敗します。',
  'cmdlet.Repair-AksHciClusterCerts.use':
    'ワークロード クラスターの古い修復コマンドレットです。ページには廃止予定と書かれています。',
  'cmdlet.Repair-AksHciClusterCerts.article': '証明書の概要の記事では、失効後の復旧用として今も示されています。',
  'cmdlet.Repair-AksHciClusterCerts.kvactl':
    '内部で kvactl.exe cluster repair を呼び出します。古いページではスイッチなしで示されています。',
  'cmdlet.Repair-AksHciClusterCerts.api-server': 'API サーバーが停止していると失敗します。',
  'cmdlet.Invoke-AksHciRotateCACertificate.use':
    '有効期間 365 日のクラウド エージェント CA をローテーションします。一部のサービスが停止するため、注意して実行してください。',
  'cmdlet.Invoke-AksHciRotateCACertificate.index': '専用のページはありますが、モジュールの索引にはありません。',
  'cmdlet.Repair-MocLogin.use': '証明書の有効期限が切れた mocctl を再ログインさせます。',
  'cmdlet.Repair-MocLogin.no-page': 'リファレンスにページがなく、パラメーターも文書化されていません。',
  'cmdlet.Repair-Moc.use': 'トークンの有効期限が切れたノード エージェントを、クラウド エージェントに再参加させます。',
  'cmdlet.Repair-Moc.no-page': 'リファレンスにページがなく、パラメーターも文書化されていません。',
  'cmdlet.New-MocIdentity.use': '別の管理者用の ID を作成します。2022 年 9 月以降は不要です。',
  'cmdlet.New-MocIdentity.validity': '有効期間は延長できません。新しく作成してください。',
  'cmdlet.New-MocRoleAssignment.use': 'ID にロールを割り当てます。',
  'cmdlet.Update-MocIdentity.use': 'ID のトークン ファイルを作り直します。',
  'cmdlet.Update-MocIdentity.no-page': 'Microsoft のページはありません。Azure Local に関する第三者の記事に出てきます。',
  'cmdlet.mocctl-security-identity-rotate.use': 'ID のトークンをローテーションし、ログイン ファイルを出力します。',
  'cmdlet.mocctl-security-identity-rotate.secret':
    '出力は平文のトークンです。自分だけが読めるファイルに保存し、使い終わったら削除してください。',
  'cmdlet.mocctl-security-login.use': 'ログイン ファイルでログインし、証明書を保存します。',
  'cmdlet.Set-AksHciProxySetting.use': 'Linux ノードの CA 証明書バンドルを設定します。',
  'cmdlet.Set-AksHciProxySetting.later':
    '次回の更新時に反映されます。表示、変更、削除はできません。-noProxy は空の文字列のままにします。',
  'cmdlet.Update-AksHci.use':
    'ホストを常に最新のリリースに更新します。クラスターより先に実行します。自動でローテーションできないトークンもローテーションします。',
  'cmdlet.Update-AksHci.cadence': 'リリースから 60 日以内が推奨です。30 日とするページもあります。',
  'cmdlet.Update-AksHciCluster.use': 'ワークロード クラスターの Kubernetes、または OS だけを更新します。',
  'cmdlet.Get-AksHciUpdates.use': 'ホストを更新できるリリースの一覧を表示します。',
  'cmdlet.Get-AksHciClusterUpdates.use': 'クラスターの更新の一覧を表示します。kvactl の簡単な動作確認にもなります。',
  'cmdlet.Get-AksHciVersion.use': 'ビルドを表示します (例: 1.0.14.10928)。最後の部分は 1 と月日です。',
  'cmdlet.Get-AksHciCluster.use':
    'クラスターの一覧を表示します。ノード プールを使うクラスターではノード数が 0 になります。',
  'cmdlet.Get-AksHciNodePool.use': 'クラスターのノード プールの一覧を表示します。',
  'cmdlet.Get-AksHciCredential.use':
    'ワークロード クラスターの新しい kubeconfig を作成します。-adAuth は AD サインオン用でシークレットを含みません。-aadAuth は Azure RBAC 用です。',
  'cmdlet.Get-AksHciCredential.replaces': '-configPath を指定しないと、kubectl の既定のファイルが置き換えられます。',
  'cmdlet.Get-AksHciConfig.use': '構成を表示します。メンバー .Moc、.AksHci、.Kva を使います。',
  'cmdlet.Get-AksHciKubernetesVersion.use': '新しいクラスターに使える Kubernetes バージョンの一覧を表示します。',
  'cmdlet.Test-UpdateAksHci.use': 'ホストを更新できるかどうかを確認します。',
  'cmdlet.Get-AksHciEventLog.use': 'モジュールのイベント ログを表示します。',
  'cmdlet.Get-AksHciLogs.use': 'ログを zip ファイル (最大 2 GB) に収集します。',
  'cmdlet.Get-AksHciBillingStatus.use': '課金の状態を表示します。',
  'cmdlet.Get-MocConfig.use': 'MOC の構成 (sshPrivateKey、clusterRoleName) を表示します。',
  'cmdlet.Get-KvaConfig.use': '管理クラスターの構成 (kubeconfig) を表示します。',
  'cmdlet.Get-MocVersion.use': 'MOC のバージョンを表示します。ビルドと比べます。',
  'cmdlet.Get-MocNode.use':
    'クラウド エージェントが把握しているノードの一覧を表示します。mocctl がログインできるときだけ動作します。',
  'cmdlet.Set-AksHciConfig.use': 'ホストの構成 (フォルダー、ポート、名前) を設定します。',
  'cmdlet.Install-AksHciAdAuth.use': 'AD 認証をインストールします。有効期間 500 日の新しい証明書が作成されます。',
  'cmdlet.Uninstall-AksHciAdAuth.use': 'クラスターから AD 認証を削除します。',
  'cmdlet.Sync-AksHciBilling.use': '課金レコードをすぐに同期します。',
  'cmdlet.Sync-AksHciBilling.out-of-policy': '成功しても、課金がポリシー違反のままになることがあります。',
  'cmdlet.Sync-AksHciBilling.takes': '更新が再開するまで 20 ～ 30 分かかります。',
  'cmdlet.Enable-AksHciArcConnection.use': 'クラスターを Azure Arc に接続します。',
  'cmdlet.Set-AksHciRegistration.use': 'ホストを Azure に登録し、サインインします。',
  'cmdlet.Set-AksHciRegistration.same':
    '最初の登録と同じサブスクリプションとリソース グループを指定してください。別のものは登録されません。',
  'cmdlet.Update-AksHciCluster.together':
    '-kubernetesVersion と -operatingSystem は同時に指定できます。実行前に確認を求められます (省略するには -Confirm:$false)。',
  'cmdlet.Get-AksHciCredential.prompts':
    'ファイルを書き込む前に確認を求められます。スクリプトでは -Confirm:$false を付けてください。',
  'cmdlet.Get-AksHciCredential.config-path':
    '-configPath の意味はビルドによって異なります。ファイルそのもの、または kubeconfig-<name> か <name>-kubeconfig が作られるフォルダーです。新しい空のフォルダーを指定し、その中の 1 つのファイルを使ってください。',
  'cmdlet.Get-AksHciConfig.token':
    '.Kva.identity に有効なトークンが含まれます。出力を添付したり、外部に送ったりしないでください。',
  'cmdlet.Repair-Moc.restarts':
    '1.0.24.11029 で、ノードのすべての VM が再起動したという報告が 1 件あります。メンテナンス期間に実行してください。',
  'cmdlet.Update-AksHci.in-progress':
    'installState が Updating の間は、更新が中断した場合も「更新は既に進行中です」と表示されます。',
  'cmdlet.Update-AksHci.restarts':
    '1.0.24.11029 で、ノードのすべての VM が再起動したという報告が 1 件あります。メンテナンス期間に実行してください。',
  'cmdlet.Get-AksHciUpdates.items':
    '新しいモジュールは推奨事項付きの項目を、古いモジュールはビルドだけを返します。推奨事項を先に確認してください。',
  'cmdlet.Get-AksHciVersion.newest':
    '確認されている最新のビルドは、2024 年 10 月の 1.0.24.11029 (モジュール 1.2.16、1.0.14.10929 以降のホスト向け) と、2025 年 2 月の 1.0.25.10226 です。',
  'cmdlet.Get-AksHciCluster.states':
    'ProvisioningState は Deployed です。待機中は ClusterPending になり、Status にエラーが表示されます。古いビルドでは provisioned です。',
  'cmdlet.Get-AksHciCluster.management': '.Kva.kvaName の名前で、管理クラスターも一覧に含まれることがあります。',
  'cmdlet.Get-AksHciCredential.target':
    'ワークロード クラスター専用です。管理クラスターの kubeconfig は (Get-AksHciConfig).Kva.kubeconfig です。',
  'cmdlet.Get-AksHciConfig.states':
    'installState は Installed、NotInstalled、Updating、UpdateFailed などです。別のコンピューターから取得した場合や JSON では、数値になることがあります。Updating のまま残ると、更新を開始できません。',
  'cmdlet.Get-AksHciConfig.not-configured':
    '構成がない場合は、「このコンピューターは展開用に構成されていないようです」というエラーになります。',
  'cmdlet.Get-AksHciConfig.threshold':
    '.AksHci.caCertRotationThreshold は、公開されている唯一の出力では 90 です。単位が日か % かは、どの資料にもありません。',
  'cmdlet.Get-MocConfig.access-files':
    'accessFileDirPath はアクセス ファイルのフォルダーです。その下に kvactl\\cloudconfig と mocctl\\cloudconfig があります。古いビルドでは、ユーザーの .wssd にあります。',
  'cmdlet.Get-MocConfig.role':
    'clusterRoleName はクラウド エージェントのクラスターの役割です。別の名前を指定しなかった場合だけ ca-<guid> です。',
  'cmdlet.Sync-AksHciBilling.no-proof':
    '「Upload Successful!」と表示されても、OutOfPolicy のままだった例があります。Get-AksHciBillingStatus で確認してください。',
  'cmdlet.Get-Service.cloud-agent':
    'wssdcloudagent は、クラスターの役割を所有していないノードでは停止しているのが正常です。wssdagent は各ノードで動作します。',
  'cmdlet.Update-Module.accept-license':
    '-AcceptLicense は PowerShellGet 2 のパラメーターです。Windows 付属の 1.0.0.1 しかない場合は「パラメーターが見つかりません」というエラーになります。新しい PowerShellGet をインストールし、新しいウィンドウで実行してください。',
  'cmdlet.Restart-Service.node-agent':
    'wssdagent の再起動は、メンテナンス期間に限ってください。1.0.24.11029 で、ノードのすべての VM が再起動したという報告が 1 件あります。',
  'cmdlet.Get-ClusterGroup.role':
    'クラウド エージェントの役割は (Get-MocConfig).clusterRoleName です。ca-* で見つかるのは、別の名前を指定しなかった場合だけです。',
  'cmdlet.kvactl.errors':
    '失敗すると、コマンドレットが「System.Collections.Hashtable.generic_non_zero」と終了コードを含む例外をスローします。この文字列は Windows の言語によらず同じです。',
  'cmdlet.Invoke-AksHciRotateCACertificate.threshold':
    '公開されている構成には値 90 の caCertRotationThreshold があります。単位が日か % か、何が参照するかは、どの資料にもありません。',
  'cmdlet.New-AksHciCluster.use': 'ワークロード クラスターを作成します。',
  'cmdlet.New-AksHciCluster.name': '名前にハイフンを使わないでください。作成に失敗することがあります。',
  'cmdlet.Remove-AksHciCluster.use': 'ワークロード クラスターを、中身ごと削除します。',
  'cmdlet.Restart-AksHci.use':
    'すべてのワークロード クラスターとホストを削除し、ホストをインストールし直します。残るのは構成とイメージだけで、サービスの再起動ではありません。',
  'cmdlet.Restart-AksHci.name': 'モジュール 1.1.x までの名前です。1.2.x からは Reinstall-AksHci です。',
  'cmdlet.Reinstall-AksHci.use':
    'モジュール 1.2.x 以降での Restart-AksHci の名前です。すべてのワークロード クラスターとホストを削除し、ホストをインストールし直します。',
  'cmdlet.Reinstall-AksHci.name': 'モジュール 1.2.x 以降の名前です。1.1.x までは Restart-AksHci です。',
  'cmdlet.Uninstall-AksHci.use': 'ホストを、すべてのワークロード クラスターと設定ごと削除します。',
  'cmdlet.windows.use': 'Windows に付属しています。',
  'cmdlet.kubectl.use': 'API サーバーを通じて、クラスターの状態を確認または変更します。',
  'cmdlet.kvactl.use': 'ほとんどの AksHci コマンドレットが内部で使うプログラムです。',
  'cmdlet.ssh.use': 'クラスターの VM に接続します。ユーザーは Linux では clouduser、Windows では administrator です。',
  'cmdlet.scp.use': 'クラスターの VM との間でファイルをコピーします。',
  'cmdlet.crictl.use': '現在のイメージのノードで、コンテナーの一覧表示と再起動を行います。',
  'cmdlet.docker.use': '2021 年のイメージのノードで、同じ操作を行います。',
  'cmdlet.remark.one-page':
    '-patchLoadBalancer の記載は 1 ページの 1 行だけで、コマンドレットのリファレンスにはありません。',
  'cmdlet.remark.insecure':
    '-insecure を付けると、エージェント間の TLS がすべて無効になります。運用環境では使わないでください。',
} satisfies Record<keyof typeof english, string>;
