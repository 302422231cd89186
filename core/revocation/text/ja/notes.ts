import type english from '../en/notes.ts';

export default {
  'revocation.note.kubeconfig-in-use':
    '選択したものには、現在作業に使用している kubeconfig が含まれます。先に Get-AksHciCredential で新しい kubeconfig を取得し、使用できることを確認してください。エントリは古い証明書だけを指定します。',
  'revocation.note.kubeconfig-unmanaged':
    'kubeconfig の証明書は自動では更新されません。クラスターが失効を確認するのが更新時だけであれば、この証明書は有効期限まで受け入れられる可能性があります。',
  'revocation.note.kubeconfig-sure':
    '確実な方法は、証明書を含む kubeconfig の代わりに Active Directory でサインインすることと、新しい認証局を持つクラスターを作り直すことです。',
  'revocation.note.kubelet-server':
    'kubelet のサーバー証明書は失効できません。そのマシンをネットワークからも切り離してください。',
  'revocation.note.control-plane-keys':
    'コントロール プレーンのマシンには、通常、クラスターの認証局のキーも置かれています。マシンを手にした者が、知られていない証明書を発行した可能性があります。確実に締め出すには、新しい認証局を持つクラスターを作り直すしかありません。',
  'revocation.note.nameless':
    'コントロール プレーンの証明書のうち {count, number} 件にはマシンの名前がなく、どのマシンにあるかを判断できないため、エントリに含めていません。わかっているものは、シリアル番号で追加してください。',
  'revocation.note.names-shared':
    '複数のマシンで共有される名前とアドレス、およびクラスター自体の名前とアドレスは除外しました。これらをエントリにすると、すべての API サーバーが対象になります。',
  'revocation.note.names-none':
    'エントリの対象にできる証明書に、このマシンだけの名前やアドレスがないため、名前によるエントリはありません。',
  'revocation.note.group-cutoff':
    'エントリの対象は、この時点より前に発行された証明書です。以後に更新された証明書は有効なままなので、修復によってグループは元に戻ります。',
  'revocation.note.wait':
    '修復は 5 分以上待ってから実行してください。証明書の開始日時は通常その分だけ前にずらして発行されるため、早すぎると、新しい証明書が基準の時刻より古いものとみなされます。',
} satisfies Record<keyof typeof english, string>;
