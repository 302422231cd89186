import type { authorities as english } from '../en/authorities.ts';

export const authorities: Record<keyof typeof english, string> = {
  'navigation.authority': '認証局',
  'command.authority.open': '認証局を開く',
  'command.authority.create': '認証局を作成…',
  'menu.authorities': '認証局(&U)',
  'menu.new-authority': '認証局の作成(&A)…',
  'palette.authorities': '認証局',
  'shortcuts.tree': '認証局のツリー',
  'shortcuts.branches': '開く・閉じる、下の階層・上の階層へ移動',
  'shortcuts.to-details': '詳細へ移動',
  'shortcuts.type-ahead': '入力した文字で始まる名前へ移動',

  'authorities.headline.fine-until':
    '認証局は {count, number} 個です。発行した証明書は、すべて {date} まで問題ありません。',
  'authorities.headline.fine': '認証局は {count, number} 個です。使用中の証明書はありません。',
  'authorities.headline.attention':
    '{authorities, plural, =1 {認証局「{authority}」} other {# 個の認証局}}の証明書 {count, number} 件を確認してください。',
  'authorities.headline.overdue': '証明書 {count, number} 件の更新が遅れています。',
  'authorities.headline.overdue-too': 'ほかに証明書 {count, number} 件の更新が遅れています。',
  'authorities.headline.rest-until': '残りは {date} まで問題ありません。',

  'authorities.empty.title': '認証局はまだありません。',
  'authorities.empty.lead':
    'ここでは独自の証明書を作成できます。更新や失効を事前に練習したり、kubeadm が作るのと同じファイルをオフラインで用意したりするためのものです。作成されるのは本物の証明書で、openssl、kubectl、Windows で読み取れます。ただし、お使いのクラスターとはつながっていません。実際のクラスターの CA のキーは Microsoft の製品が管理しているため、ここでの操作がクラスターの信頼に影響することはありません。',
  'authorities.empty.kinds': '認証局の種類',
  'authorities.kind.kubernetes': 'Kubernetes クラスター',
  'authorities.kind.kubernetes.explain':
    'クラスターの /etc/kubernetes/pki にあるものと、kubeconfig です。',
  'authorities.kind.kubernetes.more':
    'API サーバー、etcd、kubelet、kubeconfig の証明書を発行します。',
  'authorities.kind.kubernetes.makes':
    'クラスター CA、etcd CA、フロント プロキシ CA の 3 つを作成します。API サーバー、etcd、kubelet、kubeconfig の証明書を発行できます。',
  'authorities.kind.moc': 'クラウド エージェント',
  'authorities.kind.moc.explain':
    'クラウド エージェントが持つものです。CA と、トークンを持つ ID からなります。',
  'authorities.kind.moc.more':
    'クラウド エージェントに接続するクライアントの証明書と、ログイン ファイルのトークンを発行します。',
  'authorities.kind.moc.makes':
    'CA を 1 つ、クラウド エージェントのサーバー証明書、トークン用のキーを作成します。ノード エージェント、mocctl、kvactl などのクライアント証明書を発行できます。',
  'authorities.root': '{name} (有効期間 {span})',

  'authorities.tree': '認証局と発行した証明書',
  'authorities.locked': 'ロック中',
  'authorities.unlocked': 'ロック解除済み',
  'authorities.revoked': '失効',
  'authorities.replaced': '置き換え済み',
  'authorities.replacing': '置き換え中',
  'authorities.cross': 'クロス証明書',
  'authorities.node.past': '使用を終えた証明書 ({count, number} 件)',
  'authorities.node.identities': '{count, plural, =0 {ID} other {ID (# 件)}}',
  'authorities.cancel': 'キャンセル',
  'authorities.field.see-below': '下のメッセージを確認してください。',
  'authorities.moment': '2026-12-03 17:00',
  'authorities.moment-fault': '2026-12-03 17:00 の形式で入力してください。',
  'authorities.caps-lock': 'CapsLock がオンになっています。',

  'authorities.about': '概要',
  'authorities.about.text':
    '練習とオフラインでの使用のための認証局です。実際のクラスターの CA のキーは Microsoft の製品が管理しているため、ここでの操作がクラスターの信頼に影響することはありません。',
  'authorities.next': '期限の近い証明書',
  'authorities.fact.kind': '種類',
  'authorities.fact.created': '作成日時',
  'authorities.fact.content': '使用中',
  'authorities.fact.keys': '秘密キー',
  'authorities.content':
    'CA {cas, number} 個、{certificates, plural, =0 {証明書はまだありません} other {証明書 # 件}}',
  'authorities.keys': 'キー',
  'authorities.keys.locked': 'ロック中 (ディスク上で暗号化され、メモリにはありません)',
  'authorities.keys.unlocked': 'ロック解除済み (ロックするか、Arcwarden を終了するまで)',
  'authorities.keys.remembered':
    'パスフレーズをこのコンピューターに記憶しています。次回の起動後、自動的にロックが解除されます',
  'authorities.keys.not-remembered': 'パスフレーズは記憶していません',
  'authorities.locked.can':
    'ロック中でも、内容の表示、証明書の失効、検証 (同じ CA に失効した証明書がない場合)、秘密キーを含まないエクスポートはできます。',
  'authorities.locked.cannot-kubernetes':
    '証明書の発行、要求への署名、更新、証明書失効リスト (CRL) の作成、秘密キーのエクスポートには、パスフレーズが必要です。',
  'authorities.locked.cannot-moc':
    '証明書の発行、要求への署名、更新、ID とトークンの操作、CA のローテーション、証明書失効リスト (CRL) の作成、秘密キーのエクスポートには、パスフレーズが必要です。',

  'authorities.create.open': '認証局の作成…',
  'authorities.create.title': '認証局の作成',
  'authorities.create.submit': '認証局を作成',
  'authorities.create.name': '名前',
  'authorities.create.name-hint': 'わかりやすい名前を付けてください (例: practice)。',
  'authorities.create.name-missing': '名前を入力してください。',
  'authorities.create.kind': '用途',
  'authorities.create.fqdn': 'クラウド エージェントの FQDN',
  'authorities.create.fqdn-hint':
    'サーバー証明書の名前になります。練習用には架空の名前でかまいません。',
  'authorities.create.fqdn-missing': 'クライアントが接続に使う名前を入力してください。',
  'authorities.create.key-hint':
    'P-384 はすぐに作成されます。RSA 4096 は CA ごとに数秒かかります。',
  'authorities.create.doing': '「{name}」のキーと CA を作成しています。',
  'authorities.create.done':
    '認証局「{name}」を作成しました (CA {cas, number} 個)。ロックは解除されています。',

  'authorities.key': 'キー',
  'authorities.key.rsa-4096': 'RSA 4096',
  'authorities.key.rsa-2048': 'RSA 2048',
  'authorities.key.p-384': 'EC P-384',
  'authorities.key.p-256': 'EC P-256',

  'authorities.passphrase': 'パスフレーズ',
  'authorities.passphrase.again': 'パスフレーズの確認',
  'authorities.passphrase.hint':
    '{minimum} 文字以上。単語をいくつか並べると覚えやすくなります。ディスク上の秘密キーを暗号化するもので、忘れた場合にリセットする方法はありません。',
  'authorities.passphrase.too-short':
    '{minimum, plural, =1 {パスフレーズを入力してください。} other {短すぎます。# 文字以上にしてください。}}',
  'authorities.passphrase.differs': 'パスフレーズが一致しません。',
  'authorities.passphrase.missing': 'パスフレーズを入力してください。',
  'authorities.passphrase.open': 'パスフレーズの変更…',
  'authorities.passphrase.title': '{name} のパスフレーズの変更',
  'authorities.passphrase.submit': 'パスフレーズを変更',
  'authorities.passphrase.text':
    'キーそのものは変わらず、開くためのパスフレーズだけが変わります。以前のバックアップは、以前のパスフレーズで開きます。',
  'authorities.passphrase.text-remembered':
    'キーそのものは変わらず、開くためのパスフレーズだけが変わります。以前のバックアップは、以前のパスフレーズで開きます。このコンピューターに記憶した内容は消去されます。',
  'authorities.passphrase.current': '現在のパスフレーズ',
  'authorities.passphrase.next': '新しいパスフレーズ',
  'authorities.passphrase.doing': '「{name}」のパスフレーズを変更しています。',
  'authorities.passphrase.done': '「{name}」のパスフレーズを変更しました。',
  'authorities.passphrase.done-forgotten':
    '「{name}」のパスフレーズを変更し、このコンピューターに記憶した内容を消去しました。',

  'authorities.unlock.open': 'ロックの解除…',
  'authorities.unlock.title': '{name} のロックの解除',
  'authorities.unlock.submit': 'ロックを解除',
  'authorities.unlock.text': 'パスフレーズを入力すると、再びロックするまで秘密キーを使用できます。',
  'authorities.unlock.text-for':
    '{purpose}パスフレーズを入力すると、再びロックするまで秘密キーを使用できます。',
  'authorities.unlock.remember': 'このコンピューターに記憶する',
  'authorities.unlock.remember-hint':
    'キーを開くための情報を、サインイン中のアカウント用に暗号化して Windows が保管します (DPAPI。ほかの OS ではシステムのキー ストア)。このアカウントでサインインした人は、誰でもキーを使用できるようになります。',
  'authorities.unlock.no-vault':
    'この環境では保護された保管場所を使用できないため、パスフレーズを記憶できません。',
  'authorities.unlock.not-remembered':
    'ロックを解除しました。ただし、この環境では保護された保管場所を使用できないため、パスフレーズは記憶していません。',
  'authorities.unlock.doing': '「{name}」のキーを開いています。',
  'authorities.purpose.issue': '証明書の発行には、CA のキーが必要です。',
  'authorities.purpose.sign': '要求への署名には、CA のキーが必要です。',
  'authorities.purpose.renew': '「{name}」の更新には、CA のキーが必要です。',
  'authorities.purpose.rotate': 'CA のローテーションには、CA のキーが必要です。',
  'authorities.purpose.export':
    '「{name}」を秘密キーと共にエクスポートするには、そのキーを開く必要があります。',
  'authorities.purpose.crl': '証明書失効リスト (CRL) への署名に、「{name}」のキーが必要です。',
  'authorities.purpose.verify':
    '失効した証明書があります。検証に使う証明書失効リスト (CRL) の作成に、CA のキーが必要です。',
  'authorities.purpose.identity': 'トークンの作成には、トークンに署名するキーが必要です。',
  'authorities.purpose.token': '「{name}」のトークンの作成には、トークンに署名するキーが必要です。',
  'authorities.purpose.revoke-identity':
    '「{name}」を失効させるには、クラウド エージェントのキーが必要です。',

  'authorities.lock': 'ロック',
  'authorities.lock.until-restart': '次回の起動までロック',
  'authorities.lock.forget': 'ロックし、記憶したパスフレーズを消去',
  'authorities.lock.forget-only': '記憶したパスフレーズを消去',
  'authorities.lock.doing': '「{name}」をロックしています。',
  'authorities.lock.done': '「{name}」をロックしました。',

  'authorities.remove.open': '削除…',
  'authorities.remove.title': '{name} の削除',
  'authorities.remove.text':
    'CA {cas, number} 個と証明書 {certificates, number} 件を、秘密キーも含めて完全に削除します。エクスポート済みのファイルは残り、これらの CA を信頼しているものは信頼し続けます。',
  'authorities.remove.confirm': '確認のため、名前を入力してください: {name}',
  'authorities.remove.submit': '{name} を完全に削除',
  'authorities.remove.doing': '「{name}」を削除しています。',
  'authorities.remove.done': '「{name}」を削除しました。',

  'authorities.issue.open': '証明書の発行…',
  'authorities.issue.title': '{name} からの証明書の発行',
  'authorities.issue.submit': '{name} を発行',
  'authorities.issue.profile': '用途',
  'authorities.issue.optional': '{name} (省略可)',
  'authorities.issue.missing': '入力してください。サブジェクトの一部になります。',
  'authorities.issue.more': 'その他の名前、有効期間、キー',
  'authorities.issue.dns': '追加の DNS 名',
  'authorities.issue.ip': '追加の IP アドレス',
  'authorities.issue.several': '複数の場合は、コンマまたは空白で区切ります。',
  'authorities.issue.validity': '有効期間',
  'authorities.issue.validity-hint': '空欄の場合は、プロファイルのとおり {span}です。',
  'authorities.issue.validity-fault': '0 より大きい数値を入力してください。',
  'authorities.issue.unit': '有効期間の単位',
  'authorities.issue.unit.days': '日',
  'authorities.issue.unit.hours': '時間',
  'authorities.issue.doing':
    'キーと証明書を作成しています ({name})。RSA 4096 の場合は数秒かかります。',
  'authorities.issue.done': '「{name}」を発行しました ({date} まで有効)。',
  'authorities.value.node': 'ノード名',
  'authorities.value.node.hint': '小文字。kubectl get nodes で表示される名前です。',
  'authorities.value.node.example': 'moc-l1a2b3c4d5e',
  'authorities.value.cluster': 'クラスター名',
  'authorities.value.cluster.hint': '小文字で入力します。',
  'authorities.value.cluster.example': 'practice',
  'authorities.value.host': 'ホスト名',
  'authorities.value.host.example': 'node01.corp.example',
  'authorities.value.identity': 'ID',
  'authorities.value.identity.hint': 'クライアントがログインに使う名前です。',
  'authorities.value.identity.example': 'admin2',
  'authorities.value.cloud-agent-fqdn': 'クラウド エージェントの FQDN',
  'authorities.value.cloud-agent-fqdn.example': 'ca-1f0c2b7e.corp.example',
  'authorities.value.node-ip': 'ノードの IP アドレス',
  'authorities.value.node-ip.example': '172.16.255.20',
  'authorities.value.host-ip': 'ホストの IP アドレス',
  'authorities.value.host-ip.example': '10.0.0.11',
  'authorities.value.service-ip': 'サービス用の最初の IP アドレス',
  'authorities.value.service-ip.hint':
    'サービス「kubernetes」のアドレスです。多くの場合 10.96.0.1 です。',
  'authorities.value.service-ip.example': '10.96.0.1',
  'authorities.value.endpoint': 'API サーバーのアドレス',
  'authorities.value.endpoint.hint':
    '名前または IP アドレス。複数の場合は、コンマまたは空白で区切ります。',
  'authorities.value.endpoint.example': '172.16.255.14',
  'authorities.value.service-domain': 'サービスの DNS ドメイン',
  'authorities.value.service-domain.example': 'cluster.local',
  'authorities.preview': '証明書の内容',
  'authorities.preview.sans': '名前とアドレス (SAN)',
  'authorities.preview.no-sans': 'なし',
  'authorities.preview.left-out': '値が未入力のため、{count, number} 件の名前は含まれません。',
  'authorities.preview.usage': 'キー使用法',
  'authorities.preview.by-ca': 'CA の有効期限までになります。',
  'authorities.preview.signed-by': '署名する CA',

  'authorities.sign.open': '要求への署名…',
  'authorities.sign.title': '{name} による要求への署名',
  'authorities.sign.text':
    '別の場所で作成され、そこに置いたままのキーのための証明書です。サブジェクトと名前は要求のとおりに署名されるため、事前に要求の内容を確認してください。使用法、有効期間、CA は、ここでの選択によって決まります。',
  'authorities.sign.profile-hint': 'CA、使用法、有効期間が決まります。',
  'authorities.sign.files':
    'PEM または DER 形式の PKCS #10 (.csr、.req)、または Kubernetes の CertificateSigningRequest (YAML) を選択できます。複数のファイルには順番に署名します。',
  'authorities.sign.submit': '要求を選択して署名…',
  'authorities.sign.doing': '要求を確認して署名しています。',
  'authorities.sign.done':
    '{count, number} 件の要求に署名しました。{count, plural, =1 {その証明書} other {最後の証明書}}を選択しています。エクスポートして要求元に渡してください。',

  'authorities.renew.open': '{name} を更新',
  'authorities.renew.doing': '「{name}」の新しいキーと証明書を作成しています。',
  'authorities.renew.done':
    '「{name}」を更新しました ({date} まで有効)。以前の証明書は、置き換え済みとして残しています。',

  'authorities.revoke.open': '失効…',
  'authorities.revoke.title': '{name} の失効',
  'authorities.revoke.submit': '{name} を失効',
  'authorities.revoke.effect.crl':
    '証明書を、CA の証明書失効リスト (CRL) に登録します。元に戻せません。次の CRL をエクスポートして渡すと、CRL を確認する側で拒否されるようになります。',
  'authorities.revoke.effect.no-crl-read':
    'Kubernetes の API サーバーは CRL を読み取らないため、有効期限まで証明書を受け入れます。対策は、短い有効期間か、新しい CA だけです。',
  'authorities.revoke.effect.other-thing':
    '実際のクラスターの RenewRevocation オブジェクトは別のもので、証明書の更新時に効力を持ちます。ここでは作成しません。',
  'authorities.revoke.effect.agent':
    'クラウド エージェントもこの証明書を拒否するようになります。ただし、ID はトークンで再びログインできます。それも拒否するには、ID を失効させてください。',
  'authorities.revoke.effect.not-moc':
    'RenewRevocation オブジェクトは Kubernetes の証明書のためのもので、この証明書には適用されません。',
  'authorities.revoke.reason': '理由',
  'authorities.revoke.reason-hint': 'RFC 5280 の用語で CRL に記載されます。',
  'authorities.revoke.since': '信頼できなくなった日時 (省略可)',
  'authorities.revoke.since-hint':
    '現地時刻。キーの漏えいなどが今より前の場合に指定します。無効化の日時として CRL に記載されます。',
  'authorities.revoke.doing': '「{name}」を失効させています。',
  'authorities.revoke.done':
    '「{name}」を失効させました。CA の証明書失効リスト (CRL) をエクスポートし、確認する側に渡してください。',
  'authorities.reason.unspecified': '理由を指定しない',
  'authorities.reason.keyCompromise': '秘密キーが漏えいした可能性がある',
  'authorities.reason.cACompromise': 'CA のキーが漏えいした可能性がある',
  'authorities.reason.affiliationChanged': '名前または所有者が変わった',
  'authorities.reason.superseded': '別の証明書に置き換えられた',
  'authorities.reason.cessationOfOperation': '使用しなくなった',
  'authorities.reason.certificateHold': '保留中',
  'authorities.reason.privilegeWithdrawn': '所有者の権限が取り消された',
  'authorities.reason.aACompromise': '属性認証局が侵害された可能性がある',
  'authorities.revoked.line': '{date} に失効 ({reason})',
  'authorities.replaced.line': '新しい証明書に置き換えられています。',
  'authorities.replaced.ca-line':
    '新しい CA への置き換えが進んでいます。廃止するまでは信頼されます。',

  'authorities.verify.open': '検証…',
  'authorities.verify.title': '{name} の検証',
  'authorities.verify.text':
    '証明書チェーン、現時点の証明書失効リスト (CRL)、この認証局に適用された RenewRevocation オブジェクトによって判定します。',
  'authorities.verify.purpose': '用途',
  'authorities.verify.purpose.any': '問わない',
  'authorities.verify.purpose.server': 'サーバー',
  'authorities.verify.purpose.client': 'クライアント',
  'authorities.verify.name': '対象の名前 (省略可)',
  'authorities.verify.name-hint': 'クライアントが接続に使う DNS 名または IP アドレスです。',
  'authorities.verify.at': '日時 (省略可)',
  'authorities.verify.at-hint': '現地時刻。空欄の場合は現在です。',
  'authorities.verify.submit': '検証',
  'authorities.verify.doing': '検証しています。',
  'authorities.verdict': '判定',
  'authorities.verdict.accepted': '受け入れられます',
  'authorities.verdict.refused': '拒否されます',
  'authorities.verdict.path': 'チェーン: {path}',

  'authorities.export.button': 'エクスポート',
  'authorities.export.menu': 'ファイルへのエクスポート',
  'authorities.export.pem': '証明書とチェーン (PEM)…',
  'authorities.export.der': '証明書のみ (DER)…',
  'authorities.export.p7b': '証明書とチェーン (P7B)…',
  'authorities.export.pfx': '秘密キー付き (PFX)…',
  'authorities.export.pem-key': '秘密キー付き (PEM)…',
  'authorities.export.kubeconfig': 'kubeconfig…',
  'authorities.export.crl-pem': '証明書失効リスト (PEM)…',
  'authorities.export.crl-der': '証明書失効リスト (DER)…',
  'authorities.export.title.pfx': '{name} の PFX へのエクスポート',
  'authorities.export.title.pem-key': '{name} と秘密キーのエクスポート',
  'authorities.export.title.kubeconfig': '{name} の kubeconfig へのエクスポート',
  'authorities.export.text.pfx':
    '証明書、チェーン、秘密キーを 1 つのファイルに保存し、専用のパスフレーズで保護します。',
  'authorities.export.text.pem-key':
    'ファイルには秘密キーが暗号化されずに保存され、自分のアカウントだけが読み取れます。必要がなくなったら、すぐに削除してください。',
  'authorities.export.text.kubeconfig':
    'ファイルには秘密キーが暗号化されずに保存されます。このファイルを持つ人は、この CA を信頼するクラスターで、このユーザーとして扱われます。',
  'authorities.export.encryption': '暗号化',
  'authorities.export.encryption.aes-256': 'AES-256 と SHA-256',
  'authorities.export.encryption.aes-256.explain':
    'Windows Server 2019 以降、および openssl 用です。',
  'authorities.export.encryption.3des': '3DES と SHA-1',
  'authorities.export.encryption.3des.explain':
    'これ以外を読み取れない Windows Server 2016 以前にのみ使用してください。保護が弱いため、インポート後はファイルを削除してください。',
  'authorities.export.passphrase': 'ファイルのパスフレーズ',
  'authorities.export.passphrase-hint': 'ファイルをインポートするときに必要です。',
  'authorities.export.server': 'API サーバーのアドレス',
  'authorities.export.server-hint': 'パスは付けずに入力します。',
  'authorities.export.submit': '名前を付けて保存…',
  'authorities.export.doing': 'ファイルに書き込んでいます。',
  'authorities.export.done': '{name} を保存しました。',

  'authorities.standing': '発行者と秘密キー',
  'authorities.standing.issuer-gone': 'この認証局にはありません',
  'authorities.standing.key': '秘密キー',
  'authorities.standing.key-here': 'この認証局に保管 (パスフレーズで暗号化)',
  'authorities.standing.key-elsewhere': 'ここにはありません (要求元で作成)',
  'authorities.standing.next': '置き換え後',
  'authorities.standing.previous': '置き換え前',
  'authorities.profile': '実際の環境では',
  'authorities.profile.file': 'ファイル',
  'authorities.profile.revoked-by.RenewRevocation': 'RenewRevocation オブジェクトで失効できます',
  'authorities.profile.revoked-by.identity': 'MOC の ID を失効させます',
  'authorities.profile.revoked-by.nothing': 'できません',
  'authorities.past.text':
    '失効した証明書と、新しい証明書に置き換えられた証明書です。記録として残しています。失効した証明書は、有効期限まで CRL に記載されます。置き換えられた証明書は、失効させない限り、有効期限まで有効です。',
  'authorities.past.show': 'ツリーに表示',
  'authorities.past.hide': 'ツリーで非表示',

  'authorities.rotate.title': 'CA のローテーション',
  'authorities.rotate.none':
    '3 つの手順で、この CA を新しい CA に置き換えられます。どの段階でも、クライアントは接続できます。',
  'authorities.rotate.under-way': 'ローテーションの途中です。',
  'authorities.rotate.open.start': 'CA のローテーション…',
  'authorities.rotate.open.reissue': 'ローテーションを続ける…',
  'authorities.rotate.open.withdraw': 'ローテーションを完了…',
  'authorities.rotate.dialog': '{name} の CA のローテーション',
  'authorities.rotate.text':
    '実際の環境では Invoke-AksHciRotateCACertificate で行い、その間は一部のサービスが停止します。3 つの手順に分かれるという点は、ほかの資料からの推定です。',
  'authorities.rotate.step.start': '新しい CA の作成',
  'authorities.rotate.step.start.effect':
    '両方の CA が信頼されます。署名は引き続き古い CA が行います。',
  'authorities.rotate.step.reissue':
    '{count, plural, =0 {新しい CA での証明書の再発行} other {新しい CA での証明書 # 件の再発行}}',
  'authorities.rotate.step.reissue.effect':
    'キーと名前はそのままで、シリアル番号と有効期間が新しくなります。以後の署名は新しい CA が行います。',
  'authorities.rotate.step.withdraw': '古い CA の廃止',
  'authorities.rotate.step.withdraw.effect':
    '以後、古い CA が署名した証明書は拒否されます。使用中の証明書は、すべて再発行済みです。',
  'authorities.rotate.submit.start': '新しい CA を作成',
  'authorities.rotate.submit.reissue':
    '{count, plural, =0 {証明書を再発行} other {証明書 # 件を再発行}}',
  'authorities.rotate.submit.withdraw': '古い CA を廃止',
  'authorities.rotate.doing.start': '新しい CA を作成しています。',
  'authorities.rotate.doing.reissue': '新しい CA で証明書を再発行しています。',
  'authorities.rotate.doing.withdraw': '古い CA を廃止しています。',
  'authorities.rotate.done.start': '新しい CA が、古い CA と並んで信頼されるようになりました。',
  'authorities.rotate.done.reissue': '証明書を再発行しました。今後は新しい CA が署名します。',
  'authorities.rotate.done.withdraw': '古い CA を廃止しました。ローテーションは完了です。',

  'authorities.identities': 'ID',
  'authorities.identities.text':
    'クラウド エージェントに接続するクライアントです。それぞれがトークンを持ち、トークンでログインすると証明書が発行されます。トークンはログイン ファイルに書き込まれ、ほかの場所には保存されません。',
  'authorities.identity': 'ID',
  'authorities.identity.open': 'ID の作成…',
  'authorities.identity.title': '{name} の ID の作成',
  'authorities.identity.text':
    'トークンを作成し、指定したログイン ファイルに書き込みます。トークンの有効期間は 90 日です。パスワードと同じように扱ってください。',
  'authorities.identity.name': '名前',
  'authorities.identity.name-hint': '大文字と小文字だけが異なる名前は、同じものと見なします。',
  'authorities.identity.name-missing': '名前を入力してください。',
  'authorities.identity.type': 'クライアントの種類',
  'authorities.identity.type-hint':
    'ログイン ファイルでの表記です。公開されているコードでは、指定がない場合は ExternalClient になります。',
  'authorities.identity.submit': '作成してログイン ファイルを保存…',
  'authorities.identity.token': 'トークン',
  'authorities.identity.token-until': '{number} 個目、{date} まで',
  'authorities.identity.rotation': 'ローテーション',
  'authorities.identity.rotates': '自動',
  'authorities.identity.by-hand': '製品の更新時、または手作業',
  'authorities.identity.line.left': 'トークンの有効期間は、残り {span}です。',
  'authorities.identity.line.expired':
    'トークンは {span}前に期限が切れました。ローテーションするまでログインできません。',
  'authorities.identity.line.revoked': '失効しています。トークンと証明書は拒否されます。',
  'authorities.identity.rotate': 'トークンをローテーション…',
  'authorities.identity.rotate.text':
    'ローテーションすると、新しいログイン ファイルが書き込まれます。以後、この ID の以前のトークンはすべて拒否されます。証明書は引き続き有効です。',
  'authorities.identity.revoke': '失効…',
  'authorities.identity.revoke.effect':
    'この ID のトークンと証明書は、以後拒否されます。証明書は証明書失効リスト (CRL) にも登録されます。',
  'authorities.identity.revoke.undo':
    '新しいトークンで復帰させることができます。以前のトークンと証明書は、復帰後も拒否されます。',
  'authorities.identity.reinstate': '新しいトークンで復帰…',
  'authorities.identity.reinstate.text':
    '復帰させると、新しいログイン ファイルが書き込まれます。以前のトークンと証明書は、誰かがまだ持っている可能性があるため、拒否されたままです。',
  'authorities.identity.certificate': '証明書を表示',
  'authorities.identity.no-certificate':
    '証明書はまだありません。トークンでのログインが行われていません。',
  'authorities.identity.doing': '「{name}」のトークンを作成しています。',
  'authorities.identity.created': 'ID「{name}」を作成し、ログイン ファイルを保存しました。',
  'authorities.identity.rotated':
    '「{name}」のトークンをローテーションし、新しいログイン ファイルを保存しました。',
  'authorities.identity.reinstated':
    '「{name}」を復帰させ、新しいログイン ファイルを保存しました。',
  'authorities.identity.revoked': '「{name}」を失効させました。',
};
