import type english from '../en/bundle.ts';

export default {
  'bundle.sample': '練習用のデータです。実在のクラスターに関するものは含まれていません。',
  'bundle.made': '{date} に Arcwarden で作成',
  'bundle.object': '{name} (名前空間 {namespace})、エントリ {count, number} 件',
  'bundle.matched': 'このマニフェストは、把握している証明書 {known, number} 件のうち {matched, number} 件に一致します',
  'bundle.more': 'ほか {rest, number} 件',
  'bundle.line': '{line, number} 行目',
  'bundle.confirmed': '確認した内容',
  'bundle.confirmed.phrase': '作成前に入力された語句:',
  'bundle.confirmed.none': '確認が必要なことはありませんでした。',
  'bundle.exposure': '一致する証明書は、{until} (作成から {span}後) まで受け入れられる可能性があります。',
  'bundle.how': '手順の進め方',
  'bundle.steps.lead':
    'コマンドは PowerShell 用です。バンドルのファイルを展開したフォルダーで実行してください。{script} を使うと、1 手順ずつ進められます。最初に {verifier} を実行してください。山かっこの部分は置き換えてください。',

  'bundle.plan.title': 'RenewRevocation マニフェストの復旧手順',

  'bundle.impact.title': 'RenewRevocation マニフェストの影響',
  'bundle.impact.object': 'オブジェクト',
  'bundle.impact.in': '対象のクラスター:',
  'bundle.impact.clusters': 'クラスター別: 把握している証明書のうち失効するもの',
  'bundle.impact.certificates': '証明書',
  'bundle.impact.issued': '発行日時 (UTC)',
  'bundle.impact.at': '発行予定 (UTC)',
  'bundle.impact.replaced': '置き換えられる証明書',
  'bundle.impact.findings': 'マニフェストについての指摘',
  'bundle.impact.all':
    '件数はすべてを数えたものです。長い一覧は途中までを示します。プログラム用の {file} には、より多くの項目があります。',

  'bundle.verify.title':
    'このフォルダーのすべてのファイルを SHA256SUMS と照合します。破損や不用意な変更を検出します。ファイルとチェックサムを一緒に書き換えた場合は、バンドル全体の SHA-256 でしか検出できません。',
  'bundle.verify.codes':
    '終了コード 0: 作成時のまま、1: 変更、不足、追加あり、2: チェックサムの一覧を読み取り不可。オプション: -Language en|ja。',
  'bundle.verify.same': '作成時のまま  {file}',
  'bundle.verify.changed': '変更あり  {file}',
  'bundle.verify.missing': 'ファイルなし  {file}',
  'bundle.verify.unlisted': '一覧にないファイル  {file}',
  'bundle.verify.fine': '{count} 個のファイルはすべて作成時のままです。',
  'bundle.verify.not-fine': 'バンドルは作成時のままではありません (問題 {count} 件)。使用せず、取得し直してください。',
  'bundle.verify.no-sums': '{file} がありません。バンドル全体を展開してください。',
  'bundle.verify.bad-sums': '{file} の {line} 行目を読み取れません。バンドルを取得し直してください。',

  'bundle.readme.title': 'RenewRevocation マニフェストのオフライン バンドル ({date} に Arcwarden で作成)',
  'bundle.readme.manifest': '{manifest}: マニフェスト。{undo}: 元に戻すためのマニフェスト。',
  'bundle.readme.recovery': '{script}: 復旧手順を 1 つずつ進めるスクリプト。{text}: 同じ内容の文書。',
  'bundle.readme.impact': '{page}: マニフェストの影響。{json}: 同じ内容 (プログラム用)。',
  'bundle.readme.sums': '{sums}、{script}: 各ファイルが作成時のままかを確認するためのもの。',
  'bundle.readme.compare': 'アーカイブの SHA-256 を、アーカイブとは別の経路で受け取った値と比べます: {command}',
  'bundle.readme.unpack':
    '値が一致した場合だけ、ダウンロードしたファイルの印を外してから、空のフォルダーに展開します: {command}',
  'bundle.readme.verify': 'ファイルを検証します: {command}',
  'bundle.readme.run': '手順を進めます。最初は何も実行せずに確認し、次に -WhatIf を外して実行します: {command}',
  'bundle.readme.limits':
    'スクリプトは Windows PowerShell 5.1 用で、署名されていません。チェックサムで検出できるのは破損と不用意な変更です。ファイルとチェックサムを一緒に書き換えた場合は、アーカイブの SHA-256 でしか検出できません。',

  'finding.zip.not-a-zip': 'ZIP アーカイブではありません。',
  'finding.zip.not-a-zip.remedy': '展開せず、エクスポートしたままのファイルを指定してください。',
  'finding.zip.too-large': 'アーカイブが {limitMiB, number} MiB を超えています。',
  'finding.zip.too-large.remedy': 'バンドルはこれほど大きくなりません。正しいファイルかを確認してください。',
  'finding.zip.too-many-entries': 'アーカイブに {limit, number} 個を超えるファイルがあります。',
  'finding.zip.too-many-entries.remedy': 'バンドルではありえません。正しいファイルかを確認してください。',
  'finding.zip.content-too-large': 'アーカイブは、展開すると {limitMiB, number} MiB を超えます。',
  'finding.zip.content-too-large.remedy': '展開していません。取得し直し、誰が作成したかを確認してください。',
  'finding.zip.not-supported':
    '{feature, select, encryption {アーカイブは暗号化されています。} split {アーカイブは分割されたものの一部です。} other {アーカイブで {feature} が使われていますが、ここでは読み取れません。}}',
  'finding.zip.not-supported.remedy':
    'バンドルは通常のアーカイブです。エクスポートしたままのものを取得するか、展開して verify.ps1 を実行してください。',
  'finding.zip.unsafe-name': 'アーカイブに、展開先のフォルダーの外に書き込まれるおそれのある名前「{name}」があります。',
  'finding.zip.unsafe-name.remedy': '展開しないでください。取得し直し、誰が作成したかを確認してください。',
  'finding.zip.duplicate-name': 'アーカイブに「{name}」という名前が 2 つあります。',
  'finding.zip.duplicate-name.remedy':
    '展開しないでください。どちらが展開されるかはプログラムによって異なります。取得し直してください。',
  'finding.zip.damaged':
    'アーカイブが破損しています。{part, select, end {末尾が欠けているか、余分なデータがあります。} directory {ファイルの一覧に矛盾があります。} header {ファイルについての記述が 2 か所で異なります。} overlap {複数のファイルが同じバイトを使っています。} checksum {ファイルの内容がチェックサムと一致しません。} other {ファイルを展開できません。}}',
  'finding.zip.damaged.remedy': '取得し直してください。',

  'finding.bundle.changed': 'ファイルの内容が SHA256SUMS と一致しません。',
  'finding.bundle.changed.remedy': 'バンドルを使用せず、取得し直してください。',
  'finding.bundle.missing': 'バンドルに必要なファイル、または一覧にあるファイルがありません。',
  'finding.bundle.missing.remedy': 'バンドルを使用せず、取得し直してください。',
  'finding.bundle.unlisted': 'ファイルが SHA256SUMS の一覧にありません。',
  'finding.bundle.unlisted.remedy':
    'ファイルが追加されたか、一覧から削除されています。バンドルを使用せず、取得し直してください。',
  'finding.bundle.sums-unreadable': 'SHA256SUMS を読み取れません。',
  'finding.bundle.sums-unreadable.remedy': 'バンドルを使用せず、取得し直してください。',
  'finding.bundle.repacked':
    'アーカイブは作成時とバイト単位で一致しません。{offset, number} バイト目から、同じファイルから Arcwarden が作成するものと異なります。',
  'finding.bundle.repacked.remedy':
    '別のプログラムで圧縮し直されたか、ファイル以外の部分が変更されています。エクスポートしたままのアーカイブを受け取ってください。',
  'finding.bundle.impact-unreadable': 'impact.json がバンドルのレポートではありません。',
  'finding.bundle.impact-unreadable.remedy':
    'バンドルを取得し直してください。新しいバージョンの Arcwarden で作成したものは、そのバージョンで検証してください。',
  'finding.bundle.other-manifest': 'manifest.yaml が、impact.json に記録されているマニフェストと異なります。',
  'finding.bundle.other-manifest.remedy':
    'ファイルとチェックサムが一緒に変更されています。確認された内容と適用される内容が異なります。バンドルを使用せず、誰が作成したかを確認してください。',
  'finding.bundle.not-confirmed':
    'manifest.yaml には「{phrase}」という確認が必要ですが、impact.json に記録されている入力と異なります。',
  'finding.bundle.not-confirmed.remedy': 'マニフェストを Arcwarden で開いて確認し、もう一度エクスポートしてください。',
  'finding.bundle.not-sound':
    'このバージョンの Arcwarden の規則では、manifest.yaml に承認では済ませられないエラーがあります。',
  'finding.bundle.not-sound.remedy': 'マニフェストを Arcwarden で開いて修正し、もう一度エクスポートしてください。',

  'cli.bundle.saved': '「{path}」に書き込みました ({bytes, number} バイト)。',
  'cli.bundle.sha256': 'SHA-256 {sha256}\n受け取る側で比べられるように、アーカイブとは別の経路で伝えてください。',
  'cli.bundle.ok': 'バンドルはバイト単位で作成時のままです。',
  'cli.bundle.not-ok': 'バンドルは作成時のままではありません。使用しないでください。',
  'cli.bundle.compare':
    'この SHA-256 を、別の経路で受け取った値と比べてください。アーカイブの中のチェックサムは、一緒に書き換えられた場合には役に立ちません。',
  'cli.bundle.made': '{date} に作成: {objects}。作成時に一致した証明書は {matched, number} 件です。',
  'cli.bundle.confirmed': '確認の語句: 「{phrase}」',
  'cli.bundle.state.same': '作成時のまま',
  'cli.bundle.state.changed': '変更あり',
  'cli.bundle.state.missing': 'なし',
  'cli.bundle.state.unlisted': '一覧になし',
  'cli.help.revocation-bundle':
    'arcwarden revocation bundle FILE --out ZIP [--inventory PATH...]\n    ネットワークのないホスト用のアーカイブを作成します。マニフェスト (そのまま)、元に戻すためのマニフェスト、復旧手順の\n    スクリプトと文書、影響のレポート、チェックサム、検証用のスクリプトを含みます。同じ入力からは同じバイト列ができます。\n    --out ZIP                書き込み先。監査証跡にも記録します\n    --inventory PATH...      これらのファイルの証明書で判定します。既定: データ フォルダーの証明書\n    --cluster NAME           このクラスターだけを対象にします (名前または ID、複数指定可)\n    --kubeconfig FILE        コマンドで使う kubeconfig\n    --i-understand PHRASE    影響を確認したことを示す語句。preview が表示します',
  'cli.help.revocation-verify-bundle':
    'arcwarden revocation verify-bundle ZIP\n    オフライン バンドルがバイト単位で作成時のままか、マニフェストがレポートのものと一致するかを検証します。\n    一致しない場合は終了コード 1 です。別の経路で受け取った値と比べるための、アーカイブの SHA-256 を表示します。',
} satisfies Record<keyof typeof english, string>;
