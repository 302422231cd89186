import type english from '../en/cli.ts';

export default {
  'cli.usage.words': '使い方: {usage}',
  'cli.usage.not-a-pair': 'オプション {option} は「名前=値」の形式で指定してください。「{value}」は使用できません。',
  'cli.usage.bad-duration':
    'オプション {option} に「{value}」は指定できません。36h、4d、10y のように時間数、日数、年数で指定してください (最長 30y)。',
  'cli.usage.option-not-for': 'オプション {option} は {use} では使用できません。',
  'cli.usage.no-passphrase':
    'パスフレーズが必要です。--passphrase-file を指定するか、環境変数 ARCWARDEN_PASSPHRASE を設定するか、ターミナルで実行してください。',
  'cli.usage.passphrase-differs': '2 つのパスフレーズが一致しません。何も変更していません。',
  'cli.usage.cancelled': 'キャンセルされました。何も変更していません。',
  'cli.usage.one-input': '標準入力から読み取れるパスフレーズは 1 つだけです。',
  'cli.usage.not-confirmed': '認証局を削除すると、秘密キーも完全に失われます。実行するには --yes を付けてください。',
  'cli.usage.ambiguous-entry': '「{word}」に該当する証明書が複数あります。先頭の 12 桁で指定してください: {choices}',
  'cli.usage.profile-of-signer':
    '要求「{name}」の署名者は {signer} です。プロファイルには {profile} を指定してください。',
  'cli.usage.no-csr-object':
    'このファイルには証明書署名要求だけが含まれています。判定できるのは、要求者と用途がわかる Kubernetes の CSR オブジェクトだけです。',
  'cli.usage.no-login-file': '「{path}」は、名前とトークンを含むログイン ファイルではありません。',
  'cli.usage.other-identity': 'ログイン ファイル「{path}」は ID「{name}」のものです。',
  'cli.usage.token-goes-nowhere':
    'トークンの出力先を指定してください: --secret FILE、--kubeconfig FILE、または画面に表示する場合は --show-token',
  'cli.usage.no-certificate-authority': '「{authority}」には、kubeconfig で信頼するクラスター CA がありません。',

  'cli.secret-file.readable':
    '警告: 「{path}」のモードは {mode} で、{readers, select, group {グループのメンバー} other {コンピューターのすべてのユーザー}}が中の秘密情報を読み取れます。所有者だけが読み取れるように、chmod 600 を実行してください。',
  'cli.ask.passphrase': '「{authority}」のパスフレーズ:',
  'cli.ask.new-passphrase': '「{authority}」の新しいパスフレーズ:',
  'cli.ask.file-passphrase': '「{path}」のパスワード (開かない場合は Enter キー):',
  'cli.ask.export-passphrase': 'ファイルのパスフレーズ:',
  'cli.ask.again': 'もう一度入力してください:',

  'cli.column.kind': '種類',
  'cli.column.created': '作成日時',
  'cli.column.cas': 'CA',
  'cli.column.certificates': '証明書',
  'cli.column.profile': 'プロファイル',
  'cli.column.serial': 'シリアル番号',
  'cli.column.key': 'キー',
  'cli.column.identity': 'ID',
  'cli.column.client-type': 'クライアントの種類',
  'cli.column.token': 'トークン',
  'cli.column.token-ends': 'トークンの有効期限',
  'cli.column.action': '処理',
  'cli.column.file': 'ファイル',
  'cli.column.why': '理由',
  'cli.fact.subject': 'サブジェクト',
  'cli.fact.names': '別名 (SAN)',
  'cli.fact.validity': '有効期間',
  'cli.fact.from-to': '{from} ～ {to}',
  'cli.key-elsewhere': '{key} (別の場所)',
  'cli.sample': 'デモ',
  'cli.state.valid': '有効',
  'cli.state.not-yet-valid': '有効期間前',
  'cli.state.expired': '期限切れ',
  'cli.state.superseded': '置き換え済み',
  'cli.state.revoked': '失効',
  'cli.check.passed': '[可]',
  'cli.check.failed': '[不可]',
  'cli.check.not-applicable': '[--]',

  'cli.authority.none': '認証局がありません。次のコマンドで作成できます: {command}',
  'cli.authority.created': '「{name}」を作成しました。',
  'cli.authority.removed': '「{name}」とその秘密キーを削除しました。',
  'cli.authority.issued': '「{name}」を発行しました。',
  'cli.authority.renewed': '「{name}」を更新しました。新しい証明書:',
  'cli.authority.revoked': '「{name}」を失効させました。CA の証明書失効リスト (CRL) を発行して配布してください。',
  'cli.authority.still-valid':
    '同じ名前の証明書がほかに {count, number} 個、有効なまま失効していません: {serials}。キーを紛失した場合は、これらも失効させてください。',
  'cli.authority.rotated': '「{name}」の CA のローテーションを 1 段階進めました。',
  'cli.authority.withdrawn':
    '「{name}」の古い CA を廃止しました。古い CA が発行した証明書は今後拒否されます。すべてのクライアントで、信頼する CA から古い CA を削除してください。',
  'cli.rotation.both-trusted':
    '新旧 2 つの CA が信頼され、署名は古い CA で行われます。次に rotate-ca を実行すると、{left, number} 個の証明書が新しい CA で再発行されます。',
  'cli.rotation.reissuing':
    '署名は新しい CA で行われ、新旧両方の CA が信頼されています。{left, plural, =0 {再発行した証明書を配布してください。次に rotate-ca を実行すると、古い CA が廃止されます。} other {次に rotate-ca を実行すると、# 個の証明書が再発行されます。}}',
  'cli.sign.names-left-out': 'DNS 名でも IP アドレスでもないため除外したもの: {names}',
  'cli.sign.extensions-left-out': 'プロファイルで決まるため除外した拡張: {extensions}',
  'cli.csr.head': '{signer} への要求「{name}」',
  'cli.csr.signed': '「{name}」に署名しました。',
  'cli.csr.not-written':
    '何も署名していないため、「{path}」には書き込んでいません。判定だけを書き込むには、judge-csr に --out を指定します。',
  'cli.csr.not-signed': '「{name}」には署名していません。',
  'cli.crl.written':
    '{issuer} の証明書失効リスト (番号 {number}、証明書 {count, number} 個) を「{path}」に書き込みました。{until} までに新しいものと交換してください。',
  'cli.verify.accepted': '受け入れ可 (判定日時: {at}):',
  'cli.verify.refused': '拒否 (判定日時: {at}):',
  'cli.file.written': '「{path}」に書き込みました。',
  'cli.key-file.rights':
    'Windows では、「{path}」のアクセス権は親フォルダーから継承され、制限されていません。自分のアカウント、SYSTEM、Administrators だけに許可するには、次のコマンドを実行します: icacls "{path}" /inheritance:r /grant:r "{user}:F" "*S-1-5-18:F" "*S-1-5-32-544:F" /T。出典: Microsoft Learn、icacls、Security identifiers (ドキュメントに基づく。Windows での動作は未確認)。',
  'cli.export.with-key': '「{path}」に書き込みました。秘密キーが含まれているため、厳重に保管してください。',
  'cli.identity.none': 'ID がありません。',
  'cli.identity.created':
    'ID「{name}」を作成しました。ログイン ファイル「{path}」にはトークンが含まれているため、厳重に保管してください。',
  'cli.identity.rotated':
    'ID「{name}」のトークンを新しくしました。以前のトークンは拒否されます。ログイン ファイル「{path}」は厳重に保管してください。',
  'cli.identity.reinstated':
    'ID「{name}」は再びログインできます。ログイン ファイル「{path}」は厳重に保管してください。',
  'cli.identity.revoked': 'ID「{name}」を失効させました。トークンと証明書は今後すべて拒否されます。',
  'cli.identity.logged-in':
    '「{name}」としてログインしました。アクセス ファイル「{path}」には秘密キーが含まれているため、厳重に保管してください。',
  'cli.token.created':
    'ブートストラップ トークン {id} を作成しました。{ends, select, never {有効期限はありません。不要になったら Secret を削除してください。} other {有効期限: {until}}}',
  'cli.token.accepted': '{username} として受け入れられます (グループ: {groups})。',
  'cli.create.plan': '「{folder}」の計画',
  'cli.create.dry-run': '何も書き込んでいません。実行するには --dry-run を付けずにもう一度実行してください。',
  'cli.create.done':
    '{count, plural, =0 {{blocked, plural, =0 {作成が必要なものはありませんでした。} other {何も作成していません。}}} other {「{folder}」に # 個作成しました。}}{blocked, plural, =0 {} other {# 個は作成できませんでした。}}',

  'cli.help.more': '各コマンドのオプションは「arcwarden COMMAND --help」で確認できます。',
  'cli.help.authority-list': 'arcwarden authority list\n    データ フォルダー内の認証局の一覧を表示します。',
  'cli.help.authority-new':
    'arcwarden authority new NAME --kind kubernetes|moc [OPTION...]\n    認証局を作成します。クラスターの 3 つの CA、またはクラウド エージェントの CA とサーバー証明書が作成されます。\n    --key-algorithm ALGORITHM  CA のキー: p-384 (既定) または rsa-4096。moc は rsa-2048 のみ\n    --cloud-agent-fqdn NAME    クラウド エージェントの名前 (moc では必須)\n    --passphrase-file FILE     秘密キーを保護するパスフレーズ (12 文字以上)',
  'cli.help.authority-remove': 'arcwarden authority remove NAME --yes\n    認証局を秘密キーごと完全に削除します。',
  'cli.help.authority-tree': 'arcwarden authority tree NAME\n    認証局の CA、CA が発行した証明書、ID を表示します。',
  'cli.help.authority-show':
    'arcwarden authority show NAME ENTRY\n    認証局の証明書を 1 つ、PEM 形式の証明書とともに詳しく表示します。',
  'cli.help.authority-change-passphrase':
    'arcwarden authority change-passphrase NAME [OPTION...]\n    認証局のパスフレーズを変更します。キーはそのままです。\n    --passphrase-file FILE      現在のパスフレーズ\n    --new-passphrase-file FILE  新しいパスフレーズ。省略すると端末で 2 回入力を求めます',
  'cli.authority.passphrase-changed': '今後「{name}」は新しいパスフレーズで開きます。',
  'cli.help.authority-issue':
    'arcwarden authority issue NAME PROFILE [OPTION...]\n    キーと証明書を作成し、認証局に保管します。プロファイルの一覧は docs/profiles.md にあります。\n    --value NAME=TEXT          プロファイルに必要な値 (例: node=worker-1、複数指定可)\n    --dns NAME                 追加の DNS 名 (複数指定可)\n    --ip ADDRESS               追加の IP アドレス (複数指定可)\n    --validity DURATION        有効期間 (例: 36h、4d、10y)。既定はプロファイルの値\n    --key-algorithm ALGORITHM  プロファイルで許可されているキー\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-sign-csr':
    'arcwarden authority sign-csr NAME PROFILE FILE [OPTION...]\n    証明書署名要求 (PEM または DER の PKCS #10、または Kubernetes の CSR オブジェクト) に署名します。kubelet の要求は先に判定し、承認された場合だけ署名します。\n    --allow NAME               プロファイルにないグループ、ユーザー、DNS 名、アドレスを許可します (複数指定可)\n    --out FILE                 標準出力の代わりにファイルへ書き込みます\n    --node NAME=ADDRESS,...    ノードとその名前やアドレス。サーバー証明書の判定に使用します (複数指定可)\n    --longest DURATION         kubelet が要求できる最長の有効期間 (既定: 4d)\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-judge-csr':
    'arcwarden authority judge-csr FILE [OPTION...]\n    kubelet の CSR オブジェクトを承認すべきかどうかを規則ごとに示します。署名はしません。\n    --node NAME=ADDRESS,...    ノードとその名前やアドレス。サーバー証明書の判定に使用します (複数指定可)\n    --longest DURATION         要求できる最長の有効期間 (既定: 4d)\n    --out FILE                 判定結果を条件 (conditions) に加えたオブジェクトを書き込みます',
  'cli.help.authority-renew':
    'arcwarden authority renew NAME ENTRY [OPTION...]\n    同じ所有者の次の証明書を、新しいキーで発行します。ENTRY にはシリアル番号、SHA-256 の先頭部分、共通名、プロファイルのいずれかを指定します。\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-rotate-ca':
    'arcwarden authority rotate-ca NAME [OPTION...]\n    クラウド エージェントの CA のローテーションを 1 段階進めます (新しい CA の作成、再発行、古い CA の廃止)。\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-revoke':
    'arcwarden authority revoke NAME ENTRY [OPTION...]\n    証明書を CA の証明書失効リスト (CRL) に登録します。\n    --reason REASON            unspecified (既定)、keyCompromise、cACompromise、affiliationChanged、superseded、\n                               cessationOfOperation、certificateHold、privilegeWithdrawn、aACompromise\n    --invalidity-date INSTANT  証明書を信頼できなくなった日時',
  'cli.help.authority-crl':
    'arcwarden authority crl NAME CA --out FILE [OPTION...]\n    CA の次の証明書失効リスト (CRL) を発行します。CA には cluster-ca のように ENTRY を指定します。\n    --der                      PEM の代わりに DER で書き込みます\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-verify':
    'arcwarden authority verify NAME ENTRY | --chain FILE --roots FILE [OPTION...]\n    認証局の証明書、またはファイルの証明書を検証し、理由をすべて示します。拒否の場合の終了コードは 1 です。\n    --at INSTANT               判定の基準時刻\n    --purpose PURPOSE          server、client、any (既定)\n    --name NAME                証明書に含まれている必要がある DNS 名またはアドレス\n    --chain FILE               対象の証明書と、ルートまでの証明書\n    --roots FILE               信頼する証明書\n    --crl FILE                 証明書失効リスト (複数指定可)\n    --revocations FILE         RenewRevocation オブジェクト (複数指定可)\n    --passphrase-file FILE     認証局のパスフレーズ。失効させた証明書がある場合に必要です',
  'cli.help.authority-export':
    'arcwarden authority export NAME ENTRY --format FORMAT --out FILE [OPTION...]\n    証明書を pem、der、p7b、pfx、kubeconfig のいずれかの形式で書き込みます。pfx と kubeconfig には秘密キーが含まれます。\n    --with-key                 秘密キーも書き込みます (pem のみ)\n    --encryption ENCRYPTION    aes-256 (既定)、または Windows Server 2016 以前向けの 3des (pfx のみ)\n    --export-passphrase-file FILE  pfx のパスフレーズ\n    --server URL               API サーバー (例: https://172.16.255.14:6443)。kubeconfig では必須\n    --passphrase-file FILE     認証局のパスフレーズ (秘密キーを書き込む場合)',
  'cli.help.authority-identity-list':
    'arcwarden authority identity list NAME\n    クラウド エージェントの ID の一覧を表示します。',
  'cli.help.authority-identity-new':
    'arcwarden authority identity new NAME IDENTITY --out FILE [OPTION...]\n    クラウド エージェントの ID を作成し、トークンを含むログイン ファイルを書き込みます。\n    --client-type TYPE         Admin、BareMetal、ControlPlane、ExternalClient (既定)、LoadBalancer、Node\n    --token-days DAYS          トークンの有効日数 (既定: 90)\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-identity-login':
    'arcwarden authority identity login NAME IDENTITY --login-file FILE --out FILE [OPTION...]\n    ログイン ファイルのトークンでログインし、秘密キーを含むアクセス ファイル (cloudconfig) を書き込みます。\n    --host-name NAME           クライアントのコンピューター名 (既定: このコンピューター)\n    --host-ip ADDRESS          クライアントのアドレス (既定: このコンピューター)\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-identity-rotate':
    'arcwarden authority identity rotate NAME IDENTITY --out FILE [OPTION...]\n    ID に新しいトークンを発行し、新しいログイン ファイルを書き込みます。以前のトークンは拒否されます。\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-identity-revoke':
    'arcwarden authority identity revoke NAME IDENTITY [OPTION...]\n    ID のトークンと証明書を今後すべて拒否します。\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-identity-reinstate':
    'arcwarden authority identity reinstate NAME IDENTITY --out FILE [OPTION...]\n    失効した ID を、新しいログイン ファイルのトークンで再びログインできるようにします。\n    --passphrase-file FILE     認証局のパスフレーズ',
  'cli.help.authority-token-create':
    'arcwarden authority token create [NAME] [OPTION...]\n    ノードの参加に使用するブートストラップ トークンを作成し、ファイルに書き込みます。\n    --secret FILE              クラスターにトークンを登録する Secret\n    --kubeconfig FILE          認証局 NAME のクラスター用のブートストラップ kubeconfig\n    --server URL               API サーバー (--kubeconfig では必須)\n    --ca FILE                  NAME の代わりに信頼する CA\n    --cluster-name NAME        クラスターの名前 (既定: 認証局の名前)\n    --lifetime DURATION        有効期間 (例: 36h、4d)、または never (既定: 24h)\n    --description TEXT         トークンの説明\n    --group GROUP              追加のグループ system:bootstrappers:... (複数指定可)\n    --show-token               トークンを表示します',
  'cli.help.authority-token-check':
    'arcwarden authority token check FILE --token-file FILE\n    FILE の Secret をもとに、API サーバーがブートストラップ トークンを受け入れるかどうかを示します。拒否の場合の終了コードは 1 です。\n    --token-file FILE          1 行目にトークンを書いたファイル。標準入力は -',
  'cli.help.authority-create':
    'arcwarden authority create -f SPEC --out DIR [OPTION...]\n    仕様ファイルに書かれたキーと証明書を /etc/kubernetes と同じ配置で作成します。まだ有効なものは残します。形式は docs/authority-create.md にあります。\n    --dry-run                  計画だけを表示し、何も書き込みません',
} satisfies Record<keyof typeof english, string>;
