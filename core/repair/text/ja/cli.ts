import type english from '../en/cli.ts';

/** `arcwarden repair` の出力。 */
export default {
  'cli.repair.none':
    '把握している障害に当てはまりません。テキストが途中で切れている可能性があります。前後も含めるか、docs/repair.md の質問を順に確認してください。',
  'cli.repair.cause': '{failure}  {title}  ({confidence}%)',
  'cli.repair.for': '根拠: {text}',
  'cli.repair.against': '反証: {text}',
  'cli.repair.check': '簡単な確認: {command}',
  'cli.repair.check-between': '{one} と {other} の区別: {command}',
  'cli.repair.remedy': '対処:',
  'cli.repair.step': '{number}. {text}',
  'cli.repair.step-only': '{number}. {only}: {text}',
  'cli.repair.backup': '実行前: {command}',
  'cli.repair.dispute': '情報源が食い違っています: {text}',
  'cli.repair.elsewhere': '{line} 行目、この製品の証明書の問題ではありません: {text}',
  'cli.repair.elsewhere-inventory': '{roles}、証明書の問題ではありません: {text}',
  'cli.repair.problem': '{at} 文字目 ({severity}): {text}',
  'cli.repair.instead': '代わりに: {suggestion}',
  'cli.repair.not-judged': 'カタログにあるコマンドが含まれていないため、書式だけを確認しました。',
  'cli.repair.right': '問題はありません。',
  'cli.repair.plan-state': '障害の指定がなく、該当するものもありません。期限切れの資格情報をもとに計画を作成します。',
  'cli.repair.plan-cause': '{failure}  {title}',
  'cli.repair.plan-cause-of': '{failure}  {title} ({cluster})',
  'cli.usage.not-a-text': '「{path}」はテキストではありません。',
  'cli.usage.no-evidence': 'ファイル、標準入力を示す「-」、または {options} を指定してください。',
  'cli.help.repair-diagnose':
    'arcwarden repair diagnose [FILE] [--cluster NAME] [OPTION...]\n    エラー文、ログ、コンソール出力に当てはまる原因を、可能性の高い順に表示します。それぞれの根拠と反証、区別するコマンド、\n    対処も示します。FILE に「-」を指定するか省略すると、標準入力を読み取ります。原因が見つかると終了コード 1 です。\n    --cluster NAME           このクラスターとホストについて、インベントリの内容も判断に使う\n    --inventory PATH...      インベントリをこれらのファイルから読み取る (既定: データ フォルダー)\n    --off-since INSTANT      この日時からクラスターが停止している\n    --build VERSION          Get-AksHciVersion の表示\n    --other-user             インストールした Windows ユーザーではない\n    --json は、原因ごとの failure、confidence、evidence、missingCheck のリストを出力します。',
  'cli.help.repair-plan':
    'arcwarden repair plan [FILE...|-] [--cluster NAME] [--failure ID] [OPTION...]\n    ホストとクラスターを修復する手順を、順番どおりに示します。手順ごとに、実行場所、理由、リスク、実行後の確認、元に戻す方法を示します。\n    FILE はエラー、ログ、コンソールの出力で、そこから原因を特定します。「-」は標準入力です。FILE も --failure も指定しない場合は、\n    インベントリだけで判断します。修復が必要な場合は終了コード 1 です。\n    --cluster NAME           このクラスターとそのホストだけを対象にします (名前または ID、複数指定可)\n    --failure ID             この障害を対象にします (F07 など、複数指定可)\n    --inventory PATH...      資格情報をこれらのファイルから読みます。既定はデータ フォルダーです\n    --deployment NAME        デプロイが複数ある場合に、対象を指定します\n    --off-since INSTANT      この時刻からクラスターが停止していることを伝えます\n    --build VERSION          Get-AksHciVersion が表示するビルド\n    --other-user             インストールした Windows ユーザーとは別のユーザーであることを伝えます\n    --out FILE               計画を保存します (Windows PowerShell 用の .ps1、.md、.html)\n    --json は plan、causes、findings を出力します。',
  'cli.help.repair-check-command':
    'arcwarden repair check-command "COMMAND" [--build VERSION]\n    実行前にコマンドの問題点を表示します。入力ミス、不足または併用できないパラメーター、別の層やビルドのコマンドレット、\n    ワープロのダッシュや引用符など。エラーまたは警告があると終了コード 1 です。\n    --build VERSION          デプロイのビルド (Get-AksHciVersion の表示)\n    --json は ok と problems (code、severity、at、message、suggestion) を出力します。',
} satisfies Record<keyof typeof english, string>;
