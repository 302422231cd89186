import type english from '../en/authority.ts';

export default {
  'problem.authority.entry-unknown': '「{authority}」にその証明書はありません。',
  'problem.authority.entry-unknown.remedy': '一覧を確認し、シリアル番号または SHA-256 の先頭部分で指定してください。',
  'problem.authority.key-elsewhere': '「{name}」の秘密キーは、この認証局には保管されていません。',
  'problem.authority.key-elsewhere.remedy':
    '別の場所で作成されたキーのため、署名できるのはその場所だけです。新しい証明書署名要求 (CSR) に署名してください。',
  'problem.authority.no-signer': '「{authority}」には、署名に使える有効な CA「{issuer}」がありません。',
  'problem.authority.no-signer.remedy':
    '対応する種類の認証局を選択してください。CA が期限切れの場合や廃止されている場合は、認証局を新しく作成するか、CA をローテーションしてください。まだ有効でない場合は、時計を確認してください。',
  'problem.authority.not-cloud-agent': '「{authority}」はクラウド エージェントの認証局ではありません。',
  'problem.authority.not-cloud-agent.remedy':
    'ID、トークン、CA のローテーションは、種類が moc の認証局でのみ使用できます。',
  'problem.issue.profile-is-root': 'プロファイル「{profile}」はルート証明書用です。CA からは発行できません。',
  'problem.issue.profile-is-root.remedy': 'ルート証明書は、認証局の作成時に一緒に作成されます。',
  'problem.issue.key-not-allowed': 'プロファイル「{profile}」では、キー「{algorithm}」を使用できません。',
  'problem.issue.key-not-allowed.remedy': '次のいずれかを選択してください: {allowed}',
  'problem.issue.value-missing': 'プロファイル「{profile}」には、値「{value}」が 1 つ必要です。',
  'problem.issue.value-missing.remedy': '値を指定してください。サブジェクトの一部になります。',
  'problem.issue.value-unknown': 'プロファイル「{profile}」では、値「{value}」は使用されません。',
  'problem.issue.value-unknown.remedy':
    '{known, select, none {このプロファイルに指定できる値はありません。} other {指定できる値: {known}。}}そのほかの名前やアドレスは、サブジェクトの別名 (SAN) として追加できます。',
  'problem.issue.value-invalid': '「{text}」は「{value}」の値として使用できません。',
  'problem.issue.value-invalid.remedy':
    '名前にはホスト名を指定してください (ノード名とクラスター名は小文字)。アドレスには IPv4 または IPv6 アドレスを 1 つ指定してください (範囲は指定できません)。前後に空白を入れないでください。',
  'problem.issue.too-many-values': '「{value}」の値が {most} 個を超えています。',
  'problem.issue.too-many-values.remedy': '複数の証明書に分けてください。',
  'problem.issue.name-too-long': '共通名が「{text}」となり、{longest} 文字を超えます。',
  'problem.issue.name-too-long.remedy':
    'X.509 では許可されておらず、このような証明書を拒否するプログラムがあります。短い名前を使用してください。',
  'problem.issue.validity-invalid':
    '{reason, select, notWhole {有効期間には 1 秒以上の整数秒を指定する必要があります。} other {証明書の有効期限が、CA「{authority}」の有効期限 ({notAfter}) を超えます。}}',
  'problem.issue.validity-invalid.remedy':
    '{reason, select, notWhole {日数または時間数で指定してください。} other {より短い有効期間を指定するか、指定を省略してください。省略した場合、有効期限は CA の有効期限までになります。}}',
  'problem.renew.not-possible':
    '「{name}」は更新できません。{reason, select, isCa {CA の証明書です。} revoked {失効しています。} superseded {別の証明書に置き換えられています。} other {更新方法を定めるプロファイルがありません。}}',
  'problem.renew.not-possible.remedy':
    '{reason, select, isCa {代わりに CA をローテーションするか、認証局を新しく作成してください。} superseded {新しい方の証明書を更新してください。} other {代わりに新しい証明書を発行してください。}}',
  'problem.revoke.is-root': '「{name}」はルート証明書のため、証明書失効リスト (CRL) には登録できません。',
  'problem.revoke.is-root.remedy':
    'ルート証明書は、信頼している側で廃止します。CA をローテーションした後、信頼ストアから古い証明書を削除してください。',
  'problem.revoke.already': '「{name}」は {at} に失効済みです。',
  'problem.revoke.already.remedy': '残る作業は、証明書失効リスト (CRL) の配布だけです。',
  'problem.revoke.date-in-future': '無効化の日時 {date} が未来の日時になっています。',
  'problem.revoke.date-in-future.remedy': '証明書を信頼できなくなった日時を指定するか、指定を省略してください。',
  'problem.export.option-missing': '{format} 形式でのエクスポートには「{option}」が必要です。',
  'problem.export.option-missing.remedy':
    '{option, select, server {API サーバーのアドレスを指定してください (例: https://172.16.255.14:6443)。} other {パスフレーズを指定してください。PFX には秘密キーが含まれます。}}',
  'problem.export.server-invalid': '「{server}」は API サーバーのアドレスではありません。',
  'problem.export.server-invalid.remedy': 'https://172.16.255.14:6443 のように、パスを付けずに指定してください。',
  'problem.export.not-for-kubeconfig': '「{name}」ではクラスターにログインできません。',
  'problem.export.not-for-kubeconfig.remedy':
    'kubeconfig には、クラスター CA が発行したクライアント証明書 (clientAuth) が必要です。',
} satisfies Record<keyof typeof english, string>;
