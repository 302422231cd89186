import type english from '../en/create.ts';

/** 定義ファイルからのキーと証明書の作成。 */
export default {
  'problem.spec.invalid': '定義ファイル「{path}」に誤りが {count, number} 件あります。',
  'problem.spec.invalid.remedy':
    '何も書き込んでいません。表示された箇所を修正してください。各フィールドの説明は docs/authority-create.md にあります。',
  'problem.creation.outdated': '計画を作成した後に「{path}」が変更されました。',
  'problem.creation.outdated.remedy':
    'その後は何も書き込んでいません。計画を確認し直してから、もう一度実行してください。',

  'finding.spec.not-a-mapping': 'ファイルに定義がありません。',
  'finding.spec.not-a-mapping.remedy':
    '先頭に apiVersion: arcwarden/v1 と kind: CertificateSpec を書いてください。例は docs/examples にあります。',
  'finding.spec.unknown-field':
    'ここに {field} というフィールドはありません。{nearest, select, none {} other {{nearest} の間違いではありませんか。}}',
  'finding.spec.unknown-field.remedy': '名前を修正するか、削除してください。',
  'finding.spec.missing-field': '{field} がないか、値が空です。',
  'finding.spec.missing-field.remedy': '値を指定してください。不要なら削除してください。',
  'finding.spec.wrong-type':
    '{field} には{expected, select, array {リスト} object {マッピング} boolean {「true」または「false」} other {テキスト}}を指定してください。',
  'finding.spec.wrong-type.remedy':
    '{expected, select, array {項目ごとに行を分け、先頭にハイフンを付けて書いてください。} object {下の行に字下げして、フィールドを書いてください。} boolean {「true」または「false」を引用符なしで書いてください。} other {コロンの後に値を 1 つ書いてください。}}',
  'finding.spec.not-text': '{field} にはテキストが必要ですが、YAML では別の型として読み取られます。',
  'finding.spec.not-text.remedy': '値を引用符で囲んでください。',
  'finding.spec.unknown-value':
    '{field} の値が正しくありません。{nearest, select, none {} other {{nearest} の間違いではありませんか。}}',
  'finding.spec.unknown-value.remedy': '次のいずれかを指定してください: {allowed}。',
  'finding.spec.invalid-value':
    '{field} の値の形式が正しくありません。必要なもの: {expected, select, commonName {名前 (1 から 64 文字)} dnsName {DNS 名} endpoint {ホスト名または IP アドレス} fileName {使用できるファイル名} hostName {ホスト名} ipAddress {IP アドレス} kubeconfigName {.conf で終わるファイル名} nodeName {Kubernetes で使える名前} organization {グループ名 (1 から 64 文字)} relativePath {このファイルのフォルダーからの相対パス} serverUrl {API サーバーの URL} validity {有効期間} other {正しい形式}}。',
  'finding.spec.invalid-value.remedy':
    '{expected, select, commonName {制御文字を取り除き、短くしてください。} dnsName {「app.example.com」や「*.example.com」の形で書いてください。アドレスは ipAddresses に書いてください。} endpoint {スキームとポートを付けずに書いてください。} fileName {英数字、ピリオド、ハイフン、アンダースコアを使い、フォルダーは / で区切ってください。Windows のデバイス名は使えません。} hostName {英数字とハイフンを使い、ピリオドで区切ってください。} ipAddress {アドレスを 1 つ (IPv4 または IPv6)、プレフィックス長と先頭のゼロを付けずに書いてください。} kubeconfigName {「alice.conf」のように、英数字、ピリオド、ハイフン、アンダースコアで書いてください。} nodeName {英小文字、数字、ハイフンを使い、ピリオドで区切ってください。} organization {制御文字を取り除き、短くしてください。} relativePath {ドライブや先頭の区切り記号を付けずに書いてください。} serverUrl {「https://アドレス:6443」の形で、パスを付けずに書いてください。} validity {「36h」「4d」「10y」のように、時間、日、年で書いてください。上限は 30y です。} other {値を修正してください。}}',
  'finding.spec.too-few': '{field} には {limit, number} 個以上の項目が必要です。',
  'finding.spec.too-few.remedy': '不足している項目を追加してください。',
  'finding.spec.too-many': '{field} の項目が {limit, number} 個を超えています。',
  'finding.spec.too-many.remedy': '複数の定義ファイルに分けてください。',
  'finding.spec.wrong-list': '{profile} はこのリストには書けません。',
  'finding.spec.wrong-list.remedy': '{list} に移してください。',
  'finding.spec.kubelet': '{profile} は定義ファイルからは作成しません。',
  'finding.spec.kubelet.remedy':
    'kubelet の証明書は TLS ブートストラップで発行されます。bootstrapKubeconfig を使い、証明書要求を承認してください。',
  'finding.spec.nothing-to-make': '作成するものが 1 つも指定されていません。',
  'finding.spec.nothing-to-make.remedy':
    'certificates、kubeconfigs、authorities、serviceAccountKey、bootstrapKubeconfig のいずれかを指定してください。',
  'finding.spec.needs': '{asker} に必要な {field} がありません。',
  'finding.spec.needs.remedy':
    '{hint, select, endpoints {「cluster.server」または「cluster.endpoints」を指定してください。} name {この項目に name を指定してください。証明書の共通名になります。} other {{field} を追加してください。}}',
  'finding.spec.key-algorithm': '{profile} では、この種類のキーは使えません。',
  'finding.spec.key-algorithm.remedy': '次のいずれかを指定してください: {allowed}。',
  'finding.spec.name-too-long': '{profile} の共通名が {limit} 文字を超えます。X.509 では認められていません。',
  'finding.spec.name-too-long.remedy': 'クラスター、ノード、ホストの名前を短くしてください。',
  'finding.spec.same-file': '{file} が 2 回書き込まれます。{line} 行目の項目と重複しています。',
  'finding.spec.same-file.remedy': 'どちらかの項目を削除するか、file で別の名前を指定してください。',
  'finding.spec.server-not-covered':
    'API サーバーの証明書に {host} が含まれないため、この kubeconfig を使うクライアントは接続を拒否します。',
  'finding.spec.server-not-covered.remedy': 'cluster.endpoints に {host} を追加するか、server を修正してください。',
  'finding.spec.more-findings': 'ほかに {count, number} 件ありますが、表示していません。',
  'finding.spec.more-findings.remedy': '表示された箇所を修正してから、もう一度実行してください。',

  'finding.create.authority-missing': 'CA がありません。新しく作成しない設定になっています。',
  'finding.create.authority-missing.remedy':
    'CA の証明書をここにコピーしてください。署名に使う場合はキーもコピーしてください。新しい CA を作成するには use: make を指定します。',
  'finding.create.authority-without-key': 'この CA のキーがここにないため、証明書 {count, number} 件に署名できません。',
  'finding.create.authority-without-key.remedy':
    '今回だけキーをここにコピーするか、キーのある場所で証明書を作成してください。まだ有効なものはそのまま残しました。',
  'finding.create.authority-key-unusable':
    '{reason, select, foreign {このキーは、隣にある CA 証明書のものではありません。} other {この CA のキーを読み取れないか、暗号化されています。}}',
  'finding.create.authority-key-unusable.remedy':
    '唯一のコピーかもしれないため、何も変更していません。正しいキーを暗号化せずに置いてください。新しい CA を作成する場合は、キーと証明書を別の場所に移してください。',
  'finding.create.authority-unusable':
    '{reason, select, expired {この CA の有効期限が切れています。} notYetValid {この CA はまだ有効になっていません。} notAnAuthority {この証明書は CA の証明書ではありません。} other {この CA の証明書を読み取れません。}}',
  'finding.create.authority-unusable.remedy':
    '{reason, select, expired {新しい CA をここに置いてください。キーがあり use: make になっている CA は自動で置き換わります。} notYetValid {このコンピューターの時計を確認してください。} other {バックアップから復元するか、証明書とキーを別の場所に移して新しい CA を作成してください。}}',
  'finding.create.authority-differs':
    'CA の{fields, select, subject {サブジェクト} key {キー} other {サブジェクトとキー}}が定義と異なりますが、置き換えない設定になっています。',
  'finding.create.authority-differs.remedy': 'authorities の項目を修正するか、正しい CA をここに置いてください。',
  'finding.create.authority-remade':
    '{reason, select, expired {有効期限が切れているため} other {定義と異なるため}}、この CA を【新しい CA】に置き換えます。{count, plural, =0 {ここにはこの CA が署名したものはありません。} other {この CA に依存する証明書と kubeconfig # 件も作り直します。}}古い CA を信頼しているほかの場所では、新しい証明書が拒否されます。',
  'finding.create.authority-remade.remedy':
    '本当に必要か確認してください。先に、すべてのノードとクライアントに新しい CA 証明書を配布する必要があります。古い CA のキーと証明書は .previous として残ります。',
  'finding.create.authority-ends-first':
    'CA の有効期限は {notAfter} です。証明書 {count, number} 件は、これに合わせて短くなります。',
  'finding.create.authority-ends-first.remedy':
    '期限までに CA をローテーションしてください。その後は、本来の有効期間の証明書を作成できます。',
  'finding.create.authority-key-not-needed':
    '署名に使わない CA の秘密キーがここにあります。このキーがあれば、クラスター全体の証明書を作成できてしまいます。',
  'finding.create.authority-key-not-needed.remedy':
    'このフォルダーからキーを削除してください。参加するノードには証明書だけで十分です。',
  'finding.create.interrupted':
    '以前の実行が、新しいキーを書き込んだ後に中断されています。証明書と対になるキーを元に戻し、もう一方は .unmatched として残します。',
  'finding.create.interrupted.remedy':
    '対応は不要です。.unmatched のファイルは、対応する証明書がないため削除してかまいません。',
  'finding.create.token-file-missing': 'ブートストラップ トークンのファイルがありません。',
  'finding.create.token-file-missing.remedy':
    'ファイルにトークンを書き込むか、bootstrapKubeconfig.tokenFile を修正してください。',
  'finding.create.token-file-malformed': 'ファイルの内容がブートストラップ トークンではありません。',
  'finding.create.token-file-malformed.remedy':
    'トークンを 1 つだけ書いてください。英小文字または数字 6 文字、ピリオド、16 文字の形式です。',
  'finding.create.service-account-key-unreadable': 'サービス アカウントのキーを読み取れないか、暗号化されています。',
  'finding.create.service-account-key-unreadable.remedy':
    'すべてのサービス アカウント トークンがこのキーに依存するため、何も変更していません。キーを復元してください。新しく作成する場合は、別の場所に移してください。',
  'finding.create.service-account-key-replaced':
    'サービス アカウントの公開キーはありますが、秘密キーがありません。【新しいキー ペア】を作成するため、これまでのトークンは拒否されます。',
  'finding.create.service-account-key-replaced.remedy':
    'クラスターを使用中なら、その sa.key をここにコピーしてから実行し直してください。古い公開キーは .previous として残ります。',

  'create.action.keep': '維持',
  'create.action.create': '作成',
  'create.action.remake': '再作成',
  'create.action.restore': '復元',
  'create.action.blocked': '実行不可',
  'create.reason.matches': '有効で、定義どおり',
  'create.reason.certificate-only': '証明書のみ (キーなし)',
  'create.reason.missing': 'なし',
  'create.reason.certificate-missing': '証明書がない',
  'create.reason.key-missing': 'キーがない',
  'create.reason.public-key-missing': '公開キーがない',
  'create.reason.unreadable': '読み取れない',
  'create.reason.key-unreadable': 'キーを読み取れない',
  'create.reason.key-does-not-belong': 'キーが一致しない',
  'create.reason.interrupted': '以前の実行が中断された',
  'create.reason.not-an-authority': 'CA の証明書ではない',
  'create.reason.issuer-changed': '別の CA が署名',
  'create.reason.not-yet-valid': 'まだ有効でない',
  'create.reason.expired': '期限切れ',
  'create.reason.expiring': '更新時期',
  'create.reason.does-not-match': '定義と異なる',
  'create.field.subject': 'サブジェクト',
  'create.field.sans': '名前とアドレス',
  'create.field.usages': '使用目的',
  'create.field.key-algorithm': 'キーの種類',
  'create.field.identity': 'ID',
  'create.field.validity': '有効期間',
  'create.field.server': 'サーバー',
  'create.field.cluster': 'クラスター',
  'create.field.certificate-authority': '信頼する CA',
} satisfies Record<keyof typeof english, string>;
