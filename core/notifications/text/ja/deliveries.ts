import type english from '../en/deliveries.ts';

export default {
  'problem.program.not-found': 'プログラム {program} がこのコンピューターにありません。',
  'problem.program.not-found.remedy': 'インストールするか、別の方法を使ってください。',
  'problem.program.not-started': 'プログラム {program} を起動できませんでした ({reason})。',
  'problem.program.not-started.remedy': 'このユーザーに実行権限があることを確認してください。',
  'problem.program.timed-out': 'プログラム {program} が {seconds} 秒以内に終わらなかったため、終了させました。',
  'problem.program.timed-out.remedy':
    'もう一度試してください。毎回起こる場合は、手動で起動して何を待っているか確認してください。',
  'problem.program.too-talkative': 'プログラム {program} の出力が {limit} バイトを超えたため、終了させました。',
  'problem.program.too-talkative.remedy': '手動で起動して、出力の内容を確認してください。',
  'problem.program.failed': 'プログラム {program} が終了コード {exitCode} で失敗しました。',
  'problem.program.failed.remedy':
    'Windows イベント ログへの書き込みには、管理者が一度だけ登録するソース「Arcwarden」が必要です。Arcwarden を管理者として起動してテストを送信するか、New-EventLog -LogName Application -Source Arcwarden を実行してください。',
  'problem.delivery.failed':
    '{reason, select, certificate {{target} の証明書を受け入れられません ({detail})。} unreachable {{target} に接続できません ({detail})。} late {{target} が時間内に応答しませんでした ({detail})。} unencrypted {{target} には使用できる暗号化がありません ({detail})。} login {{target} がユーザー名またはパスワードを拒否しました ({detail})。} refused {{target} がメッセージを拒否しました ({detail})。} other {{target} に何も渡せませんでした ({detail})。}}',
  'problem.delivery.failed.remedy':
    '{reason, select, certificate {チャネルの設定で、その証明書を発行した CA のファイルを指定するか、サーバーの証明書を取り替えてもらってください。このコンピューターの時計も確認してください。} unreachable {名前とポート、途中のファイアウォールを確認してください。} late {名前とポート、途中のファイアウォールを確認してください。} unencrypted {サーバーで STARTTLS を有効にするか、最初から暗号化されるポート (通常は 465) を選んでください。} login {ユーザー名とパスワードを入力し直してください。} refused {理由はサーバーのログにあります。番号は、Webhook では HTTP ステータス、メールでは SMTP 応答コードです。} other {サーバーのログを確認してください。}}',
  'problem.mark.over': '終了日時 {until} は過去です。',
  'problem.mark.over.remedy': 'これより後の日時を選んでください。',
  'problem.channel.unknown': 'このチャネルはもうありません。',
  'problem.channel.unknown.remedy': '設定を開き直して、現在のチャネルを確認してください。',
  'problem.channel.not-confirmed': '{server} への送信が、確認ダイアログで承認されませんでした。',
  'problem.channel.not-confirmed.remedy':
    'チャネルは保存していません。もう一度保存し、表示されるダイアログで承認してください。',
  'channel.consent': '{server} に通知を送信しますか?',
  'channel.consent.detail':
    'このサーバーには、どのチャネルからもまだ送信したことがありません。どのクラスターのどの証明書やトークンがいつ期限切れになるかが送信されます。自分で入力したサーバーの場合のみ承認してください。',
  'channel.consent.plain': '接続は暗号化されません。途中の経路で、誰でも通知を読み、書き換えることができます。',
  'channel.consent.yes': 'チャネルを保存する',
  'channel.consent.no': 'キャンセル',
  'problem.channel.not-available':
    '{channel, select, eventlog {イベント ログは Windows の機能です。このコンピューターは別のシステムで動作しています。} toast {コマンド ラインにはウィンドウがないため、システムの通知を見る人がいません。} other {このチャネルは、このコンピューターでは使えません。}}',
  'problem.channel.not-available.remedy': 'ここでは別のチャネルを使ってください。',
  'problem.channel.secret-missing':
    '{place, select, environment {環境変数 {name} が設定されていないか、空です。} file {シークレットのファイル {name} を読み取れないか、空です。} other {このチャネルのシークレットをここでは開けません。入力したユーザーのためにシステムが保管しています。}}',
  'problem.channel.secret-missing.remedy':
    '{place, select, environment {Arcwarden を実行するアカウントに設定し、Arcwarden を起動し直してください。} file {このファイルの 1 行目にシークレットを書き、Arcwarden を実行するアカウントだけが読めるようにしてください。} other {チャネルの設定で入力し直してください。スケジュールされたタスクでは、代わりに環境変数またはファイルを指定してください。}}',
  'problem.channel.invalid':
    '{field, select, url {「{reason}」は https:// で始まるアドレスではありません。} host {「{reason}」はサーバーの名前ではありません。} address {「{reason}」はメール アドレスではありません。} recipients {宛先がありません。} name {チャネルに名前がありません。} environment {「{reason}」は Arcwarden がチャネル用に読み取る環境変数の名前ではありません。} security {ユーザー名とパスワードが平文でネットワークに送信されます。} secret {シークレットが必要です。ないと、受信側は送信者を確認できません。} file {ファイルが選択されていません。} ca {「{reason}」に CA 証明書がありません。} other {「{reason}」は使えません。}}',
  'problem.channel.invalid.remedy':
    '{field, select, url {https://monitor.example/arcwarden のように書いてください。} host {mail.example のように、名前だけを書いてください。} address {ops@contoso.example のように書いてください。複数の場合はコンマで区切ります。} recipients {少なくとも 1 つのアドレスを指定してください。} name {見分けられる名前を付けてください。} environment {名前は ARCWARDEN_CHANNEL_ で始め、英字、数字、アンダースコアを続ける必要があります。その名前で環境変数を設定してから、チャネルに指定してください。} security {STARTTLS または TLS を選ぶか、ユーザー名を省いてください。} secret {入力するか、環境変数またはファイルを指定してください。別のサーバー用、または暗号化された接続用に入力したものは引き継がれません。} file {ファイルを選択してください。} ca {サーバー証明書そのものではなく、それを発行した CA の証明書を選択してください。} other {このフィールドを修正してください。}}',
} satisfies Record<keyof typeof english, string>;
