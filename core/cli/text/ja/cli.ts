import type english from '../en/cli.ts';

export default {
  'cli.board.empty': '資格情報がありません。次のコマンドでインポートできます: {command}',
  'cli.import.summary':
    '{files, number} 個のファイルを読み取りました: 追加 {added, number}、更新 {renewed, number}、変更なし {unchanged, number}、登録済みより古いもの {superseded, number}、検出事項 {findings, number}',
  'cli.import.more-questions':
    'ほかに {count, number} 個のクラスターの名前も確実ではありません。各クラスターの名前の根拠と ID は次のコマンドで確認できます:',
  'cli.forget.done': '「{name}」と資格情報 {count, number} 件を一覧から削除しました。',
  'cli.cluster-unchecked': 'インベントリがないため、名前「{cluster}」は確認していません。',
  'cli.placeholder.kind': '<KIND>',
  'cli.placeholder.name': '<NAME>',
  'cli.written': '{rows, number} 行を「{path}」に書き込みました。',
  'cli.usage.unknown-verb': '「{verb}」という arcwarden コマンドはありません。',
  'cli.usage.renamed-verb': '「arcwarden {verb}」は「arcwarden {present}」に変わりました。',
  'cli.parts-missing':
    'Arcwarden を起動できません。arcwarden.cjs と同じ場所にあるはずのフォルダー「arcwarden」がありません。両方をコピーしてください。',
  'cli.usage.unknown-option': 'オプション {option} はここでは使用できません。',
  'cli.usage.missing-value': 'オプション {option} の値が不足しているか、値を取らないオプションに値が指定されています。',
  'cli.usage.open-quote':
    '閉じる引用符の直前にバックスラッシュ (\\) があるため、「{text}」全体が 1 つの引数になりました。末尾の \\ を付けずに "{path}" と指定してください。',
  'cli.standard-output': '標準出力',
  'cli.output-failed': '標準出力に書き込めませんでした ({reason})。出力は途中で切れています。',
  'cli.usage.no-standard-output':
    '「arcwarden {verb}」は標準出力には出力できません。{option} にはファイル名を指定してください。',
  'cli.usage.one-output': '{option} - と {other} はどちらも標準出力に出力するため、同時に指定できません。',
  'cli.usage.missing-paths': '「arcwarden {verb}」にはファイルまたはフォルダーを 1 つ以上指定してください。',
  'cli.forget.before': '「{name}」はすでに一覧から削除されています。',
  'cli.usage.missing-cluster': '「arcwarden inventory forget」にはクラスターの名前または ID を 1 つ指定してください。',
  'cli.usage.one-format': '--json、--csv、--html は同時に指定できません。',
  'cli.usage.see-help': 'コマンドとオプションの一覧は「arcwarden --help」で確認できます。',
  'cli.help.head':
    'arcwarden COMMAND [OPTION...]\n\nAKS enabled by Azure Arc の証明書とトークンをコマンド ラインで扱います。\n終了コード: 0 問題なし、1 対応が必要、2 使い方または入力の誤り、3 内部エラー',
  'cli.help.inspect':
    'arcwarden inspect PATH...\n    ファイルの内容を表示します (保存はしません)。フォルダーは再帰的に読み取ります。\n    --json を付けると、レコードと検出事項を 1 つの JSON 文書で出力します。\n    --passphrase-file FILE  PFX ファイルのパスワード。省略すると、端末でファイルごとに入力を求めます',
  'cli.help.inventory-import':
    'arcwarden inventory import PATH...\n    ファイルやフォルダー (再帰的) をインベントリにインポートします。\n    --json を付けると、インポート結果を JSON で出力します。\n    --passphrase-file FILE  PFX ファイルのパスワード。省略すると、端末でファイルごとに入力を求めます',
  'cli.places.next': '次のコマンドでインポートできます: {command}',
  'cli.places.none':
    'このコンピューターの既知の場所には、何もありません。別の場所のファイルは、次のコマンドでインポートできます: {command}',
  'cli.places.column.file': 'ファイル',
  'cli.places.column.path': 'パス',
  'cli.places.column.source': '出典',
  'cli.help.inventory-places':
    'arcwarden inventory places\n    このコンピューターで、ファイルが通常保存される場所と、そこに存在するかどうかを一覧で示します。中身は読み取りません。',
  'cli.help.inventory-list':
    'arcwarden inventory list [PATH...]\n    インベントリ、または指定したファイルだけの有効期限一覧を表示します。\n    --json | --csv | --html   表の代わりにその形式で出力します\n    --out FILE                標準出力の代わりにファイルへ書き込みます\n    --state STATE             指定した状態だけを表示します (複数指定可)\n    --layer LAYER             moc、kubernetes、workstation のいずれかだけを表示します\n    --search TEXT             すべての語を含む行だけを表示します\n    --sort COLUMN             state、cluster、layer、role、name、issuer、expires、left で並べ替えます\n    --descending              逆順にします',
  'cli.column.credentials': '資格情報',
  'cli.column.id': 'ID',
  'cli.inventory.last-import':
    '{imported, select, never {まだ何もインポートされていません。} other {最後のインポート: {at}}}',
  'cli.help.inventory-clusters':
    'arcwarden inventory clusters\n    インベントリのクラスターと資格情報の数、最後にインポートした日時を一覧表示します。',
  'cli.help.inventory-forget':
    'arcwarden inventory forget CLUSTER\n    指定したクラスター (名前または ID) をインベントリから削除します。',
  'cli.help.global':
    'すべてのコマンドに共通のオプション:\n    --data DIR       データ フォルダー (既定: アプリケーション データのフォルダー)\n    --now INSTANT    判定の基準時刻 (例: 2026-11-24T09:00:00Z)\n    --json           標準出力に JSON 文書を 1 つ出力し、通知は標準エラーに出力します\n    --lang en|ja     出力の言語\n    --help           ヘルプを表示します\n    --version        バージョンを表示します',
} satisfies Record<keyof typeof english, string>;
