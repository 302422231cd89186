import type english from '../en/contradictions.ts';

/** 情報源が食い違う点。両方の内容と対処。 */
export default {
  'contradiction.tls-internal-error': '「tls: internal error」の後、どの修復でログが復旧するか',
  'contradiction.tls-internal-error.a': '-fixCloudCredentials。証明書マネージャーのトークンを更新する必要があります。',
  'contradiction.tls-internal-error.b': '-fixKubeletCredentials の後、新しい kubeconfig を取得します。',
  'contradiction.tls-internal-error.advice':
    '先に -fixCloudCredentials を試してください。コントロール プレーンを変更しません。エラーが残る場合は -fixKubeletCredentials を使います。',
  'contradiction.not-updated-90-days': '90 日以内に更新しないとどうなるか',
  'contradiction.not-updated-90-days.a': 'MOC の証明書に影響はありません。',
  'contradiction.not-updated-90-days.b':
    '証明書とトークンは 90 日で期限切れになり、その後に再起動すると動作しなくなります。',
  'contradiction.not-updated-90-days.advice':
    'ビルドによります。自動ローテーションは 2023 年初めごろに導入されました。それより古いビルドでは危険があるものとし、実際の日付を確認してください。',
  'contradiction.moc-validity': 'MOC の資格情報の有効期間',
  'contradiction.moc-validity.a': '90 日です。',
  'contradiction.moc-validity.b': '60 日です。',
  'contradiction.moc-validity.advice':
    'どちらもその時点では正しく、2022 年の 4 月か 5 月に変わりました。Arcwarden は実際の日付を読み取り、日付がある場合は推測しません。',
  'contradiction.off-under-30-days': 'Kubernetes の証明書の修復が必要になる停止期間',
  'contradiction.off-under-30-days.a': '30 日未満の停止で影響を受けます。下限は示されていません。',
  'contradiction.off-under-30-days.b': '4 日を超える停止で影響を受けます。2022 年 9 月のリリースで修正されました。',
  'contradiction.off-under-30-days.advice':
    '重要なのは、クラスターの証明書のうち最も早い有効期限です。多くの場合、残り 1 日ほどです。',
  'contradiction.patch-load-balancer': '-patchLoadBalancer があるかどうか',
  'contradiction.patch-load-balancer.a': '修復の表に、ロード バランサー用として記載されています。',
  'contradiction.patch-load-balancer.b': 'コマンドレットのリファレンスにはありません。',
  'contradiction.patch-load-balancer.advice':
    'ロード バランサー VM だけに使い、コマンドレットが受け付けるかどうかを確認してください。',
  'contradiction.required-true': 'スイッチが必須かどうか',
  'contradiction.required-true.a': '構文では、-force と 2 つの修復スイッチは省略可能で、2 つのセットに分かれています。',
  'contradiction.required-true.b': '同じページのパラメーターの表では、すべて「Required: True」です。',
  'contradiction.required-true.advice': 'Arcwarden は構文に従います。',
  'contradiction.etcd-server-issuer': 'etcd のサーバー証明書に署名する CA',
  'contradiction.etcd-server-issuer.a': 'Cluster CA です。',
  'contradiction.etcd-server-issuer.b': 'kubeadm が作成するクラスターと同じく、etcd CA です。',
  'contradiction.etcd-server-issuer.advice': 'Arcwarden は、証明書に記載された発行者を表示します。',
  'contradiction.not-before-sample': 'エントリに notBefore が必要か',
  'contradiction.not-before-sample.a': '本文では、シリアル番号以外のフィールドには必ず notBefore を指定します。',
  'contradiction.not-before-sample.b':
    '隣の例では、5 つのエントリのうち 4 つで省略されており、グループ system:nodes も含まれます。',
  'contradiction.not-before-sample.advice':
    '例ではなく本文に従ってください。例のままでは、修復で作成した証明書も失効します。',
  'contradiction.not-before-reason': 'notBefore が必要な理由',
  'contradiction.not-before-reason.a': '以前の文書には、クラスターを復旧できるようにするためと書かれています。',
  'contradiction.not-before-reason.b': '現在の文書には規則だけが残り、理由は書かれていません。',
  'contradiction.not-before-reason.advice': '理由は今も当てはまります。notBefore がないと、新しい証明書も失効します。',
  'contradiction.kind-spelling': 'エントリの kind の表記',
  'contradiction.kind-spelling.a': 'serialnumber は小文字です。',
  'contradiction.kind-spelling.b': '同じ例で、Group、DNS、IP は大文字で始まります。',
  'contradiction.kind-spelling.advice':
    'Arcwarden はそれぞれ公開されたとおりに書き込みます。スキーマは公開されていません。',
  'contradiction.update-cadence': '更新の頻度',
  'contradiction.update-cadence.a': 'リリースから 60 日以内です。',
  'contradiction.update-cadence.b':
    '30 日以内で、前回の更新から最長 90 日です。それ以降は Microsoft サポートに連絡します。',
  'contradiction.update-cadence.advice': '60 日を目安に計画し、90 日を超えないようにしてください。',
  'contradiction.kms-on-workload': 'ワークロード クラスターの KMS トークンを修復するコマンドレット',
  'contradiction.kms-on-workload.a': 'クラスター用のコマンドレットに -fixCloudCredentials を付けます。',
  'contradiction.kms-on-workload.b': 'Repair-AksHciCerts。これはホスト用です。',
  'contradiction.kms-on-workload.advice':
    'クラスター用のコマンドレットを使ってください。ホスト用は管理クラスターのためのものです。',
  'contradiction.kvactl-path': 'kvactl のアクセス ファイルの場所',
  'contradiction.kvactl-path.a': '$env:UserProfile\\.wssd\\kvactl\\cloudconfig です。',
  'contradiction.kvactl-path.b': '.wssd の前に円記号のない $env:UserProfile.wssd\\kvactl\\cloudconfig です。',
  'contradiction.kvactl-path.advice':
    '最初のほうが正しい表記です。2 番目は PowerShell がプロパティとして解釈し、\\kvactl\\cloudconfig になります。',
  'contradiction.container-tool': 'ノードでコンテナーを一覧表示するツール',
  'contradiction.container-tool.a': 'sudo crictl です。',
  'contradiction.container-tool.b': 'sudo docker container です。',
  'contradiction.container-tool.advice': '現在のイメージでは crictl、2021 年のイメージでは docker を使います。',
  'contradiction.broken-commands': '掲載されたままでは動かないコマンド',
  'contradiction.broken-commands.a':
    'リファレンス: Update-AksHciClusterCertificates -name mycluster -fixCloudCredentials',
  'contradiction.broken-commands.b':
    'ほかのページ: -Name my-workload -cluster、UpdateAksHciClusterCertificates、-fixcloudcredential、ハイフンの代わりのダッシュ。',
  'contradiction.broken-commands.advice':
    'Arcwarden はリファレンスの形で表示します。貼り付けるコマンドはコマンド チェッカーで確認してください。',
  'contradiction.update-cluster-sets': 'Update-AksHciCluster で同時に指定できるパラメーター',
  'contradiction.update-cluster-sets.a':
    'リファレンスでは、-kubernetesVersion と -operatingSystem は、同時に指定できない別々のパラメーター セットです。',
  'contradiction.update-cluster-sets.b':
    'Microsoft のコードは、両方を -Confirm:$false とともに指定しています。-name だけでも有効です。',
  'contradiction.update-cluster-sets.advice':
    '実際に使われているため、Arcwarden は同時の指定を正しいものとして扱います。',
  'contradiction.config-path': 'Get-AksHciCredential -configPath の意味',
  'contradiction.config-path.a': '書き込むファイルです。',
  'contradiction.config-path.b':
    'フォルダーです。その中に kubeconfig-<name>、別の資料では <name>-kubeconfig が作られます。',
  'contradiction.config-path.advice':
    'ビルドによって異なります。新しい空のフォルダーを作成して指定し、その中の 1 つのファイルを使ってください。パス自体がファイルになった場合は、それを使います。',
  'contradiction.access-file-folder': 'mocctl と kvactl のアクセス ファイルの場所',
  'contradiction.access-file-folder.a': 'Windows ユーザーのプロファイルの .wssd です。',
  'contradiction.access-file-folder.b':
    '構成されたフォルダー accessFileDirPath (<workingDir>\\CloudCfg など) の下です。',
  'contradiction.access-file-folder.advice':
    '(Get-MocConfig).accessFileDirPath を先に確認してください。古いビルドのように空の場合は、プロファイルにあります。',
  'contradiction.cloud-agent-role': 'クラウド エージェントのクラスターの役割の名前',
  'contradiction.cloud-agent-role.a': 'ca- に GUID を続けた名前です。',
  'contradiction.cloud-agent-role.b': 'clusterRoleName の値です。管理クラスターと同じ名前の場合もあります。',
  'contradiction.cloud-agent-role.advice': 'パターンで検索せず、(Get-MocConfig).clusterRoleName を確認してください。',
} satisfies Record<keyof typeof english, string>;
