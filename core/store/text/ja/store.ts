import type english from '../en/store.ts';

export default {
  'finding.store.checksum-differs':
    '{file} は Arcwarden が書き込んだ内容と一致しません。トークンの期限や名前などが変わっています。正常な以前のコピーがないため、そのまま読み取りました。',
  'finding.store.checksum-differs.remedy':
    '自分で変更した場合は、末尾の sha256 フィールドを削除してください。そうでない場合は、バックアップからファイルを戻すか、クラスターを管理対象から外し、ファイルをもう一度インポートしてください。設定ファイルの場合は、設定を確認してください。',
  'finding.store.damaged-restored':
    '{setAside, select, none {ファイル {file} が見つかりませんでした。} other {ファイル {file} が壊れていたため、{setAside} として退避しました。}}1 つ前の控えを使っています。最後の変更が失われている可能性があります。',
  'finding.store.damaged-restored.remedy': '最後に変更した分のファイルを、もう一度インポートしてください。',
  'finding.store.damaged-lost':
    '{setAside, select, none {クラスター {cluster} のファイル {file} がありません。} other {クラスター {cluster} のファイル {file} が壊れていたため、{setAside} として退避しました。}}使える控えはありません。',
  'finding.store.damaged-lost.remedy':
    'このクラスターのファイルをもう一度インポートするか、Arcwarden を終了してからバックアップのファイルを戻してください。',
  'finding.store.newer-file':
    'クラスター {cluster} のファイル {file} は、新しいバージョンで書かれています (形式 {schema})。変更せずに残しました。',
  'finding.store.newer-file.remedy': 'Arcwarden を更新してください。それまで、このクラスターは表示も変更もされません。',
  'finding.store.unreadable-file': 'クラスター {cluster} のファイル {file} を読み取れません。変更せずに残しました。',
  'finding.store.unreadable-file.remedy':
    'ファイルのアクセス許可と、ほかのプログラムが使用していないことを確認し、Arcwarden を再起動してください。',
  'finding.store.entry-unreadable':
    'クラスター {cluster} の項目を読み取れません ({entry}: {reason})。項目はそのまま残し、ほかはすべて読み込みました。',
  'finding.store.entry-unreadable.remedy': '元のファイルをもう一度インポートしてください。新しい項目に置き換わります。',
  'finding.store.index-rebuilt':
    '{setAside, select, none {一覧の索引がなかったため、} other {一覧の索引が壊れていたため {setAside} として退避し、}}クラスターから作り直しました。',
  'finding.store.index-rebuilt.remedy': '対応は不要です。クラスターの並び順と最終インポート日時は、新しく始まります。',
  'finding.store.revocation-restored':
    '{setAside, select, none {失効のファイル {file} がありませんでした。} other {失効のファイル {file} が壊れていたため、{setAside} として退避しました。}}前回のコピーを使用しています。最後の変更が失われている可能性があります。',
  'finding.store.revocation-restored.remedy':
    '失効の内容を確認してください。ファイルに保存してある場合は、読み直すこともできます。',
  'finding.store.revocation-lost':
    '失効のファイル {file} が壊れていたため、{setAside} として退避しました。使用できるコピーはありません。',
  'finding.store.revocation-lost.remedy':
    '保存したマニフェストを開き直すか、Arcwarden を終了した状態でバックアップからファイルを復元してください。',
  'finding.store.revocation-newer':
    '失効のファイル {file} は、より新しいバージョンで書き込まれています (形式 {schema})。そのままにしてあります。',
  'finding.store.revocation-newer.remedy': 'Arcwarden を更新してください。それまで、この失効は表示も変更もされません。',
  'finding.store.revocation-unreadable': '失効のファイル {file} を読み取れません。そのままにしてあります。',
  'finding.store.revocation-unreadable.remedy':
    'ファイルのアクセス許可と、ほかのプログラムがファイルを開いていないことを確認してから、Arcwarden を再起動してください。',
  'finding.store.run-restored':
    '実行のファイル {file} が破損しているか、なくなっています。表示しているのは 1 つ前のコピー {file}.previous です。そのとき実行中だった手順がどう終わったかは不明です。',
  'finding.store.run-restored.remedy':
    'ファイルは置き換えていません。1 つ前のコピーで続けるには、実行を再開して、確認に同意してください。不明な手順は、やり直す前に確認されます。',
  'finding.store.run-lost':
    '実行のファイル {file} が破損しており、使用できるコピーもありません。そのままにしてあります。',
  'finding.store.run-lost.remedy': '計画を作り直してください。どこまで済んでいるかは、各手順の確認でわかります。',
  'finding.store.run-newer':
    '実行のファイル {file} は、より新しいバージョンで書き込まれています (形式 {schema})。そのままにしてあります。',
  'finding.store.run-newer.remedy': 'Arcwarden を更新してください。それまで、この実行は再開できません。',
  'finding.store.run-unreadable': '実行のファイル {file} を読み取れません。そのままにしてあります。',
  'finding.store.run-unreadable.remedy':
    'ファイルのアクセス許可と、ほかのプログラムがファイルを開いていないことを確認してから、もう一度試してください。',
  'finding.store.settings-reset':
    '{settings, select, all {設定を読み取れなかったため、すべて既定値に戻しました。} other {使用できない設定を既定値に戻しました: {settings}。}}',
  'finding.store.settings-reset.remedy': '設定画面で選び直してください。',
} satisfies Record<keyof typeof english, string>;
