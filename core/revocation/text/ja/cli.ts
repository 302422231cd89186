import type english from '../en/cli.ts';

export default {
  'cli.revocation.linted':
    'オブジェクト {objects, number} 件: エラー {errors, number} 件、警告 {warnings, number} 件、注意 {notices, number} 件。',
  'cli.revocation.counts':
    '一致 {count, number} 件、可能性あり {possible} 件、対象外 {exempt} 件、今後発行されるもの {future} 件',
  'cli.revocation.match': '{cluster}: {title} {name} ({why})',
  'cli.revocation.guarded': 'マニフェストを書き込む前に確認が必要な項目:',
  'cli.problem.revocation.not-understood.remedy':
    '意図どおりであれば、次の語句をそのまま指定してください。--i-understand "{phrase}"',
  'cli.revocation.phrase': '確認するには次を指定してください。--i-understand "{phrase}"',
  'cli.revocation.plan': '手順:',
  'cli.revocation.written': '「{path}」と、元に戻すための「{undo}」を書き込みました。',
  'cli.revocation.reading':
    '{form}:{value} は 16 進数の {serial} で、一致する既知の証明書: {count, plural, =0 {なし} =1 {{name}} other {# 件}}。',
  'cli.revocation.dry-run': '{cluster} のコピーでのドライ ラン ({from} から {until} まで):',
  'cli.revocation.step.apply': '{at}  適用',
  'cli.revocation.step.repair': '{at}  修復',
  'cli.revocation.step.hour': '{at} まで',
  'cli.revocation.step.hours': '{at} までの {count} 回 (1 時間ごと)',
  'cli.revocation.renewed': '更新 {count} 件: {names}',
  'cli.revocation.refused': '拒否 {count, number} 件: {names}',
  'cli.revocation.expired': '期限切れ {count} 件: {names}',
  'cli.revocation.end-up': '最後の時点で API サーバーは応答しています。',
  'cli.revocation.end-down': '最後の時点で応答する API サーバーはありません。',
  'cli.revocation.assumed': '前提:',
  'cli.revocation.usage.hours': '1 から {most, number} までの時間数 (整数)',
  'cli.revocation.none': '作業中の失効も、読み込まれた RenewRevocation オブジェクトもありません。',
  'cli.revocation.column.where': 'ドキュメントまたはクラスター',
  'cli.revocation.column.entries': 'エントリ',
  'cli.revocation.worked-on':
    '作業中 ({at}){file, select, none {、未保存} same {、{path} に保存済み} changed {、{path} は他で変更されています} gone {、{path} が見つかりません} other {、{path} を読み取れません}}',
  'cli.revocation.was-read': 'インポート済み、{force, select, yes {有効} other {無効として記録}}',
  'cli.revocation.discarded': '{name} を破棄しました。ファイルがある場合、ファイルは残ります。',
  'cli.revocation.marked':
    '{cluster} の {name} を{force, select, yes {再び有効なもの} other {すでに無効なもの}}として扱います。',
  'cli.usage.several-revocations': '「{name}」という失効が複数あります: {choices}。どれを指すか指定してください。',
  'cli.usage.discard-not-confirmed': '破棄するとテキストは元に戻せません。実行するには --yes を付けてください。',
  'cli.help.revocation-list':
    'arcwarden revocation list\n    コンソールで作業中の失効と、インポートで読み込まれた RenewRevocation オブジェクトを一覧表示します。',
  'cli.help.revocation-show':
    'arcwarden revocation show NAME [--cluster NAME]\n    作業中の失効 (ID または含まれるオブジェクトの名前)、またはインポートで読み込まれたオブジェクト (NAME または\n    NAMESPACE/NAME) のマニフェストを出力します。\n    --cluster NAME           このクラスター (名前または ID) で読み込まれたオブジェクト',
  'cli.help.revocation-discard':
    'arcwarden revocation discard DOCUMENT --yes\n    作業中の失効を破棄します。ID または含まれるオブジェクトの名前で指定します。ファイルは残ります。',
  'cli.help.revocation-mark-inactive':
    'arcwarden revocation mark-inactive NAME [--cluster NAME]\n    インポートで読み込まれたオブジェクトがすでに無効であることを記録し、予測の対象から外します。\n    --cluster NAME           このクラスター (名前または ID) のオブジェクト',
  'cli.help.revocation-mark-active':
    'arcwarden revocation mark-active NAME [--cluster NAME]\n    インポートで読み込まれたオブジェクトが再び有効であることを記録します。\n    --cluster NAME           このクラスター (名前または ID) のオブジェクト',
  'cli.usage.stray-word': '「{word}」は {option} を指定した場合にだけ使用できます。',
  'cli.usage.no-entries': 'ファイルか、{options} のいずれかを指定してください。',
  'cli.usage.one-object': '「{path}」には RenewRevocation オブジェクトが 1 つだけ必要ですが、{count} 件あります。',
  'cli.usage.one-cluster': '--cluster でクラスターを 1 つ指定してください。把握しているクラスター: {clusters}。',
  'cli.usage.serial-ambiguous':
    'シリアル番号「{value}」は複数の読み方ができます。{readings}どの読み方かを指定してください。',
  'cli.usage.certificate-unknown':
    '「{id}」はインベントリの 1 つの証明書の ID に対応しないか、{shortest} 桁より短い値です。',
  'cli.help.revocation-lint':
    'arcwarden revocation lint FILE [--inventory PATH...]\n    RenewRevocation マニフェストの問題を、行ごとに根拠とともに表示します。エラーがあると終了コードは 1 です。\n    --inventory PATH...      指定したファイルの証明書と照合します (既定: データ フォルダー)\n    --i-understand PHRASE    確認すれば続行できるエラーを了承します\n    --json では、rule、severity、line、column、message、citation を持つ要素のリストを出力します。',
  'cli.help.revocation-preview':
    'arcwarden revocation preview FILE [--inventory PATH...]\n    各エントリに一致する証明書、今後一致する証明書、影響、手順を表示します。\n    --inventory PATH...      指定したファイルの証明書と照合します (既定: データ フォルダー)\n    --cluster NAME           名前または ID で指定したクラスターだけ (複数指定可)\n    --kubeconfig FILE        使用中の kubeconfig。コマンドの表示にも使われます\n    --i-understand PHRASE    「確認が必要な項目」で示された語句。指定しないと終了コードは 1 です',
  'cli.help.revocation-build':
    'arcwarden revocation build [FILE] [OPTION...]\n    オプションから、または 1 つのオブジェクトを含むファイルから、公開されている表記と順序でマニフェストを作成します。\n    --out FILE               ファイルに書き込み、元に戻すためのファイルと監査証跡の行も作成します\n    --name NAME, --description TEXT\n    --serial NUMBER          ツールが表示する任意の形式。読み方は先頭に hex:、decimal:、reversed: を付けて指定できます\n    --credential ID          インベントリの証明書。ID またはその先頭の桁で指定します\n    --group, --dns, --ip     いずれも複数指定できます\n    --not-before INSTANT     上のすべてのエントリに適用する日時。now も指定できます。シリアル番号の場合は対象が狭まるだけです\n    --serial-spelling WORD   serialnumber (公開されている表記) または SerialNumber。既定値はデータ フォルダーの設定\n    --inventory PATH...、--cluster NAME、--kubeconfig FILE、--i-understand PHRASE   preview と同じ',
  'cli.help.revocation-dry-run':
    'arcwarden revocation dry-run FILE [--cluster NAME] [--inventory PATH...]\n    クラスターのコピーにオブジェクトを適用し、更新と拒否を 1 時間ごとに追い、修復で元に戻るかどうかを示します。\n    元に戻らない場合や、最後に API サーバーが応答しない場合、終了コードは 1 です。\n    --cluster NAME           複数のクラスターがある場合の対象\n    --hours N                追跡する時間数 (既定 120)\n    --without-repair         修復を行いません\n    --inventory PATH...      preview と同じ',
} satisfies Record<keyof typeof english, string>;
