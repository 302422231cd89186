import type english from '../en/identities.ts';

export default {
  'problem.identity.unknown': 'クラウド エージェントに ID「{identity}」はありません。',
  'problem.identity.unknown.remedy': '大文字と小文字も含めて名前を確認するか、ID を作成してください。',
  'problem.identity.name-taken': 'ID「{identity}」は既にあります。',
  'problem.identity.name-taken.remedy':
    '別の名前を選んでください (大文字と小文字だけが異なる名前は同じものと見なします)。資格情報を更新したい場合は、既存の ID のトークンをローテーションしてください。',
  'problem.identity.name-invalid':
    'この文字列は ID の名前にできません。{fault, select, empty {名前が空です。} tooLong {名前が {longest} 文字を超えています。} blankAtEnd {先頭または末尾に空白があります。} other {制御文字が含まれています。}}',
  'problem.identity.name-invalid.remedy': '「admin2」のような名前にしてください。名前は証明書の共通名になります。',
  'problem.identity.validity-invalid':
    'トークンの有効期間を {days} 日にはできません。1 日から {longest} 日までの整数で指定してください。',
  'problem.identity.validity-invalid.remedy': '省略すると既定の 90 日になります。',
  'problem.identity.token-required':
    'クラウド エージェントがログインを拒否しました: “Valid Token Required”。{reason, select, unreadable {クラウド エージェントのトークンではありません。} signature {別のクラウド エージェントが発行したトークンか、内容が変更されたトークンです。} issuer {ログイン用に発行されたトークンではありません。} unknownIdentity {「{identity}」という ID はありません。} notYet {「{identity}」のトークンの発行時刻が未来です。時計がずれています。} expired {「{identity}」のトークンの有効期限が切れています。} rotated {「{identity}」のトークンは、新しいトークンに置き換えられています。} other {「{identity}」は失効しています。}}',
  'problem.identity.token-required.remedy':
    'ID のトークンをローテーションし、新しいログイン ファイルでログインしてください。失効した ID は、先に復帰させる必要があります。',
  'problem.identity.certificate-expired':
    '「{identity}」の証明書は更新できません: “Certificate has expired” ({notAfter})。',
  'problem.identity.certificate-expired.remedy':
    'トークンでログインし直してください。トークンも期限切れの場合は、先にトークンをローテーションしてください。',
  'problem.identity.certificate-refused':
    'クラウド エージェントが証明書を拒否しました。{reason, select, unreadable {証明書を読み取れません。} unknownAuthority {“certificate signed by unknown authority”: 現在信頼されているどの CA の署名でもありません。} notYetValid {まだ有効期間に入っていません。時計がずれています。} noIdentity {このクラウド エージェントの ID が書かれていません。} other {このクラウド エージェントが発行した証明書ではありません。}}',
  'problem.identity.certificate-refused.remedy':
    'トークンでログインし直してください。現在の CA の証明書が発行されます。',
  'problem.identity.revoked':
    'クラウド エージェントが「{identity}」を拒否しました: “certificate is revoked”。証明書、または ID そのものが失効しています。',
  'problem.identity.revoked.remedy':
    '再び信頼できる場合は ID を復帰させ、新しいトークンでログインしてください。以前の証明書は失効したままです。',
  'problem.identity.not-revoked': 'ID「{identity}」は失効していません。',
  'problem.identity.not-revoked.remedy': '対応は不要です。トークンを取り替えるには、ローテーションしてください。',
  'problem.identity.request-refused':
    '証明書の要求を受け付けませんでした。{reason, select, unreadable {形式が PKCS #10 ではありません。} signature {“Invalid CSR signature”: 要求に含まれるキーの署名ではありません。} other {キーの強度が不足しています。RSA は 2048 ビット以上、EC は 256 ビット以上の曲線が必要です。}}',
  'problem.identity.request-refused.remedy': '証明書に使うキーで、要求を作り直してください。',
  'problem.renewal.refused':
    "更新を受け付けませんでした。{reason, select, missingCertificates {“missing CSR renew certificates”: 要求に更新対象の証明書が含まれていません。} notClientCertificate {“certToRenew wasn't used for clientAuthCert”: 要求に含まれる証明書が、クライアントの提示した証明書と異なります。} keyCertificateSignature {“unable to verify signature of CSR Key certificate”: 新しいキーに、古いキーの署名がありません。} keyMismatch {“public key in CSR and CSR Key certificate don't match”: 古いキーが署名したキーと、要求されたキーが異なります。} other {証明書の名前の一部が失われてしまいます。}}",
  'problem.renewal.refused.remedy':
    '更新対象の証明書とそのキーで要求を作り直すか、トークンでログインし直してください。',
  'problem.rotation.refused':
    'クラウド エージェントの CA のローテーションを進められません。{reason, select, alreadyRotating {既にローテーション中です。} notRotating {現在の CA は 1 つだけです。} nothingReissued {新しい CA がまだ何も発行していないため、古い CA を廃止できません。} leavesLeft {古い CA を廃止すると、{count, number} 件の証明書が使えなくなります (有効期限 {until})。} other {既に有効期限が切れているため、重複期間を設けられません。}}',
  'problem.rotation.refused.remedy':
    '新しい CA の作成、すべての証明書の再発行、古い CA の廃止の順に行います。再発行されない証明書は、失効させるか、有効期限が切れるまで待つこともできます。CA の有効期限が切れた後は、新しい CA を作成し、すべてのクライアントでログインし直してください。',
} satisfies Record<keyof typeof english, string>;
