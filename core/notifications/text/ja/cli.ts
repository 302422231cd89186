import type english from '../en/cli.ts';

export default {
  'cli.channel.added':
    'チャネル「{name}」({id}) を追加しました。次のコマンドでテストできます: arcwarden channel test {id}',
  'cli.channel.server': '送信先: {server}',
  'cli.channel.changed': 'チャネル「{name}」({id}) を変更しました。',
  'cli.channel.removed': 'チャネル「{name}」と、その送信待ちの通知を削除しました。',
  'cli.silence.credential': '資格情報',
  'cli.silence.cluster': 'クラスター',
  'cli.silence.kind': '種類',
  'cli.silence.kind.snoozed': 'スヌーズ',
  'cli.silence.kind.acknowledged': '確認済み',
  'cli.silence.until': '期限',
  'cli.silence.by': '設定者',
  'cli.silence.reason': '理由',
  'cli.silence.added': '「{name}」については、{until} まで通知しません。',
  'cli.silence.removed': '「{name}」の通知を再開しました。',
  'cli.usage.no-credential':
    '「{credential}」では資格情報を 1 つに特定できません。ID、ID の先頭 8 桁以上、または重複のない名前を指定してください。該当: {known}',
  'cli.help.channel-list':
    'arcwarden channel list\n    各チャネルの状態 (送信待ち、失敗、最後の成功) を表示します。終了コード 1: 失敗しているチャネルがあります。',
  'cli.help.channel-add':
    'arcwarden channel add NAME --kind KIND [OPTION...]\n    通知のチャネルを追加します。シークレットは引数では受け取りません。環境変数またはファイルを指定してください。\n    --kind KIND            toast、webhook、mail、event-log、prometheus のいずれか\n    --url URL              webhook の URL (https のみ)\n    --mail-server NAME     --port、--security starttls|tls|none、--user、--from ADDRESS、--to ADDRESS (複数指定可) と共に指定します\n    --file FILE            prometheus のメトリック ファイル\n    --secret-env VARIABLE  パスワードまたはキーを保持する環境変数 (名前は ARCWARDEN_CHANNEL_ で始まります)\n    --secret-file FILE     1 行目にパスワードまたはキーを記載したファイル\n    --ca-file FILE         追加で信頼する CA\n    --disable              無効の状態で追加します',
  'cli.help.channel-change':
    'arcwarden channel change CHANNEL [OPTION...]\n    チャネル (名前または ID) を変更します。指定しない項目は変わりません。オプションは「channel add」と同じで、次も指定できます:\n    --name NAME            名前を変更します\n    --enable, --disable    有効または無効にします\n    --no-secret, --no-ca-file  シークレットまたは CA ファイルの指定を外します',
  'cli.help.channel-test':
    'arcwarden channel test CHANNEL\n    チャネル (名前または ID) にテスト通知を送信します。終了コード 0: 届きました、1: 届きませんでした。',
  'cli.help.channel-remove':
    'arcwarden channel remove CHANNEL\n    チャネル (名前または ID) と、その送信待ちの通知を削除します。',
  'cli.help.silence-list':
    'arcwarden silence list\n    通知を止めている資格情報と、その理由、設定者、期限を表示します。',
  'cli.help.silence-snooze':
    'arcwarden silence snooze CREDENTIAL --until INSTANT --reason TEXT\n    指定した日時まで、資格情報の通知を止めます。資格情報は ID、ID の先頭 8 桁以上、または名前で指定します。',
  'cli.help.silence-acknowledge':
    'arcwarden silence acknowledge CREDENTIAL --until INSTANT --reason TEXT\n    「silence snooze」と同じですが、状態が現在より悪化した場合は通知します。',
  'cli.help.silence-remove': 'arcwarden silence remove CREDENTIAL\n    資格情報の通知を再開します。',
} satisfies Record<keyof typeof english, string>;
