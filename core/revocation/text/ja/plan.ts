import type english from '../en/plan.ts';

export default {
  'revocation.consequence.future-certificates':
    '今後発行される一致する証明書もすべて失効します。修復しても元に戻りません。',
  'revocation.consequence.not-yet-issued': 'notBefore の日時までに発行される証明書も失効します。',
  'revocation.consequence.wide-suffix': '1 つのラベルの下にあるすべての名前が対象になります。',
  'revocation.consequence.all-api-servers':
    'すべての API サーバーで、自身の証明書または etcd への接続に使う証明書が失効します。',
  'revocation.consequence.etcd': 'etcd のメンバーの過半数が失われ、応答する API サーバーがなくなります。',
  'revocation.consequence.control-plane': 'コントロール プレーンのすべての証明書が失効します。',
  'revocation.consequence.all-kubelets': 'すべての kubelet の証明書が失効します。',
  'revocation.consequence.system-masters': '管理者と、API サーバーのクライアントの証明書が失効します。',
  'revocation.consequence.last-admin': 'クラスターの管理者の資格情報として把握しているものが、すべて失効します。',
  'revocation.consequence.in': '{text}対象のクラスター: {clusters}。',
  'revocation.consequence.inferred':
    '{text}該当する証明書は読み取られていませんが、kubeadm が作成する証明書は一致します。',

  'revocation.enforcement':
    '失効がどこで確認されるかは公開されていません。名前と記事の説明からは、更新時と考えられます。確立済みの接続は継続し、証明書は有効期限まで受け入れられるものとして扱ってください。',
  'revocation.exposure': '一致する証明書は、{until} (残り {span}) まで受け入れられる可能性があります。',
  'revocation.exposure.none': '一致する証明書のうち、有効期限内のものは把握していません。',
  'revocation.meanwhile':
    'それまでは、API サーバーの監査ログで該当する名前を監視し、RBAC で権限を取り消してください。ただし system:masters の権限は取り消せません。',

  'revocation.title.mend': 'マニフェストを修正する',
  'revocation.title.find-resource': 'リソースを確認する',
  'revocation.title.apply': 'マニフェストを適用する',
  'revocation.title.check-applied': 'オブジェクトを確認する',
  'revocation.title.wait': '証明書が notBefore より新しくなるまで待つ',
  'revocation.title.repair': 'コントロール プレーンの証明書を作り直す',
  'revocation.title.credential': '新しい kubeconfig を取得する',
  'revocation.title.check-renewed': '更新を確認する',
  'revocation.title.check-nodes': 'ノードを確認する',

  'revocation.step.mend':
    '最初にマニフェストを修正してください。今後発行される証明書も対象にするエントリがあると、修復しても元に戻りません。',
  'revocation.step.find-resource': 'クラスターにリソースがあるか、どの名前で登録されているかを確認します。',
  'revocation.step.apply': 'マニフェストを適用します。記載されたものがこれで失効します。',
  'revocation.step.check-applied': '書いたとおりに登録されたことを確認します。',
  'revocation.step.wait':
    '{readyAt} まで待ちます。証明書の開始日時は通常 5 分さかのぼるため、それより前に発行すると notBefore より古いとみなされます。',
  'revocation.step.repair':
    'コントロール プレーンの証明書を作り直します。記事では今も Repair-AksHciClusterCerts が示されています。',
  'revocation.step.check-renewed':
    'certificate-renewal-controller と certificate-renewal-worker を確認します。失敗した更新はログに記録されます。',
  'revocation.step.check-nodes':
    'すべてのノードが Ready であることと、失効させた資格情報が拒否されることを確認します。',
  'revocation.step.undo':
    '元に戻すには、API サーバーに接続できるうちにオブジェクトを削除し、もう一度修復します。これで失効が解除されるかどうかは確認されていません。',

  'revocation.assumption.cloud-agent':
    'クラウド エージェントのファイルは読み取られていません。正常に動作しているものとします。',
  'revocation.assumption.management-cluster':
    '管理クラスターのファイルは読み取られていません。正常に動作しているものとします。',
  'revocation.assumption.control-plane':
    'コントロール プレーンの証明書は読み取られていません。正常に動作しているものとします。',
  'revocation.assumption.kubeconfig':
    'クラスターの有効な kubeconfig は読み取られていません。管理者が持っているものとします。',
  'revocation.assumption.always-on': 'クラスターは常に稼働しており、文書のとおりに証明書を更新するものとします。',
} satisfies Record<keyof typeof english, string>;
