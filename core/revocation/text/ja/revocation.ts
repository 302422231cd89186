import type english from '../en/revocation.ts';

const LEFT_OUT = 'このエントリは除外しました。';

export default {
  'finding.revocation.no-object': 'ファイルに RenewRevocation オブジェクトがないため、何も失効しません。',
  'finding.revocation.no-object.remedy':
    'クラスターに適用したマニフェストか、kubectl get -o yaml で保存したファイルを指定してください。',
  'finding.revocation.read-otherwise':
    '{what, select, merge {「<<」により別のマッピングのフィールドが加えられます。} tag {YAML タグ (「!!…」) により値が別のものに変わります。} other {ここに、kubectl では行末として扱われ、ほかの YAML パーサーでは行末にならない文字があります。}}kubectl が適用する内容は、ここで検査した内容と異なります。',
  'finding.revocation.read-otherwise.remedy':
    '{what, select, merge {フィールドを本来の位置に直接書いてください} tag {タグを削除し、値を引用符で囲んで書いてください} other {この文字を削除するか、通常の改行に置き換えてください}}。',
  'finding.revocation.malformed': 'オブジェクトに {field} がないか、内容の形が正しくありません。',
  'finding.revocation.malformed.remedy':
    '記事のサンプルと見比べてください。metadata と spec はマッピング、revocations はリストです。',
  'finding.revocation.no-name': 'オブジェクトに metadata.name がないため、除外しました。',
  'finding.revocation.no-name.remedy': '名前を付けてください。名前のないオブジェクトは Kubernetes に登録できません。',
  'finding.revocation.no-entries': 'オブジェクト {name} にエントリがないため、何も失効しません。',
  'finding.revocation.no-entries.remedy': 'spec.revocations にエントリを追加するか、オブジェクトを削除してください。',
  'finding.revocation.api-version': 'apiVersion が「{found}」です。公開されているのは {published} です。',
  'finding.revocation.api-version.remedy':
    'そのまま読み取りました。スキーマは公開されていないため、公開されているバージョンを使用してください。',
  'finding.revocation.object-kind': 'kind が「{found}」と書かれています。公開されているのは {published} です。',
  'finding.revocation.object-kind.remedy':
    'そのまま読み取りましたが、Kubernetes は大文字と小文字を区別します。適用する前に修正してください。',
  'finding.revocation.entry-malformed': 'このエントリはフィールドのマッピングではありません。',
  'finding.revocation.entry-malformed.remedy': '修正するか削除してください。ほかのエントリは読み取りました。',
  'finding.revocation.kind-missing': 'このエントリには kind がありません。',
  'finding.revocation.kind-missing.remedy': `serialnumber、Group、DNS、IP のいずれかを指定してください。${LEFT_OUT}`,
  'finding.revocation.kind-unknown': '「{kind}」という kind はありません。',
  'finding.revocation.kind-unknown.remedy': `公開されているのは serialnumber、Group、DNS、IP です。${LEFT_OUT}`,
  'finding.revocation.kind-spelling': 'kind が「{found}」と書かれています。公開されているのは {published} です。',
  'finding.revocation.kind-spelling.remedy':
    'そのまま読み取りました。スキーマは公開されておらず、大文字と小文字が区別される可能性があります。公開されているとおりに書いてください。',
  'finding.revocation.value-missing': 'kind が {kind} のエントリには、フィールド {field} が必要です。',
  'finding.revocation.value-missing.remedy': `フィールドをテキストとして追加してください。${LEFT_OUT}`,
  'finding.revocation.value-extra': 'フィールド {field} は、kind が {kind} のエントリでは使われません。',
  'finding.revocation.value-extra.remedy': `別のエントリに分けてください。複数の値があるエントリで何が失効するかは公開されていません。${LEFT_OUT}`,
  'finding.revocation.bad-serial': 'シリアル番号ではありません。',
  'finding.revocation.bad-serial.remedy': `openssl や証明書の詳細に表示される 16 進数 (20 バイト以内) で指定してください。${LEFT_OUT}`,
  'finding.revocation.bad-dns': 'DNS 名でもサフィックスでもありません。',
  'finding.revocation.bad-dns.remedy': `完全な名前か、.cluster.local のようにドットで始まるサフィックスを指定してください。${LEFT_OUT}`,
  'finding.revocation.bad-ip': 'IP アドレスではありません。',
  'finding.revocation.bad-ip.remedy': `IPv4 または IPv6 のアドレスを 1 つ指定してください。${LEFT_OUT}`,
  'finding.revocation.ip-range': 'アドレスの範囲です。文書化されているのは 1 つずつのアドレスだけです。',
  'finding.revocation.ip-range.remedy': `対象のアドレスごとにエントリを作成してください。${LEFT_OUT}`,
  'finding.revocation.bad-not-before': 'notBefore が日時ではありません。',
  'finding.revocation.bad-not-before.remedy': `"2020-04-17T17:22:05Z" のように、UTC で引用符に入れて書いてください。${LEFT_OUT}`,
  'finding.revocation.not-before-form':
    'notBefore が UTC の秒単位で書かれていないため、{readAs} として読み取りました。',
  'finding.revocation.not-before-form.remedy':
    '公開されている形式に合わせて、UTC で、秒未満を付けず、引用符に入れて書いてください。',
  'finding.crl.unreadable': 'この失効リスト (CRL) は読み取れません。理由は次の項目のとおりです。',
  'finding.crl.unreadable.remedy': '認証局から取得し直してください。',
  'finding.crl.holds-no-credential': '{issuer} の失効リスト (CRL) です。失効した証明書は {count, number} 件です。',
  'finding.crl.holds-no-credential.remedy':
    '資格情報を含まないため保存しません。証明書との照合には arcwarden authority verify --crl を使用します。',
  'finding.crl.holds-no-credential-until':
    '{issuer} の失効リスト (CRL) です。失効した証明書は {count, number} 件で、次の発行予定は {nextUpdate} です。',
  'finding.crl.holds-no-credential-until.remedy':
    '資格情報を含まないため保存しません。証明書との照合には arcwarden authority verify --crl を使用します。',
  'finding.crl.version': 'CRL のバージョンが {version} となっています。存在するのは 1 と 2 だけです。',
  'finding.crl.version.remedy': 'CA に発行し直してもらってください。',
  'finding.crl.no-next-update': 'CRL に次回の発行予定日時がありません。',
  'finding.crl.no-next-update.remedy':
    '読み取りましたが、古くなっているかどうかを判断できません。CA で nextUpdate を設定してもらってください。',
  'finding.crl.dates-reversed':
    '次回の発行予定 ({nextUpdate}) が、この CRL の開始日時 ({thisUpdate}) より前になっています。',
  'finding.crl.dates-reversed.remedy': 'CA の時刻を確認し、CRL を発行し直してください。',
  'finding.crl.extensions-version': 'CRL のバージョンが 1 であるのに、拡張領域があります。',
  'finding.crl.extensions-version.remedy': 'バージョン 2 の CRL として、CA に発行し直してもらってください。',
} satisfies Record<keyof typeof english, string>;
