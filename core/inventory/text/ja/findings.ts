import type english from '../en/findings.ts';

export default {
  'finding.format.not-supported-yet': '{format} 形式と認識しましたが、まだ読み取りに対応していません。',
  'finding.format.not-supported-yet.remedy':
    '作成に使ったプログラムで中の証明書を PEM に変換し、そのファイルをインポートしてください。',
  'finding.text.damaged': 'このファイルには、テキストとして読めない部分があります。',
  'finding.text.damaged.remedy':
    'ファイルを UTF-8 で保存してください。読めた部分はインポートしました。名前を元のファイルと見比べてください。',
  'finding.base64.damaged': '{name} の Base64 が壊れています。',
  'finding.base64.damaged.remedy':
    '値を元の場所からコピーし直してください。全体を 1 行で、余分な文字を入れずにコピーします。',
  'finding.field.not-pem': '{name} に PEM 形式の証明書がありません。',
  'finding.field.not-pem.remedy': '値が PEM ファイルを 1 回だけ Base64 にしたものかどうかを確認してください。',
  'finding.pem.damaged': '{label} ブロックの Base64 が壊れています。',
  'finding.pem.damaged.remedy':
    'ブロックを元の場所からエクスポートし直してください。このファイルのほかのブロックは読み取りました。',
  'finding.pem.trust-settings':
    'この証明書の後ろに openssl 用の設定があります: {trusted, select, none {信頼する用途の指定なし} other {信頼する用途 {trusted}}}、{rejected, select, none {拒否する用途の指定なし} other {拒否する用途 {rejected}}}{named, select, yes {、名前「{alias}」} other {}}。',
  'finding.pem.trust-settings.remedy':
    'この設定を使うのは openssl だけです。Go (Kubernetes と MOC) は TRUSTED CERTIFICATE というブロックを読み取りません。openssl x509 -in FILE を実行すると、設定のない証明書が得られます。',
  'finding.pem.trust-settings-damaged': 'この証明書の後ろに、openssl 用の設定として読み取れないデータがあります。',
  'finding.pem.trust-settings-damaged.remedy':
    '証明書は読み取りました。openssl がこのファイルを拒否する場合は、元の場所からコピーし直してください。',
  'finding.pem.not-closed': '{label} ブロックに対応する END 行がありません。',
  'finding.pem.not-closed.remedy':
    'ファイルが途中で切れているか、貼り付けが不完全です。元の場所からコピーし直してください。',
  'finding.yaml.too-large': 'ファイルが大きすぎます。YAML と JSON は {limitKiB} KiB まで読み取ります。',
  'finding.yaml.too-large.remedy':
    'kubectl config view --minify --flatten などで、クラスターごとのファイルに分けてください。',
  'finding.yaml.too-complex': 'ファイルの要素が多すぎます ({limit} 個を超えています)。',
  'finding.yaml.too-complex.remedy':
    'kubeconfig やログイン ファイルがこのような形になることはありません。ファイルの出所を確認してください。',
  'finding.yaml.too-deep': 'ファイルの入れ子が深すぎます ({limit} 段を超えています)。',
  'finding.yaml.too-deep.remedy':
    'kubeconfig やログイン ファイルがこのような形になることはありません。ファイルの出所を確認してください。',
  'finding.yaml.alias-bomb': 'このファイルの YAML エイリアスは、無限に、または {limit} 個を超えて展開されます。',
  'finding.yaml.alias-bomb.remedy':
    '読み取る側のメモリを使い果たすために作られたファイルの特徴です。ファイルの出所を確認してください。',
  'finding.yaml.duplicate-key': '同じキーが 2 回書かれています。',
  'finding.yaml.duplicate-key.remedy':
    'どちらかを削除してください。どちらが有効になるかはプログラムによって異なります。',
  'finding.yaml.invalid': 'YAML または JSON として正しくありません ({code})。',
  'finding.yaml.invalid.remedy': 'この箇所を修正してください。タブによるインデントや引用符の不足がよくある原因です。',
  'finding.yaml.several-documents': 'ファイルに複数の YAML ドキュメントがあります。',
  'finding.yaml.several-documents.remedy': 'ドキュメントごとに別のファイルに保存してください。',
  'finding.yaml.not-text': '{field} は文字列でなければなりませんが、リストまたはマップになっています。',
  'finding.yaml.not-text.remedy': 'フィールドを修正してください。この値は読み取っていません。',
  'finding.yaml.number-as-text': '{field} が引用符なしで書かれており、数値や真偽値と解釈される可能性があります。',
  'finding.yaml.number-as-text.remedy':
    '書かれているとおりの文字列として読み取りました。ほかのプログラムでは値が変わるか拒否されるため、引用符で囲んでください。',
  'finding.kubeconfig.malformed': 'kubeconfig のこの項目には、名前または内容がありません。',
  'finding.kubeconfig.malformed.remedy': 'この項目を修正または削除してください。ほかの項目は読み取りました。',
  'finding.kubeconfig.duplicate-name': '{list} に {name} という名前が 2 つあります。',
  'finding.kubeconfig.duplicate-name.remedy':
    'どちらかの名前を変更してください。kubectl はこのようなファイルを拒否します。',
  'finding.kubeconfig.broken-context':
    'コンテキスト {context} が指す{what, select, cluster {クラスター} other {ユーザー}} {missing} は、このファイルにありません。',
  'finding.kubeconfig.broken-context.remedy':
    'コンテキストを削除するか、Get-AksHciCredential で kubeconfig を取得し直してください。',
  'finding.kubeconfig.insecure': '{cluster} の API サーバーの証明書が検証されていません。',
  'finding.kubeconfig.insecure.remedy':
    'insecure-skip-tls-verify を削除し、クラスターの認証局の証明書を指定してください。このままでは、通信経路上の第三者が API サーバーになりすますことができます。',
  'finding.kubeconfig.login-in-address':
    '{cluster} の {field} のアドレスに、ユーザー名またはパスワードが含まれています。',
  'finding.kubeconfig.login-in-address.remedy':
    'この部分は保存も表示もしていません。ファイルから削除し、パスワードを変更してください。ファイルを読み取れる人は誰でもパスワードを知ることができます。',
  'finding.kubeconfig.both-forms': '{used} と {ignored} の両方が指定されています。{used} を読み取りました。',
  'finding.kubeconfig.both-forms.remedy': '不要な方を削除してください。kubectl も {used} を使用します。',
  'finding.kubeconfig.password': 'ユーザー {user} はパスワードでサインインします。',
  'finding.kubeconfig.password.remedy':
    'パスワードは読み取っていません。現在の Kubernetes はパスワードを受け付けないため、ファイルから削除してください。',
  'finding.kubeconfig.nothing-to-expire':
    'ユーザー {user} は {method} でサインインします。このファイルには期限の切れるものがありません。',
  'finding.kubeconfig.nothing-to-expire.remedy':
    '対処は不要です。資格情報は、サインインのたびに外部プログラムが取得します。',
  'finding.kubeconfig.empty-user': 'ユーザー {user} の資格情報は、このファイルにありません。',
  'finding.kubeconfig.empty-user.remedy': 'このユーザーでサインインする必要がなければ、対処は不要です。',
  'finding.kubeconfig.reference-refused': '「{file}」は別のコンピューターにあるため、開きませんでした。',
  'finding.kubeconfig.reference-refused.remedy':
    '開くと、サインイン情報がそのコンピューターに送られます。信頼できる場合は、そのファイルを直接インポートしてください。',
  'finding.kubeconfig.reference-not-readable': 'この項目が指すファイル「{file}」を読み取れませんでした。',
  'finding.kubeconfig.reference-not-readable.remedy':
    'ファイルを kubeconfig と同じフォルダーにコピーするか、ファイルのあるコンピューターでインポートしてください。',
  'finding.kubeconfig.reference-empty': 'この項目が指すファイル「{file}」には、必要な内容がありません。',
  'finding.kubeconfig.reference-empty.remedy':
    '正しいファイルを指しているか確認してください。証明書と秘密キーは PEM または DER 形式である必要があります。',
  'finding.access-file.no-client-certificate': 'アクセス ファイルにクライアント証明書がありません。',
  'finding.access-file.no-client-certificate.remedy':
    'まだログインしていないか、ログインに失敗しています。該当するコマンドを再実行してください。mocctl の場合は Repair-MocLogin を実行します。',
  'finding.login-file.key-case': 'キー {field} に大文字が含まれています。',
  'finding.login-file.key-case.remedy':
    'ここでは読み取りましたが、MOC は小文字のキーしか認識しません。使用する前にファイルを修正してください。',
  'finding.login-file.no-name': 'ログイン ファイルに ID の名前がありません。',
  'finding.login-file.no-name.remedy': '対象の ID のログイン ファイルを作成し直してください。',
  'finding.login-file.no-token': 'ログイン ファイルにトークンがありません。',
  'finding.login-file.no-token.remedy': 'ID のトークンをローテーションし、新しいログイン ファイルを保存してください。',
  'finding.module-config.cut': 'モジュールの構成が途中で切れています。各セクションの先頭しかありません。',
  'finding.module-config.cut.remedy':
    '(Get-AksHciConfig | ConvertTo-Json -Depth 4) の結果を、自分だけが読み取れるファイルに保存してください。トークンが平文で含まれるため、使用後は削除します。',
  'finding.module-config.secrets': 'この構成には、トークンまたはパスワードが平文で含まれています。',
  'finding.module-config.secrets.remedy':
    'これらは保存していません。このテキストを添付したり送信したりしないでください。トークンがあれば、有効期限まで誰でもクラウド エージェントにログインできます。',
  'finding.module-config.identity-cut': 'Kva.identity のトークンが途中で切れているため、有効期限を読み取れません。',
  'finding.module-config.identity-cut.remedy':
    '(Get-AksHciConfig | ConvertTo-Json -Depth 4) の結果を、自分だけが読み取れるファイルに保存し、使用後は削除してください。',
  'finding.module-config.identity-unreadable': 'Kva.identity が、ログイン ファイルの Base64 ではありません。',
  'finding.module-config.identity-unreadable.remedy':
    'コピーの際に壊れた可能性があります。代わりに、作業フォルダーの psconfig.json をインポートしてください。',
  'finding.module-config.version': 'デプロイのビルドは {value} です。',
  'finding.module-config.version.remedy': 'Get-AksHciVersion でも確認できます。',
  'finding.module-config.module': 'この構成を作成した AksHci モジュールのバージョンは {value} です。',
  'finding.module-config.module.remedy':
    'モジュールとビルドは対になっています。別のバージョンでは、設定を認識できないことがあります。',
  'finding.module-config.state': 'デプロイの状態は {value} です。',
  'finding.module-config.state.remedy':
    '通常は Installed です。Updating の間は、更新を実行しても「既に進行中」と表示されます。数値の場合は、ホストで (Get-AksHciConfig).AksHci.installState を実行すると名前が表示されます。',
  'finding.module-config.cloud-agent': 'クラウド エージェントの接続先は {value} です。',
  'finding.module-config.cloud-agent.remedy': 'サーバー証明書に、この名前が含まれている必要があります。',
  'finding.module-config.cluster-role': 'クラウド エージェントのクラスターの役割は {value} です。',
  'finding.module-config.cluster-role.remedy':
    'Get-ClusterGroup でこの役割を確認してください。役割を所有していないノードでは、wssdcloudagent が停止しているのが正常です。',
  'finding.module-config.access-files': 'mocctl と kvactl のアクセス ファイルは {value} の下にあります。',
  'finding.module-config.access-files.remedy':
    '古いビルドでは、ユーザー プロファイルの .wssd にあります。実際にある方をインポートしてください。',
  'finding.module-config.moc-login': 'mocctl のログイン ファイルは {value} です。',
  'finding.module-config.moc-login.remedy': 'トークンが平文で含まれています。',
  'finding.module-config.ssh-key': '仮想マシンに接続するための SSH キーは {value} です。',
  'finding.module-config.ssh-key.remedy': '使用するユーザー以外が読み取れる場合、ssh はこのキーを拒否します。',
  'finding.module-config.management': '管理クラスターは {value} です。',
  'finding.module-config.management.remedy': 'Get-AksHciCredential は、それ以外のクラスターにしか使用できません。',
  'finding.module-config.kubeconfig': '管理クラスターの kubeconfig は {value} です。',
  'finding.module-config.kubeconfig.remedy': '証明書の有効期限を確認するには、このファイルをインポートしてください。',
  'finding.token.bad-time': 'トークンのクレーム {claim} が日時になっていません。',
  'finding.token.bad-time.remedy': 'この値は読み取っていません。トークンを発行し直してください。',
  'finding.token.expired': '{name} のトークンは {notAfter} に有効期限が切れました。',
  'finding.token.expired.remedy':
    '更新の担当と実行するコマンドは、詳細に表示されます。証明書が有効な間は、次のログインまで動作します。',
  'finding.token.not-yet-valid': '{name} のトークンは {notBefore} まで有効になりません。',
  'finding.token.not-yet-valid.remedy': 'このコンピューターと発行元の時計を見比べてください。',
  'finding.token.assumed': '{name} のトークンには有効期限が書かれていないため、{notAfter} と仮定しています。',
  'finding.token.assumed.remedy':
    'ファイルの日付に、通常の有効期間である 90 日を加えた日時です。ファイルをコピーすると日付が変わることがあります。',
  'finding.token.no-end': '{name} のトークンには有効期限がありません。',
  'finding.token.no-end.remedy':
    '別の方法で管理してください。期限のないトークンは、期限のあるものに置き換えることをお勧めします。',
  'finding.certificate.expired': '{name} の証明書は {notAfter} に有効期限が切れました。',
  'finding.certificate.expired.remedy': '更新の担当と実行するコマンドは、詳細に表示されます。',
  'finding.certificate.not-yet-valid': '{name} の証明書は {notBefore} まで有効になりません。',
  'finding.certificate.not-yet-valid.remedy':
    'このコンピューターと発行元の時計を見比べてください。MOC の証明書は発行した瞬間から有効になります。',
  'finding.key.differs': '{name} の証明書と一緒にある秘密キーは、その証明書のものではありません。',
  'finding.key.differs.remedy':
    '正しい秘密キーに置き換えるか、証明書を発行し直してください。この組み合わせでは接続できません。',
  'finding.key.encrypted': '{name} の秘密キーは暗号化されているため、証明書と照合していません。',
  'finding.key.encrypted.remedy': '使用するプログラムが復号できる場合、対処は不要です。',
  'finding.key.not-readable': '{name} の秘密キーを読み取れませんでした。',
  'finding.key.not-readable.remedy':
    '壊れているか、未知の形式です。秘密キーを使用するプログラムが動作しているか確認してください。',
  'finding.key.shared':
    '{name} の秘密キーが {count, number} 個のアクセス ファイルにあります。「{other}」にもあります。',
  'finding.key.shared.remedy':
    '.wssd フォルダーがプロファイル間でコピーされたと考えられます。一方だけを失効できるように、プロファイルごとにログインしてください。',
  'finding.file.not-found': 'このファイルまたはフォルダーは存在しません。',
  'finding.file.not-found.remedy': 'パスを確認してください。リンクの参照先がなくなっている可能性もあります。',
  'finding.file.name-not-utf8': '名前が UTF-8 ではないため、読み取れません。',
  'finding.file.name-not-utf8.remedy': '名前を変更するか、別の名前でコピーして指定してください。',
  'finding.file.not-readable': 'このファイルまたはフォルダーを読み取れませんでした。',
  'finding.file.not-readable.remedy':
    '読み取り権限があること、ほかのプログラムが使用していないことを確認してください。',
  'finding.file.not-a-file': 'ファイルでもフォルダーでもありません。',
  'finding.file.not-a-file.remedy': 'ファイルまたはフォルダーを選択してください。',
  'finding.file.too-large': 'ファイルが {limitMiB} MiB を超えているため、読み取りませんでした。',
  'finding.file.too-large.remedy':
    '証明書、kubeconfig、ログイン ファイルは小さなファイルです。アーカイブは展開してからインポートしてください。',
  'finding.file.more-findings': 'このファイルには、表示していない検出事項がほかに {count, number} 件あります。',
  'finding.file.more-findings.remedy': '表示されているものを修正し、ファイルをインポートし直してください。',
  'finding.folder.too-deep': 'フォルダーの階層が {limit} 段を超えているため、その先は読み取りませんでした。',
  'finding.folder.too-deep.remedy': '目的のファイルが直接入っているフォルダーをインポートしてください。',
  'finding.folder.too-many-files': '{limit} 個のファイルで読み取りを打ち切りました。',
  'finding.folder.too-many-files.remedy': 'ディスク全体ではなく、証明書のあるフォルダーを選択してください。',
  'finding.folder.loop': 'このフォルダーは上位のフォルダーへのリンクです。内容は 1 回だけ読み取りました。',
  'finding.folder.loop.remedy': '対処は不要です。',
} satisfies Record<keyof typeof english, string>;
