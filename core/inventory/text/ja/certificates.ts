import type english from '../en/certificates.ts';

/** 把握しているすべての証明書の中で見た、証明書の検出事項。 */
export default {
  'finding.certificate.issuer-expired':
    '{name} は有効期間内ですが、上位の {issuer} の証明書が {issuerNotAfter} に有効期限が切れました。チェーンを検証する相手には拒否されます。',
  'finding.certificate.issuer-expired.remedy':
    '認証局の有効期限が切れている間は、{name} を更新しても解決しません。認証局が更新済みであれば、新しい証明書をインポートしてください。更新されていない場合の対処は、{issuer} の詳細に表示されます。',
  'finding.kubeconfig.other-ca':
    '{cluster} のこの kubeconfig は、API サーバーの証明書 (「{path}」) に署名したものとは別の認証局を信頼しています。kubectl は「x509: certificate signed by unknown authority」を返します。',
  'finding.kubeconfig.other-ca.remedy':
    '別のクラスターのものか、再構築前のものです。Get-AksHciCredential で取得し直してください。管理クラスターの場合は、コントロール プレーン VM からコピーします。',
  'finding.certificate.cluster-rebuilt':
    '{cluster} という名前のクラスターには、{notBefore} から有効な新しい認証局があります (「{path}」)。クラスターが再構築されたか、同じ名前のクラスターが 2 つあります。',
  'finding.certificate.cluster-rebuilt.remedy':
    '再構築された場合、この認証局が署名したものは受け入れられません。Get-AksHciCredential で kubeconfig を取得し直し、ここでは古いクラスターを削除してください。',
  'finding.certificate.outlives-issuer':
    '{name} の有効期限は {notAfter} ですが、上位の {issuer} の証明書はそれより前の {issuerNotAfter} に有効期限が切れます。',
  'finding.certificate.outlives-issuer.remedy':
    '早い方の日時を期限と考えてください。それまでに認証局が更新されれば対処は不要です。その場合は、{name} の上位に認証局の新しい証明書が必要です。',
  'finding.certificate.weak-key':
    '{name} のキーが短すぎます。{algorithm} {bits} ビットですが、{minimum} ビット以上が必要です。',
  'finding.certificate.weak-key.remedy':
    '新しいキーで証明書を発行し直してください。OpenSSL はセキュリティ レベル 2 でこのキーを拒否します。',
  'finding.certificate.weak-signature': '{name} の証明書の署名方式 {algorithm} は、偽造が可能です。',
  'finding.certificate.weak-signature.remedy':
    'SHA-256 以上で証明書を発行し直してください。Go (Kubernetes と MOC) は SHA-1 の署名を拒否します。',
  'finding.certificate.names-missing':
    '{name} の証明書には、サーバーの呼び出しに使われる次の名前がありません: {missing}。',
  'finding.certificate.names-missing.remedy':
    'これらの名前で接続するクライアントは「x509: certificate is valid for …, not …」で拒否します。必要な名前をすべて含めて発行し直してください。',
  'finding.certificate.serial-repeated':
    '認証局は、{name} のシリアル番号 {serial} を別の証明書にも付けています: {other} (「{path}」)。',
  'finding.certificate.serial-repeated.remedy':
    'シリアル番号で失効させると、両方が対象になります。どちらかを発行し直し、認証局の番号の付け方を確認してください。',
  'finding.certificate.expired-ca-trusted':
    '認証局 {name} は {notAfter} に有効期限が切れましたが、信頼する認証局の一覧ファイルに残っています。',
  'finding.certificate.expired-ca-trusted.remedy':
    'このままでも動作に影響はありません。信頼した認証局の有効期間を確認しないプログラムもあるため、次に一覧を書き換えるときに取り除いてください。',
  'finding.key.readable':
    'このファイルのモードは {mode} で、{readers, select, group {グループのメンバー} other {コンピューターのすべてのユーザー}}が中の秘密キーを読み取れます。',
  'finding.key.readable.remedy':
    '所有者だけが読み取れるように、chmod 600 を実行してください。他人に読み取られた可能性がある場合は、新しいキーで証明書を発行し直してください。',
} satisfies Record<keyof typeof english, string>;
