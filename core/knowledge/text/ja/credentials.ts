import type english from '../en/credentials.ts';

/** 証明書とトークンの名前と説明。 */
export default {
  // MOC 層
  'role.cloud-agent-ca': 'クラウド エージェント CA',
  'role.cloud-agent-ca.breaks':
    'すべての MOC クライアントの通信が失敗します。クラウド エージェントとクライアントが互いの証明書を受け入れなくなるためです。',
  'role.cloud-agent-server': 'クラウド エージェント サーバー証明書',
  'role.cloud-agent-server.breaks':
    'どの MOC クライアントもクラウド エージェントに接続できません。コマンドレットもコントローラーも操作できなくなります。',
  'role.node-agent': 'ノード エージェント証明書',
  'role.node-agent.breaks':
    'wssdagent サービスが Starting のまま進みません。ホストのポートが枯渇することがあり、このノードには仮想マシンが配置されなくなります。',
  'role.node-agent-token': 'ノード エージェント トークン',
  'role.node-agent-token.breaks':
    'すぐには影響しません。ノード エージェントを再起動すると、クラウド エージェントに参加できず Starting のままになります。',
  'role.mocctl': 'mocctl クライアント証明書',
  'role.mocctl.breaks':
    'この Windows ユーザーの Moc コマンドレットがすべて「Certificate has expired: Expired」で失敗します。mocctl が復旧するまで、ほかの MOC の修復も実行できません。',
  'role.kvactl': 'kvactl クライアント証明書',
  'role.kvactl.breaks':
    'この Windows ユーザーの AksHci コマンドレットの大半が「failed to create azurestackhci session: Certificate has expired: Expired」で失敗します。',
  'role.kvactl-token': 'kvactl トークン',
  'role.kvactl-token.breaks':
    'kvactl の証明書が有効な間は影響しません。次回のログインが「Valid Token Required」で失敗します。',
  'role.caph': 'CAPH クライアント証明書',
  'role.caph.breaks':
    'CAPH トークンが有効なら再ログインするため影響しません。両方とも期限切れになると、Update-AksHci が「ControlPlane machines are still upgrading...」で止まります。',
  'role.caphlogintoken': 'CAPH トークン',
  'role.caphlogintoken.breaks':
    'CAPH の証明書が有効な間は影響しません。次回のログインで Update-AksHci が「ControlPlane machines are still upgrading...」で止まります。',
  'role.kms-plugin': 'KMS プラグイン証明書',
  'role.kms-plugin.breaks':
    'プラグインはトークンで再ログインする必要があります。ログインできないと、シークレットを読み取れず、kube-apiserver が起動しません。',
  'role.kms-plugin-token': 'KMS プラグイン トークン',
  'role.kms-plugin-token.breaks':
    'プラグインの動作中は影響しません。次回の再起動でログインできず、API サーバーが停止します。先にコントロール プレーンを再起動しないでください。',
  'role.csi': 'CSI ドライバー証明書',
  'role.csi.breaks': '再ログインもできない場合、ボリュームの作成、接続、削除ができなくなります。',
  'role.csi-token': 'CSI ドライバー トークン',
  'role.csi-token.breaks':
    '証明書が有効な間は影響しません。次回のログイン以降、ボリュームの作成、接続、削除ができなくなります。',
  'role.cloud-provider': 'クラウド プロバイダー証明書',
  'role.cloud-provider.breaks': '再ログインもできない場合、ロード バランサーの設定が更新されなくなります。',
  'role.cloud-provider-token': 'クラウド プロバイダー トークン',
  'role.cloud-provider-token.breaks':
    '証明書が有効な間は影響しません。次回のログイン以降、ロード バランサーの設定が更新されなくなります。',
  'role.cert-manager': '証明書マネージャー証明書',
  'role.cert-manager.breaks': '再ログインもできない場合、kubelet からの証明書要求が承認されなくなります。',
  'role.cert-manager-token': '証明書マネージャー トークン',
  'role.cert-manager-token.breaks':
    'kubelet からの証明書要求が承認されなくなります。その後、kubectl logs と kubectl exec が「tls: internal error」で失敗します。',
  'role.cloud-operator': 'クラウド オペレーター証明書',
  'role.cloud-operator.breaks':
    '再ログインもできない場合、管理クラスターでクラスターとアドオンの調整が行われなくなります。',
  'role.cloud-operator-token': 'クラウド オペレーター トークン',
  'role.cloud-operator-token.breaks':
    '証明書が有効な間は影響しません。次回のログイン以降、クラスターとアドオンの調整が行われなくなります。',
  'role.load-balancer': 'ロード バランサー VM 証明書',
  'role.load-balancer.breaks': 'LoadBalancer 型サービスの追加や変更が、ロード バランサー VM に反映されなくなります。',
  'role.load-balancer-token': 'ロード バランサー VM トークン',
  'role.load-balancer-token.breaks':
    '証明書が有効な間は影響しません。次回のログイン以降、LoadBalancer 型サービスの追加や変更が反映されなくなります。',
  'role.extra-admin': '追加の管理者の証明書',
  'role.extra-admin.breaks': 'この管理者のコマンドレットが失敗します。ほかの管理者には影響しません。',
  'role.extra-admin-token': '追加の管理者のトークン',
  'role.extra-admin-token.breaks': 'この管理者はクラウド エージェントにログインできなくなります。',
  'role.moc-client': 'MOC クライアント証明書',
  'role.moc-client.breaks':
    'トークンで再ログインできない場合、このクライアントはクラウド エージェントにアクセスできなくなります。',
  'role.moc-token': 'MOC トークン',
  'role.moc-token.breaks':
    'クライアントの証明書が有効な間は影響しません。次回、クラウド エージェントへのログインが失敗します。',

  // Kubernetes 層
  'role.cluster-ca': 'クラスター CA',
  'role.cluster-ca.breaks':
    'クラスター全体が停止します。どのコンポーネントも API サーバーや kubelet を信頼できなくなります。',
  'role.etcd-ca': 'etcd CA',
  'role.etcd-ca.breaks': 'etcd のレプリカが互いを信頼できなくなり、クォーラムが失われます。',
  'role.front-proxy-ca': 'フロント プロキシ CA',
  'role.front-proxy-ca.breaks': 'メトリックなどの集約 API が失敗します。',
  'role.apiserver': 'API サーバー証明書',
  'role.apiserver.breaks':
    'kubectl の呼び出しがすべて「x509: certificate has expired or is not yet valid」で失敗します。',
  'role.apiserver-kubelet-client': 'API サーバーから kubelet への証明書',
  'role.apiserver-kubelet-client.breaks':
    'kubectl logs と kubectl exec が「the server has asked for the client to provide credentials」で失敗します。更新後の証明書を API サーバーがまだ読み込んでいない場合にも発生します。',
  'role.apiserver-etcd-client': 'API サーバーから etcd への証明書',
  'role.apiserver-etcd-client.breaks': 'API サーバーが etcd に接続できず、応答しなくなります。',
  'role.etcd-server': 'etcd サーバー証明書',
  'role.etcd-server.breaks': 'API サーバーが、このノードの etcd に接続できなくなります。',
  'role.etcd-peer': 'etcd ピア証明書',
  'role.etcd-peer.breaks': 'etcd のレプリカ間の複製が止まります。',
  'role.etcd-healthcheck-client': 'etcd 正常性チェック証明書',
  'role.etcd-healthcheck-client.breaks': 'この証明書を使う etcd の正常性チェックが失敗します。',
  'role.front-proxy-client': 'フロント プロキシ クライアント証明書',
  'role.front-proxy-client.breaks': 'メトリックなどの集約 API が失敗します。',
  'role.kubelet-client': 'kubelet クライアント証明書',
  'role.kubelet-client.breaks':
    'ワーカー ノードは削除され、新しいノードに置き換えられます。コントロール プレーン ノードは到達できなくなります。',
  'role.kubelet-server': 'kubelet サーバー証明書',
  'role.kubelet-server.breaks':
    'このノードに対する kubectl logs と kubectl exec が「remote error: tls: internal error」で失敗します。',
  'role.admin-conf': 'admin.conf',
  'role.admin-conf.breaks': 'コントロール プレーン ノード上の kubectl が拒否されます。',
  'role.super-admin-conf': 'super-admin.conf',
  'role.super-admin-conf.breaks':
    'コントロール プレーン ノード上の緊急用アクセスが拒否されます。ほかにこのファイルを使うものはありません。',
  'role.controller-manager': 'コントローラー マネージャー証明書',
  'role.controller-manager.breaks': 'コントローラーが停止し、置き換え、スケーリング、後片付けが行われなくなります。',
  'role.scheduler': 'スケジューラー証明書',
  'role.scheduler.breaks': '新しいポッドが Pending のままになります。',
  'role.ad-auth-webhook': 'AD 認証 Webhook 証明書',
  'role.ad-auth-webhook.breaks':
    'Active Directory でのサインインが失敗します。ad-auth-webhook ポッドのログに証明書の検証エラーが記録されます。',
  'role.bootstrap-token': 'ブートストラップ トークン',
  'role.bootstrap-token.breaks':
    'このトークンで新しいノードを参加させることができません。参加済みのノードには影響しません。',
  'role.service-account-token': 'サービス アカウント トークン',
  'role.service-account-token.breaks': 'このトークンを使うポッドやプログラムが API サーバーに拒否されます。',

  // 管理端末
  'role.management-kubeconfig': '管理クラスターの kubeconfig',
  'role.management-kubeconfig.breaks':
    '管理クラスターへの呼び出しがすべて「You must be logged in to the server (Unauthorized)」で失敗します。Update-AksHci や証明書の Update コマンドレットも同様です。',
  'role.admin-kubeconfig': '管理者の kubeconfig',
  'role.admin-kubeconfig.breaks': 'このファイルを使う kubectl が Unauthorized で拒否されます。',
  'role.kubeconfig-client': 'kubeconfig クライアント証明書',
  'role.kubeconfig-client.breaks': 'このユーザーは Unauthorized で拒否されます。',
  'role.kubeconfig-token': 'kubeconfig のトークン',
  'role.kubeconfig-token.breaks': 'このユーザーは Unauthorized で拒否されます。',
  'role.proxy-ca': 'プロキシ CA',
  'role.proxy-ca.breaks': 'Linux ノードがプロキシやその先のレジストリを信頼できなくなり、イメージのプルが失敗します。',
  'role.unknown': '不明',
  'role.unknown.breaks': '用途を示す情報がないため、影響はわかりません。',

  // 更新するもの
  'renewer.nobody': 'なし',
  'renewer.renewal-controller': '証明書の更新コントローラー',
  'renewer.kubelet': 'kubelet',
  'renewer.client-itself': 'クライアント自身',
  'renewer.cloud-agent': 'クラウド エージェント',
  'renewer.node-agent': 'ノード エージェント',
  'renewer.host-update': 'ホストの更新 (Update-AksHci)',
  'renewer.cluster-update': 'クラスターの更新 (Update-AksHciCluster)',
  'renewer.admin': '管理者',
  'renewer.unknown': '不明',

  // 更新のしくみ
  'renewal.cloud-agent-ca':
    '有効期間は 365 日です。クラウド エージェントは新旧の CA を並行して保持できます。自動で更新を始めるかどうか、その時期がいつかは文書化されていません。',
  'renewal.cloud-agent-server':
    'クラウド エージェントが更新すると推定しています。有効期間は署名時に決まるため、証明書の日付を確認してください。',
  'renewal.client-itself':
    '残りの有効期間が 30% になると、使用中のクライアントが自動で更新します。期限切れの証明書は更新できず、トークンで再ログインする必要があります。',
  'renewal.node-agent': '残りの有効期間が 30% になると、動作中のノード エージェントが更新します。',
  'renewal.mocctl':
    '残りの有効期間が 30% 以下のときに mocctl を使うと更新されます (90 日のうち 63 日目以降、古いビルドでは 60 日のうち 42 日目以降)。使わないままだと期限切れになります。',
  'renewal.kvactl':
    '残りの有効期間が 30% 以下のときに kvactl を使うと更新されます。使わないままだと期限切れになります。証明書は Windows ユーザーごとに異なります。',
  'renewal.caph':
    'CAPH は残りの有効期間が 30% になると更新を試み、失敗すると有効期間の 2% ごとに再試行します。期限切れ後はトークンで再ログインします。',
  'renewal.kms-plugin':
    'プラグインが起動時のログインで取得します。2023 年初め以降のビルドでは自動でローテーションされます。',
  'renewal.load-balancer': '何が更新するかを示す情報源はありません。',
  'renewal.extra-admin': '有効期間は ID の作成時に指定した日数で、延長できません。新しい ID の作成が必要です。',
  'renewal.host-update':
    'ホストの更新 (Update-AksHci) または Update-AksHciCertificates でローテーションされます。2023 年初め以降のビルドでは、自動ローテーションが有効であれば、トークンは自動で入れ替わります。',
  'renewal.cluster-update':
    '属するクラスターの更新 (Update-AksHciCluster) でローテーションされます。2023 年初め以降のビルドでは、自動ローテーションが有効であれば、トークンは自動で入れ替わります。',
  'renewal.moc-token':
    '自動でローテーションできないトークンは、ホストやクラスターの更新時にローテーションされます。クライアントを特定できないため、どちらの対象かはわかりません。',
  'renewal.kubernetes-ca':
    '有効期間は 10 年です。自動では更新されず、ローテーション用のコマンドレットも文書化されていません。',
  'renewal.controller':
    'コントロール プレーン ノードの certificate-renewal-controller が 3 ～ 4 日ごとに更新します。有効期間は 4 日です。ノードの停止中は更新されません。',
  'renewal.controller-assumed':
    'ノードの動作中、ほかのコントロール プレーン証明書と同じく 3 ～ 4 日ごとに更新されると推定しています。',
  'renewal.kubelet':
    '通常、有効期間の 70 ～ 90% が過ぎると、kubelet が署名要求 (CSR) で新しい証明書を取得します。ワーカーでの失敗は certificate-renewal-worker のログに記録されます。',
  'renewal.kubelet-server':
    '製品の管理対象外です。新しい証明書の取得には、証明書マネージャーの有効なトークンが必要です。',
  'renewal.admin-conf':
    'ノード上で更新されます。新しい kubeconfig を得る文書化された手順では、このファイルをコピーします。何が更新するかは文書化されていないため、更新コントローラーと推定しています。',
  'renewal.super-admin-conf': 'kubeadm 1.29 以降が作成します。この製品が更新するかどうかを示す情報源はありません。',
  'renewal.ad-auth-webhook':
    '有効期間は 500 日です。自動では更新されないため、AD 認証をアンインストールしてから再インストールする必要があります。',
  'renewal.bootstrap-token':
    '更新されません。ノードが最初の証明書を要求するときに一度だけ使われます。kubeadm の既定の有効期間は 24 時間です。',
  'renewal.service-account-token':
    'ポッドにマウントされたトークンは、期限前に kubelet が置き換えます。ほかの場所へのコピーは置き換えられません。',
  'renewal.kubeconfig':
    '管理対象外のため、自動では更新されません。有効期間は 1 年という報告がありますが、証明書の日付を確認してください。Active Directory でのサインインを使えば、この証明書は不要です。',
  'renewal.kubeconfig-token': '不明です。この kubeconfig の作成者に確認してください。',
  'renewal.proxy-ca':
    '所有者が更新します。製品はファイルの内容を検証しません。新しいファイルは次回のクラスター更新時にノードへ配布されます。',
  'renewal.unknown': '用途を示す情報がないため、わかりません。',

  // 失効の方法
  'revocation.moc-certificate': 'MOC で ID を失効させます。RenewRevocation は MOC 層には効きません。',
  'revocation.moc-token': 'MOC で ID をローテーションするか、失効させます。',
  'revocation.cloud-agent-ca': '失効できません。ローテーションで置き換えます。',
  'revocation.cloud-agent-server': '失効させる方法は知られていません。',
  'revocation.kubernetes-ca': '失効できません。RenewRevocation の対象は、更新される証明書です。',
  'revocation.kubernetes-server':
    'RenewRevocation オブジェクトで、シリアル番号、DNS 名、IP アドレスのいずれかを指定します。シリアル番号以外では notBefore も指定してください。指定しないと、次に発行される証明書も失効します。',
  'revocation.kubernetes-client':
    'RenewRevocation オブジェクトで、シリアル番号か、サブジェクトにあればグループを指定します。グループを指定すると、そのグループを持つすべての証明書が対象になります。',
  'revocation.kubelet-client':
    'RenewRevocation オブジェクトで、シリアル番号かグループ system:nodes を指定します。グループを指定すると、クラスター内のすべての kubelet が対象になります。',
  'revocation.kubelet-server': 'kubelet サーバー証明書の失効は、現在利用できません。',
  'revocation.kubeconfig':
    'RenewRevocation オブジェクトでシリアル番号を指定します。ただし、この証明書は更新されないため、更新時の確認では検出されない可能性があります。実際のクラスターで効果を確かめるまでは、この方法に頼らないでください。',
  'revocation.kubernetes-token':
    'RenewRevocation の対象は証明書です。トークンは、シークレットやサービス アカウントを削除するか、期限が来ると無効になります。',
  'revocation.proxy-ca': 'この製品では失効できません。所有者が置き換えます。',
  'revocation.not-known': '不明です。',

  // 対処
  'remedy.host-repair':
    'AKS ホストの全クライアントのトークンと証明書をローテーションします。先に新しい PowerShell ウィンドウを開いてください。',
  'remedy.cloud-repair': 'ワークロード クラスター用です。クラウド エージェントと通信するポッドのトークンを更新します。',
  'remedy.kubelet-repair':
    'ワークロード クラスター用です。コントロール プレーンの証明書を作り直します。管理クラスター用のコマンドは文書化されていません。',
  'remedy.kubelet-repair-control-plane':
    'ワークロード クラスターのコントロール プレーン ノード専用です。証明書の期限が切れたワーカーは、製品が置き換えます。',
  'remedy.kubelet-repair-admin-conf':
    'ノード上の admin.conf も期限切れの場合に使います。コントロール プレーンの証明書を作り直します。このファイルも対象になるというのは推定です。',
  'remedy.load-balancer-repair':
    'ロード バランサー VM 用です。スイッチ -patchLoadBalancer の記載は 1 ページだけで、コマンドレットのリファレンスにはありません。',
  'remedy.serving-cloud-repair':
    '情報源の間で対処が異なります。Issue では、証明書マネージャーのトークンを更新すると証明書が復旧すると報告されています。コントロール プレーンを変更しないため、先に試してください。',
  'remedy.serving-kubelet-repair':
    '情報源の間で対処が異なります。Microsoft の文書ではこのスイッチが示されています。エラーが残る場合に、2 番目に試してください。',
  'remedy.new-credential':
    '新しいクライアント証明書を含む kubeconfig を作成します。-configPath を指定しないと、kubectl の既定のファイルが置き換えられます。',
  'remedy.new-credential-after-repair':
    '修復後に、新しい証明書に合う kubeconfig を作成します。数分待ってから kubectl を試してください。',
  'remedy.moc-login':
    'mocctl で再ログインし、新しい証明書を保存します。その後、失敗したコマンドレットを再実行してください。',
  'remedy.moc-login-first': '次の手順で必要になるため、mocctl が動作することを確認します。',
  'remedy.repair-moc':
    'ノード エージェントをクラウド エージェントに再参加させます。wssdagent が Starting の場合は、先に全ノードで停止し、クラウド エージェントのクラスター グループを起動してください。',
  'remedy.cloud-agent-update': 'ホストを更新すると、この証明書も更新されると推定しています。',
  'remedy.cloud-agent-repair': 'ホストの更新で解決しない場合に使います。この証明書が更新されるというのは推定です。',
  'remedy.rotate-ca':
    'クラウド エージェント CA をローテーションします。一部のサービスが停止するため、注意して実行してください。',
  'remedy.delete-kvactl-file':
    'ファイルをバックアップしてから削除します。エラーが出たノードと Windows ユーザーだけで実行してください。ビルド 1.0.4.10928 以前で報告されています。1.0.24.11029 のように (Get-MocConfig).accessFileDirPath がフォルダーを示す場合は、その下の kvactl\\cloudconfig が対象です。手動でバックアップして削除してください。その後、失敗したコマンドレットを再実行してください。',
  'remedy.kms-workload': 'ワークロード クラスターのプラグイン用です。API サーバーが応答する場合に使います。',
  'remedy.kms-management': '管理クラスターのプラグイン用です。',
  'remedy.kms-by-hand':
    'API サーバーが停止している場合に、新しいログイン ファイルを作成します。UTF-8 で保存し、すべてのコントロール プレーン VM の /opt/wssd/k8s/cloudlogin.yaml にコピーして KMS コンテナーを再起動します。その後、上の修復を実行してください。',
  'remedy.new-identity':
    '新しい ID を作成します。2022 年 9 月以降のリリースでは不要で、ローカルの Administrators であれば操作できます。',
  'remedy.identity-login': 'その管理者が、新しい ID のファイルでログインします。',
  'remedy.restart-api-server':
    'kube-apiserver を再起動し、更新済みの証明書を読み込ませます。実行中のワークロードには影響しません。すべてのコントロール プレーン ノードで実行してください。',
  'remedy.copy-admin-conf':
    '管理 VM で /etc/kubernetes/admin.conf を /home/clouduser にコピーし、所有者を clouduser に変更します。(Get-KvaConfig).kubeconfig が示すファイルをバックアップし、scp で新しいファイルを上書きコピーしてから、VM 上のコピーを削除してください。Microsoft の記載どおりの StrictHostKeyChecking=no を付けると、ssh は新しいホスト キーや変わったホスト キーを確認なしで受け入れるため、別のコンピューターが VM になりすましていても気付けません。信頼できないネットワークでは、このオプションを外し、ssh が表示するホスト キーの拇印を照合してください。',
  'remedy.uninstall-ad-auth': '先に、クラスターから AD 認証をアンインストールします。',
  'remedy.install-ad-auth':
    '続いて再インストールすると、新しい証明書が作成されます。ドメインに参加していない場合は、-adminUser の代わりに -adminUserSID か -adminGroupSID を使います。',
  'remedy.proxy-certificate':
    '新しいファイルを設定します。PEM 形式の 1 つの .crt に、リーフ、中間、ルートの順で格納してください。-noProxy は空のままにします。次回のクラスター更新時にノードへ配布されます。',
} satisfies Record<keyof typeof english, string>;
