import type { triage as english } from '../en/triage.ts';

/** 確認の質問と、それに答える読み取り専用コマンド。コマンドの空欄。 */
export const triage: Record<keyof typeof english, string> = {
  'check.ad-webhook-log':
    'このログに証明書のエラーがあれば、Webhook の証明書の有効期限が切れています。',
  'check.api-server':
    'API サーバーが応答し、kubeconfig が有効ならノードを一覧表示します。そうでなければエラーで原因がわかります。',
  'check.api-server-port':
    'TcpTestSucceeded: True なら、ポートが応答しており、ネットワークと kube-vip は正常です。',
  'check.billing': 'OutofPolicy なら、証明書ではなく課金が原因です。',
  'check.build': 'どの既知の不具合が当てはまるかがわかります。',
  'check.clock':
    'すべてのホストの時刻が、互いに、また実際の時刻と分単位で一致している必要があります。時計が遅れていると、新しい証明書が「not yet valid」になります。',
  'check.control-plane-end':
    'ノード上の API サーバー証明書の有効期限を表示します。パスは kubeadm の慣例です。',
  'check.control-plane-logs': 'kubectl が使えない場合に、ノード上のポッドのログを一覧表示します。',
  'check.kms-container': 'コンテナーが Running で、起動直後ではないことを確認します。',
  'check.kms-log': '「Valid Token Required」なら、プラグインのトークンの有効期限が切れています。',
  'check.kubeconfig-view':
    'kubectl が使うクラスター、アドレス、ユーザーを表示します。証明書とキーのデータは省略されます。',
  'check.kvactl': 'kvactl がログインできればクラスターを一覧表示します。',
  'check.kvactl-file':
    'False なら、このノードのこのユーザーには kvactl のアクセス ファイルがありません。',
  'check.management-kms-log':
    '「Valid Token Required」なら、プラグインのトークンの有効期限が切れています。',
  'check.management-kubeconfig':
    'クライアント証明書の有効期限を表示します。過ぎていれば F10 です。',
  'check.moc-node': 'mocctl がクラウド エージェントにログインできればノードを一覧表示します。',
  'check.moc-version': 'ビルドと同じリリースのものである必要があります。',
  'check.module-versions':
    '各モジュールのバージョンが 1 つで、すべてのノードで同じである必要があります。',
  'check.node-agent': 'Running なら正常です。Starting のままなら F14、Stopped なら F16 です。',
  'check.nodes':
    'すべてのノードが Ready である必要があります。AGE が短いノードは、置き換えられたワーカーです。',
  'check.pod-logs': 'ログの数行を表示します。エラーで F19 と F20 を区別できます。',
  'check.ports-in-use': '数万に達していれば、ホストのポートが不足しています。',
  'check.renewal-log': '失敗した更新とその理由がわかります。',
  'check.renewal-pods':
    'certificate-renewal-controller と certificate-renewal-worker のポッドが Running である必要があります。',
  'check.revocation-resource': 'クラスターに失効のリソースがあれば一覧表示します。',
  'check.user': '2022 年 9 月より前のビルドでは、インストールしたユーザーである必要があります。',
  'check.vm-names':
    'VM の名前とアドレスを表示します。名前に「-control-plane-」が含まれるかどうかを確認します。',

  'triage.clock': 'すべてのホストの時計は合っていますか。',
  'triage.clock.means':
    '合っていなければ、先に合わせてください。ほかの回答はすべて時計に左右されます。',
  'triage.mocctl': 'mocctl は動作しますか。',
  'triage.mocctl.means':
    '動作しない場合は F04 または F14 です。先に直さないと、MOC の修復はできません。',
  'triage.kvactl': 'kvactl は動作しますか。',
  'triage.kvactl.means':
    '動作しない場合は F05、F06、F12 のいずれかで、ほとんどの AksHci コマンドレットが失敗します。',
  'triage.management-kubeconfig': '管理クラスターの kubeconfig は有効ですか。',
  'triage.management-kubeconfig.means': '有効でない場合は F10 です。',
  'triage.management-kms': '管理クラスターの KMS プラグインはログインできますか。',
  'triage.management-kms.means':
    'できない場合は F07 です。API サーバーが応答しない場合は F08 です。',
  'triage.workload-api-server': 'ワークロード クラスターの API サーバーは応答しますか。',
  'triage.workload-api-server.means':
    '応答しない場合、エラーから F01、F03、F11、F13、F36 のいずれかがわかります。',
  'triage.workload-kms': 'ワークロード クラスターの KMS プラグインはログインできますか。',
  'triage.workload-kms.means':
    'できない場合は F07、F08、F09 のいずれかです。再起動しないでください。',
  'triage.logs-and-exec': 'kubectl logs と exec は動作しますか。',
  'triage.logs-and-exec.means': '動作しない場合は F19 です。ときどき失敗する場合は F20 です。',
  'triage.workers': 'ワーカーはすべて存在し、Ready ですか。',
  'triage.workers.means': 'そうでない場合は F18 または F33 です。',
  'triage.fact.offHours': 'クラスターはどのくらい停止していましたか。',
  'triage.fact.daysSinceUpdate': 'ホストを最後に更新したのはいつですか。',
  'triage.fact.build': 'インストールされているビルドは何ですか。',
  'triage.fact.sameUser': 'インストールした Windows ユーザーでサインインしていますか。',

  'placeholder.api-server': 'API サーバーのアドレス',
  'placeholder.cluster': 'クラスターの名前',
  'placeholder.container-id': 'コンテナー ID',
  'placeholder.control-plane-ip': 'コントロール プレーン VM の IP アドレス',
  'placeholder.domain-user': '管理者のドメインと名前',
  'placeholder.image-path': 'サービスのコマンド ライン',
  'placeholder.keytab': 'current.keytab のパス',
  'placeholder.kms-pod': 'KMS ポッドの名前',
  'placeholder.login-file': 'ログイン ファイルのパス',
  'placeholder.module-version': 'モジュールのバージョン',
  'placeholder.pod': 'ポッドの名前',
  'placeholder.renewal-pod': '更新ポッドの名前',
  'placeholder.resource-group': 'Azure のリソース グループ',
  'placeholder.revocation-name': 'RenewRevocation オブジェクトの名前',
  'placeholder.spn': 'サービス プリンシパル名 (例: k8s/apiserver@CONTOSO.COM)',
  'placeholder.subscription': 'Azure のサブスクリプション ID',
  'placeholder.tattoo-file': 'cert-tattoo ファイルのパス',
  'placeholder.webhook-pod': 'ad-auth-webhook ポッドの名前',
  'placeholder.worker-ip': 'ワーカー VM の IP アドレス',
};
