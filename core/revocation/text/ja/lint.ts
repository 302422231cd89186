import type english from '../en/lint.ts';

export default {
  'finding.revocation.no-not-before':
    'notBefore がないため、このエントリは一致する既存の証明書だけでなく、今後発行されるすべての証明書も失効させます。修復しても元に戻りません。',
  'finding.revocation.no-not-before.remedy':
    'notBefore にインシデントの時刻か現在の時刻を設定してください。記事では、シリアル番号以外のエントリには必ず指定するよう求めています。',
  'finding.revocation.not-before-future': 'notBefore が未来の日時です。その時刻までに発行される証明書も失効します。',
  'finding.revocation.not-before-future.remedy': '現在または過去の日時を設定してください。',
  'finding.revocation.repair-too-early':
    '証明書の開始日時は通常 5 分さかのぼって設定されます。{readyAt} より前に発行された証明書は、notBefore より古いとみなされる可能性があります。',
  'finding.revocation.repair-too-early.remedy':
    '{readyAt} 以降に修復するか、notBefore を 5 分より前に設定してください。',
  'finding.revocation.wide-group':
    'グループ {group} は特定の種類の証明書すべてに含まれます。それらが一斉に失効します。',
  'finding.revocation.wide-group.remedy':
    '個別の証明書で足りる場合はシリアル番号で失効させてください。そうでない場合は内容を確認したうえで、修復の準備をしてください。',
  'finding.revocation.group-spelling':
    'このグループに属する既知の証明書はありません。「{group}」の誤りではありませんか。グループは完全一致で比較されます。',
  'finding.revocation.group-spelling.remedy': '証明書に書かれているとおりに指定してください。',
  'finding.revocation.dns-trailing-dot':
    '公開されているサンプルと同じく名前の末尾にドットがありますが、証明書の名前にはドットがありません。文字どおり比較される場合、このエントリはどの証明書にも一致しません。',
  'finding.revocation.dns-trailing-dot.remedy': '{dns} と書くか、それを別のエントリとして追加してください。',
  'finding.revocation.dns-suffix-wide':
    'サフィックス {suffix} はラベルが 1 つだけで、その下のすべての名前に一致します。',
  'finding.revocation.dns-suffix-wide.remedy': 'より長いサフィックスか、完全な名前を使用してください。',
  'finding.revocation.dns-wildcard': 'ワイルドカードは文書化されていません。',
  'finding.revocation.dns-wildcard.remedy':
    '.example.com のようにドットで始まるサフィックスか、完全な名前を使用してください。',
  'finding.revocation.long-description': '説明が {longest, number} 文字を超えています。',
  'finding.revocation.long-description.remedy': 'チケット番号と理由だけを簡潔に書いてください。',
  'finding.revocation.long-object-description': 'オブジェクトの説明が {longest, number} 文字を超えています。',
  'finding.revocation.long-object-description.remedy': 'チケット番号と理由だけを簡潔に書いてください。',
  'finding.revocation.kubelet-server': '{cluster} の kubelet {name} のサーバー証明書です。この証明書は失効できません。',
  'finding.revocation.kubelet-server.remedy':
    'エントリを削除してください。証明書は Update-AksHciClusterCertificates -fixCloudCredentials で更新できます。',
  'finding.revocation.moc-certificate':
    'Kubernetes ではなく、クラウド エージェントのクライアント {name} の証明書です。RenewRevocation の対象になりません。',
  'finding.revocation.moc-certificate.remedy':
    '代わりに ID を失効させ、mocctl.exe security identity rotate でトークンをローテーションしてください。',
  'finding.revocation.authority':
    '認証局の証明書です ({cluster} の {name})。RenewRevocation は更新される証明書を対象とします。',
  'finding.revocation.authority.remedy': '認証局を置き換えてください。このエントリには効果がありません。',
  'finding.revocation.moc-serial':
    'シリアル番号が短いため、RenewRevocation の対象にならないクラウド エージェントの証明書である可能性があります。',
  'finding.revocation.moc-serial.remedy':
    '証明書をインポートして確認してください。MOC の証明書であれば、ID を失効させてトークンをローテーションしてください。',
  'finding.revocation.serial-decimal':
    '数字だけのため、16 進数とも 10 進数とも読めます。16 進数として一致する既知の証明書は {asHex, number} 件、10 進数 (16 進数で {decimal}) として一致する証明書は {asDecimal, number} 件です。',
  'finding.revocation.serial-decimal.remedy':
    'マニフェストには 16 進数で書きます。ツールの表示が 10 進数の場合は {decimal} を使用してください。',
  'finding.revocation.serial-reversed':
    'この番号の既知の証明書はありませんが、バイト順を逆にすると {cluster} の {name} に一致します。.NET のメソッド GetSerialNumber はこの順序で返します。',
  'finding.revocation.serial-reversed.remedy': '{serial} を使用してください。',
  'finding.revocation.serial-several':
    'この番号の既知の証明書が {count, number} 件あります。エントリでは発行者を指定できないため、すべてが対象になります。',
  'finding.revocation.serial-several.remedy': '続行する前に、プレビューで 1 件ずつ確認してください。',
  'finding.revocation.serial-unknown': 'この番号の証明書はインベントリにありません。',
  'finding.revocation.serial-unknown.remedy': '証明書と見比べるか、先に証明書をインポートしてください。',
  'finding.revocation.inert':
    'このエントリには効果がありません。{cluster} の {name} の開始日時は notBefore と同じか、それより後です。',
  'finding.revocation.inert.remedy': 'notBefore を削除してください。シリアル番号は 1 つの証明書だけを指します。',
  'finding.revocation.serial-narrowed':
    'シリアル番号のエントリでは、notBefore を指定しても効果がなくなる場合があるだけです。',
  'finding.revocation.serial-narrowed.remedy': '証明書の開始日時がわかっている場合を除き、削除してください。',
  'finding.revocation.same-second':
    '開始日時が notBefore とちょうど同じ秒の証明書が {count, number} 件あります。これらが失効するかどうかは文書化されていません。',
  'finding.revocation.same-second.remedy': 'notBefore を 1 秒ずらしてください。',
  'finding.revocation.backdated':
    '開始日時が notBefore の直前 5 分以内の証明書が {count, number} 件あります。実際には notBefore より後に発行された可能性があります。',
  'finding.revocation.backdated.remedy': '残すべき新しい証明書であれば、notBefore を 5 分早めてください。',
  'finding.revocation.unmanaged-kubeconfig':
    '{count, number} 件の kubeconfig が一致します ({cluster} の {name} など)。自動では更新されないため、更新時の確認では検出されず、有効期限まで受け入れられる可能性があります。',
  'finding.revocation.unmanaged-kubeconfig.remedy':
    '確実な方法は、証明書を含む kubeconfig の代わりに Active Directory でサインインすること (Get-AksHciCredential -adAuth) と、新しい認証局を持つクラスターを作り直すことです。',
  'finding.revocation.only-exempt': '一致する {count, number} 件の証明書は、いずれもこの方法では失効できません。',
  'finding.revocation.only-exempt.remedy':
    'エントリを削除してください。kubelet のサーバー証明書、認証局、クラウド エージェントのクライアントは対象になりません。',
  'finding.revocation.bad-name': 'この名前は Kubernetes では使用できません。',
  'finding.revocation.bad-name.remedy':
    '英小文字、数字、ハイフン、ドットを使い、各部分の先頭と末尾は英小文字か数字にしてください。長さは {longest, number} 文字以内です。',
  'finding.revocation.namespace': 'オブジェクトの名前空間が、記事で使われている {published} ではありません。',
  'finding.revocation.namespace.remedy':
    'metadata.namespace を {published} にしてください。ほかの名前空間が参照されるかどうかは文書化されていません。',
  'finding.revocation.too-large':
    'オブジェクトは {bytes, number} バイトです。kubectl apply で保持できるのは {most, number} バイトまでです。',
  'finding.revocation.too-large.remedy': '複数のオブジェクトに分けてください。すべてが合わせて適用されます。',
  'finding.revocation.duplicate': 'エントリ {entry, number} と同じ内容です。',
  'finding.revocation.duplicate.remedy': 'どちらかを削除してください。',
  'finding.revocation.shadowed': 'このエントリの対象は、すべてエントリ {entry, number} に含まれます。',
  'finding.revocation.shadowed.remedy': 'このエントリを削除するか、もう一方の範囲を狭めてください。',
} satisfies Record<keyof typeof english, string>;
