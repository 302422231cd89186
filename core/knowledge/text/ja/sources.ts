import type { sources as english } from '../en/sources.ts';

/** 出典のうち、公開された名称ではなく、自分の言葉で書いたもの。節の題名やエラー文は原文のまま。 */
export const sources: Record<keyof typeof english, string> = {
  // 自分の言葉で書いた出典名
  'source.conclusion': 'Arcwarden による推定',
  'source.default-threshold': 'Arcwarden の既定のしきい値',
  'source.kubeadm': 'kubeadm の慣例',
  'source.documentation': 'Microsoft の文書、AKS on Azure Stack HCI and Windows Server',

  // 文書内の場所
  'source.overview.moc-validity': 'Cloud agent: 既定の有効期間は 90 日',
  'source.overview.moc-root-validity': 'Certificate types: クラウド エージェント CA は 365 日',
  'source.overview.kubernetes-validity':
    'Certificate provisioning: ルート証明書は 10 年、その他はすべて 4 日',
  'source.overview.keys':
    'Certificate provisioning: RSA 4096、EcdsaCurve: P384 (どのキーがどちらかの記載なし)',
  'source.overview.etcd': 'Certificates and CAs: Cluster CA が署名した etcd の証明書',
  'source.overview.sample-serial': 'Certificate revocation: 例のシリアル番号は 128 ビット',
  'source.renewal-pods.interval': 'certificate-renewal-controller は 3 ～ 4 日ごとに更新',
  'source.ad-sso.validity': 'Webhook 証明書: 500 日',
  'source.kms-rotation': 'KMS トークンの期限切れ: mocctl.exe security identity rotate',
  'source.node-agent-starting': 'wssdagent が Starting のまま',
  'source.documentation.update-certificates':
    'コマンドレット リファレンス、Update-AksHciCertificates',
  'source.documentation.update-cluster-certificates':
    'コマンドレット リファレンス、Update-AksHciClusterCertificates',
  'source.documentation.rotate-ca': 'コマンドレット リファレンス、Invoke-AksHciRotateCACertificate',
  'source.documentation.credential': 'コマンドレット リファレンス、Get-AksHciCredential',
  'source.documentation.proxy': 'Set-AksHciProxySetting、Linux ノードの信頼バンドル',
  'source.documentation.extra-admins': '複数の管理者、New-MocIdentity',
  'source.documentation.extra-admin-validity':
    '複数の管理者、New-MocIdentity -validityDays、例では 60',
  'source.documentation.node-agent': 'ノード エージェント、--cloudloginfile',
  'source.documentation.kms': 'KMS プラグインと API サーバー',
  'source.documentation.workers':
    '証明書の期限が切れたワーカー ノードとコントロール プレーン ノード',
  'source.documentation.etcd-files': '/etc/kubernetes/pki/etcd の下のファイル',
  'source.documentation.kvactl-file': 'ユーザー プロファイル内の kvactl のアクセス ファイル',
  'source.known-files.kubeconfig': '既定の出力先',

  // ソース コード内の場所
  'source.moc.identity': 'identity: create、update、revoke、rotate、フラグ revoked',
  'source.moc.credential-monitor': '資格情報の監視: Single または Overlap',
  'source.moc.signer': '署名処理: サーバー用フラグ、有効期間',
  'source.moc.signer-usages':
    '署名処理: digitalSignature と clientAuth、サーバー用フラグではさらに keyEncipherment と serverAuth',
  'source.moc.signer-ca': '署名処理: CA には digitalSignature と keyCertSign',
  'source.moc.signer-serial': '署名処理: 最大 63 ビットの乱数のシリアル番号',
  'source.moc.signer-start': '署名処理: 発行の時点から有効',
  'source.moc.login-name': 'ログイン時の証明書要求: ログイン ファイルの名前が共通名になる',
  'source.moc.login-sans':
    'ログイン時の証明書要求: localhost、ホスト名、127.0.0.1、ホストのアドレス',
  'source.moc.key': 'キーは RSA 2048。更新できるのは RSA のみ',
  'source.moc.access-file': 'アクセス ファイル: フォルダー .wssd、プログラム名、cloudconfig',
  'source.moc-sdk.renewal': '更新ループ: 残り 30% まで待機、有効期間の 2% ごとに再試行',
  'source.caph.login': 'シークレット caphlogintoken、WSSD_CONFIG_PATH',
  'source.apps.etcd-client': 'etcd の監視: シークレット etcd-certs 内の apiserver-etcd-client',
  'source.known-files.access-file-variables':
    'アクセス ファイル: WSSD_CONFIG_PATH、ACCESSFILE_DIR_PATH',
  'source.known-files.access-file-folder':
    'ACCESSFILE_DIR_PATH と、1.0.24.11029 のホストで確認した accessFileDirPath',
  'source.known-files.login': 'ログイン トークンのパス: 既定値、WSSD_CLIENT_TOKEN',

  // kubeadm の慣例と Kubernetes のコード
  'source.kubeadm.groups':
    '1.29 以降のサブジェクト。それより前は kubeadm:cluster-admins の代わりに system:masters、etcd のクライアントにも system:masters',
  'source.kubeadm.ca-sans': 'CA は自身の名前を DNS 名として保持',
  'source.kubeadm.usages': 'digitalSignature と keyEncipherment、CA ではさらに keyCertSign',
  'source.kubeadm.etcd': 'etcd とそのクライアントの証明書はすべて etcd CA が署名',
  'source.kubeadm.etcd-usages': 'etcd はサーバー証明書にも clientAuth が必要',
  'source.kubeadm.ten-years': '10 年は 87,600 時間として計算',
  'source.kubeadm.backdating': '最近のバージョンでは発行の 5 分前から有効',
  'source.kubernetes.signer-serial':
    'kube-controller-manager の署名処理: 最大 128 ビットの乱数のシリアル番号',
  'source.kubernetes.signer-start': 'kube-controller-manager の署名処理: 発行の 5 分前から有効',
  'source.kubernetes.kubelet': 'kubelet: 証明書要求に入れる名前、グループ、アドレス',
  'source.kubernetes.kubelet-usages':
    'kubelet: 要求する用途。1.27 以降、keyEncipherment は RSA キーの場合のみ',
  'source.kubernetes.kubelet-key': 'kubelet: 作成するキーは P-256',
  'source.kubernetes.kubelet-rotation':
    'kubelet: 有効期間の 70 ～ 90% が経過すると再要求、応答を最大 15 分待機',

  // Issue の報告内容
  'source.issue-107': 'Update-AksHci の応答停止、CAPH のログ: Valid Token Required',
  'source.issue-127': 'KMS トークンの期限切れ後の API サーバー停止',
  'source.issue-145': 'クライアント証明書は 1 年、CA は 10 年',
  'source.issue-145.client': 'クライアント証明書は 1 年',
  'source.issue-146': 'kvactl 証明書の期限切れ、cloudconfig の削除',
  'source.issue-168': 'mocctl 証明書の期限切れ',
  'source.issue-169': 'kvactl トークンの期限切れ',
  'source.issue-173': 'wssdagent が Starting のまま',
  'source.issue-237': 'tls: internal error、証明書マネージャーのトークン',
  'source.issue-285': 'API サーバーが kubelet への古いクライアント証明書を使い続ける問題',
  'source.issue-292': 'MOC トークンの自動ローテーション',
  'source.issue-365': '作成先ノードなし、ノード エージェント トークンの期限切れ',

  // 推定の根拠
  'source.inferred.no-ca-rotation': 'クラスター CA をローテーションするコマンドレットの記載なし',
  'source.inferred.revocation-of-renewed': 'RenewRevocation の対象は更新される証明書',
  'source.inferred.fresh-admin-conf': 'ノードから新しい admin.conf をコピーする文書化された手順',
  'source.inferred.control-plane-anew': 'コマンドレットによるコントロール プレーン証明書の再作成',
  'source.inferred.nothing-said': '情報源に記載なし',
  'source.inferred.platform-update':
    'ホストの更新では、プラットフォームが自身用に保持するものも更新',
  'source.inferred.agent-repair': 'エージェントを修復するコマンドレット (そのページは非公開)',
  'source.inferred.issuer-expired': '期限切れの CA は有効な証明書に署名できない',
  'source.inferred.api-server':
    'クラスター内の更新は API サーバー経由であり、有効な API サーバー証明書はほかに確認されていない',
  'source.inferred.approver': 'kubelet の要求を承認するものは MOC クライアント',
  'source.inferred.root-replaced': 'ルート証明書は失効ではなく置き換えの対象',
  'source.inferred.moc-trust': 'すべての MOC クライアントの信頼先であり署名元でもある CA',
  'source.inferred.own-signature': 'クラウド エージェントによる自身への署名',
  'source.inferred.no-identity': 'どの ID にも属さない証明書',
  'source.inferred.tls-handshake': 'すべてのクライアントが TLS ハンドシェイクでこの証明書を検証',
  'source.inferred.csi': 'CSI ドライバーは MOC 経由でボリュームを作成',
  'source.inferred.cloud-provider': 'クラウド プロバイダーは MOC 経由でロード バランサーを設定',
  'source.inferred.cloud-operator': 'クラウド オペレーターは MOC 経由でクラスターとアドオンを調整',
  'source.inferred.renewer-unknown': '何が更新するかを示す情報源なし',
  'source.inferred.load-balancer': 'ロード バランサー VM のエージェントは MOC から設定を取得',
  'source.inferred.check-at-renewal': '更新されない証明書は、更新時の確認の対象外',
  'source.inferred.not-identified': '資格情報の用途が不明',
  'source.inferred.default-key': 'RSA の指定がなければ、作成も署名も速い P-384 を使用',
  'source.inferred.crl-sign': 'cRLSign を追加: これがない CA の CRL はツールが拒否',
  'source.inferred.retry': '再試行の間隔は不明のため、MOC クライアントと同じと仮定',
  'source.inferred.serving-validity':
    '有効期間を示す情報源はないため、ルート以外の証明書と同じと仮定',
  'source.inferred.super-admin':
    'kubeconfig のクライアント証明書。ノードによる更新が確認できるものは admin.conf のみ',
  'source.inferred.ca-root': '上位の CA は知られていない',
  'source.inferred.ca-name': 'サブジェクトを示す情報源がないため、仮の名前を使用',
  'source.inferred.root-usage': 'ルート証明書の用途は限定されない',
  'source.inferred.ca-key': 'キーのサイズを示す情報源がないため、MOC クライアントと同じと仮定',
  'source.inferred.ca-outlived':
    '残りが 90 日を切ると、新しいクライアント証明書の期限が CA の期限を超過',
  'source.inferred.server-name': 'クライアントの接続先はクラウド エージェントの FQDN とアドレス',
  'source.inferred.server-validity':
    '署名処理の設定を示す情報源がないため、MOC クライアントと同じと仮定',
  'source.inferred.same-login': 'MOC クライアントのログイン方法はすべて同じ',
  'source.inferred.same-loop': '常時動作する MOC クライアントは SDK の更新ループで更新',
  'source.inferred.node-agent-serves':
    'ノード エージェントはクラウド エージェントに対するサーバーでもあるため、サーバー用フラグが必要',
  'source.inferred.mocctl-file': 'アクセス ファイルの規則にプログラム名を当てはめたもの',
  'source.documentation.host-update': 'コマンドレット リファレンス、Update-AksHci',
  'source.documentation.cluster-update': 'コマンドレット リファレンス、Update-AksHciCluster',
  'source.inferred.maintenance-repair': '期限切れのものは待っても元に戻らない',
  'source.inferred.maintenance-by-hand':
    'スケジュールされたタスクで実行できるコマンドレットを示す情報源はない',
  'source.inferred.release-date': 'リリース日が不明のため、前回の更新日を基準とする',
  'source.inferred.maintenance-duration': 'コマンドレットの所要時間を示す情報源はない',

  // The forecast
  'source.overview.update-60':
    '証明書の種類: 新しいリリースから 60 日以内に更新 (ここでは最後の更新から数える)',
  'source.documentation.host-upgrade':
    'ホストのアップグレード: 30 日以内、最後の更新から最長 90 日',
  'source.support-end.moved':
    '2025 年 11 月 19 日のページ: Windows Server 2019 は 2026 年 3 月、Windows Server 2022 は 2027 年 3 月',
  'source.support-end.first': '2025 年 3 月と 7 月のページ: 2028 年 3 月 27 日',
  'source.support-end.azure-local': 'Azure Local 22H2: 2025 年 5 月 31 日にサービス終了',
  'source.inferred.first-of-month': 'ページに日付がないため、安全側に月の初日としている',

  // RenewRevocation: neither schema nor code is public
  'source.revocation.spelling': '公開されているサンプル (スキーマは非公開)',
  'source.revocation.serial-forms': 'openssl、Go、.NET でのシリアル番号の表示形式',
  'source.revocation.serial-issuer':
    'エントリには発行者のフィールドがなく、クラスターには認証局が 3 つある',
  'source.revocation.cutoff':
    '「より前に発行」を証明書の開始日時との比較と解釈 (同時刻の扱いは記載なし)',
  'source.revocation.serial-cutoff':
    'シリアル番号は 1 つの証明書を指し、notBefore はそれを対象から外すだけである',
  'source.revocation.group': 'Kubernetes と同じく、サブジェクトの組織を完全一致で比較',
  'source.revocation.dns':
    '証明書の名前を小文字で比較 (サンプルは末尾にドットがあるが、証明書にはない)',
  'source.revocation.suffix': '先頭のドットは、ラベルが 1 つ以上多い名前を表す',
  'source.revocation.wildcard': 'ワイルドカードに触れた資料はない',
  'source.revocation.ip': 'アドレスはバイト単位で比較 (範囲に触れた資料はない)',
  'source.revocation.one-value': 'サンプルのエントリには値が 1 つずつある',
  'source.revocation.union': 'エントリとオブジェクトはすべて合わせて適用される',
  'source.revocation.deletion':
    'オブジェクトを削除すると、以後の発行では失効が解除される (実際のクラスターでは未確認)',
  'source.revocation.resource': 'リソースの名前とスコープは公開されていない',
  'source.revocation.connections': '確立済みの接続が切断されると述べた資料はない',
  'source.revocation.moc':
    '記事の対象は Kubernetes の証明書であり、MOC の証明書には別の失効方法がある',
  'source.revocation.short': '上限は知られていない',

  // 障害とコマンドレットの知識の出典
  'source.documentation.known-issues': 'アップグレードとセキュリティの既知の問題',
  'source.documentation.update-cadence': 'ホストの更新: 30 日以内、前回から最長 90 日',
  'source.documentation.releases': 'リリースと、Update コマンドレットのページの日付',
  'source.documentation.revocation-2022':
    '失効に関する 2022 年 10 月のページ: クラスターを復旧できるように notBefore を指定',
  'source.issue-145.tags': 'unknown flag --tags、モジュールと kvactl のバージョン違い',
  'source.issue-204': '更新の失敗後に MOC エージェントが停止、--deploymentid',
  'source.issue-232': 'トークンの有効期間の延長、または更新の定期実行の要望',
  'source.issue-371': '1.0.22 への更新、no matches for kind AksHciCluster',
  'source.moc.errors': 'エラーの文言とコード',
  'source.third-party': 'Azure Local に関する第三者の記事',
  'source.inferred.every-control-plane': 'コントロール プレーン VM ごとにファイルがある',
  'source.inferred.layer-order': '各層には前の層の復旧が必要。kubeconfig は最後',
  'source.inferred.login-again': '拒否された資格情報は、再ログインでしか置き換えられない',
  'source.inferred.not-expired-only': '出力はトークンを平文で含むログイン ファイル',
  'source.inferred.read-only-check': 'コマンドの表示内容と、kubeadm のファイルの場所',
  'source.inferred.same-text': 'Kubernetes のエラー文はどのクラスターでも同じ',
  'source.inferred.tidy-up': '資格情報のコピーは削除し、置き換えるものは残す',
  'source.inferred.triage-order': '動作しない層があると、その先の層も失敗する',
  'source.inferred.utf-16': 'Windows PowerShell の > の出力は UTF-16',

  // 更新
  'source.inferred.repair-before-update': '更新は、更新対象の資格情報を使って行われます',
  'source.inferred.module-after-repair':
    '修復には、インストール済みの kvactl に合うモジュールが必要です',
  'source.inferred.run-length': '更新の所要時間を示す出典はなく、作業時間帯の見積もりと同じ値です',
  'source.inferred.no-way-back': '以前のビルドやバージョンに戻すコマンドレットは文書にありません',
  'source.inferred.node-check': '更新で変わったものをノードごとに読み取ります',
  'source.inferred.space-unknown': '更新に必要なディスクの容量を示す出典はありません',
  'source.inferred.same-build': '一度の更新で両方が入るため、異なるのは失敗した後だけです',
  'source.inferred.system-name': 'Windows はエディションの名前を表示します',
  'source.inferred.fetch-after-update':
    '新しい kubeconfig は新しいクライアント証明書を持ち、更新後の API サーバーにも確実に合います',
  'source.inferred.next-end': '更新で新しくならないものは、証明書の期限どおりに切れます',
};
