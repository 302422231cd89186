import type english from '../en/keeping.ts';

export default {
  'problem.passphrase.too-short': 'パスフレーズが短すぎます。',
  'problem.passphrase.too-short.remedy':
    '{minimum} 文字以上にしてください。単語をいくつか並べると覚えやすくなります。文字の種類に決まりはありません。',
  'problem.passphrase.wrong': 'このパスフレーズでは「{authority}」のキーを開けません。',
  'problem.passphrase.wrong.remedy':
    '大文字と小文字の区別に注意して、もう一度入力してください。間違いなく正しい場合は、keyring.json が意図的に差し替えられています。バックアップから戻してください。忘れたパスフレーズをリセットする方法はありません。',
  'problem.keyring.absent': '「{authority}」にはパスフレーズが設定されていないため、キーは保管されていません。',
  'problem.keyring.absent.remedy': '先に、この認証局のパスフレーズを設定してください。',
  'problem.keyring.exists': '「{authority}」には、すでにパスフレーズが設定されています。',
  'problem.keyring.exists.remedy': '現在のパスフレーズを使って変更してください。',
  'problem.keyring.locked': '「{authority}」のキーはロックされています。',
  'problem.keyring.locked.remedy': 'パスフレーズで認証局のロックを解除してから、やり直してください。',
  'problem.keyring.cost':
    '「{path}」は、Arcwarden が使う範囲を超えるメモリまたは時間を要求しています (scrypt N={n}、r={r}、p={p})。',
  'problem.keyring.cost.remedy':
    'パスフレーズは試していません。Arcwarden のファイルではないか、書き換えられています。バックアップから戻してください。',
  'problem.key-file.missing': 'キー ファイル「{path}」がありません。',
  'problem.key-file.missing.remedy':
    '認証局のフォルダーをバックアップから戻してください。このファイルがなければ、秘密キーは失われます。',
  'problem.key-file.damaged':
    '{damage, select, torn {「{path}」はキー ファイルとして完全ではありません。} changed {「{path}」は壊れています。キー ファイルのチェックサムが一致しません。} other {「{path}」は書き換えられています。キー ファイルのチェックサムは一致しますが、封印された内容と合わないため、偶然の破損ではありません。}}',
  'problem.key-file.damaged.remedy': 'バックアップからファイルを戻してください。ファイルは変更せずに残しました。',
  'problem.key-file.foreign': 'キー ファイル「{path}」は別のキーリングのものか、ファイル名と異なるキーが入っています。',
  'problem.key-file.foreign.remedy':
    'キー ファイルを別の認証局に移したり、名前を変えたりすることはできません。元のファイルを戻してください。',
  'problem.key-file.newer':
    '「{path}」は新しいバージョンの Arcwarden が書き込んだファイルです (バージョン {version}、このプログラムが読めるのは {known} まで)。',
  'problem.key-file.newer.remedy': '新しいバージョンを使ってください。何も変更していません。',
  'problem.authority.unknown': '認証局「{authority}」はありません。',
  'problem.authority.unknown.remedy': '削除された可能性があります。一覧をもう一度確認してください。',
  'problem.authority.damaged': '認証局「{authority}」の記録が壊れているか、ありません (「{path}」)。',
  'problem.authority.damaged.remedy':
    'Arcwarden を終了してから、バックアップのフォルダーを戻してください。キー ファイルは変更せずに残しました。',
  'problem.authority.name-taken': '「{name}」という名前の認証局がすでにあります。',
  'problem.authority.name-taken.remedy': '別の名前にしてください。大文字と小文字は区別されません。',
  'problem.authority.name-invalid': 'この名前は認証局に使えません。',
  'problem.authority.name-invalid.remedy': '1 から {longest} 文字にしてください。改行などの制御文字は使えません。',
  'problem.vault.not-available': 'この環境では OS の保護された保管場所を使えないため、パスフレーズを記憶できません。',
  'problem.vault.not-available.remedy':
    '毎回パスフレーズを入力してください。Linux では GNOME Keyring や KWallet などが動作している必要があります。コマンド ラインでは記憶できません。',

  'finding.authority-file.restored':
    '{setAside, select, none {認証局 {authority} のファイル {file} がないか、壊れています。} other {認証局 {authority} のファイル {file} が壊れていたため、{setAside} として退避しました。}}控えを使っています。',
  'finding.authority-file.restored.remedy':
    'authority.json の場合は、最後に発行した証明書が一覧にあるか確認してください。その後に CRL を作成した可能性があれば、次の CRL の番号を上げてください。',
  'finding.authority-file.lost':
    '{setAside, select, none {認証局 {authority} のファイル {file} がないか、壊れています。} other {認証局 {authority} のファイル {file} が壊れていたため、{setAside} として退避しました。}}使える控えはありません。',
  'finding.authority-file.lost.remedy':
    'Arcwarden を終了してから、認証局のフォルダーをバックアップから戻してください。キー ファイルは変更せずに残しました。',
  'finding.authority-file.newer':
    '認証局 {authority} のファイル {file} は、新しいバージョンで書かれています (形式 {schema})。変更せずに残しました。',
  'finding.authority-file.newer.remedy':
    'Arcwarden を更新してください。それまで、この認証局またはそのキーは使えません。',
  'finding.authority-file.unreadable': '認証局 {authority} のファイル {file} を読み取れません。変更せずに残しました。',
  'finding.authority-file.unreadable.remedy':
    'ファイルのアクセス許可と、ほかのプログラムが使用していないことを確認し、Arcwarden を再起動してください。',
  'finding.authority-file.entry-unreadable':
    '認証局 {authority} の項目を読み取れません ({entry}: {reason})。項目はそのまま残し、ほかはすべて読み込みました。',
  'finding.authority-file.entry-unreadable.remedy':
    'authority.json をバックアップから戻してください。それまで、この項目はどこにも現れません。失効した証明書の場合、今作成する CRL にも載りません。',
  'finding.authority-file.keyring-lost':
    '{setAside, select, none {認証局 {authority} のキーリングがないか、壊れています。} other {認証局 {authority} のキーリングが壊れていたため、{setAside} として退避しました。}}キーリングがなければ、この認証局の秘密キーは読み取れません。',
  'finding.authority-file.keyring-lost.remedy':
    'Arcwarden を終了してから、{file} をバックアップから戻してください。認証局を作成した後の控えであれば、その時点のパスフレーズで使えます。',
  'finding.authority-file.key-missing':
    '認証局 {authority} の秘密キーのうち {count, number} 個のファイルがありません。これらのキーによる署名はできません。',
  'finding.authority-file.key-missing.remedy': 'キー ファイルをバックアップから戻すか、証明書を発行し直してください。',
} satisfies Record<keyof typeof english, string>;
