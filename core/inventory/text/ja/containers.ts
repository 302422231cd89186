import type english from '../en/containers.ts';

export default {
  'finding.container.damaged': 'この {format} ファイルは壊れているか、途中で切れています。',
  'finding.container.damaged.remedy': '元の場所からバイナリのままコピーし直すか、エクスポートし直してください。',
  'finding.container.not-supported':
    'この {format} ファイルで使われている {feature} には対応していないため、読み取れなかった内容があります。',
  'finding.container.not-supported.remedy':
    '証明書が含まれている場合は、ファイルを作成したプログラムから PEM 形式でエクスポートし、そのファイルをインポートしてください。',
  'finding.container.too-many-entries':
    'この {format} ファイルには {limit} 個を超える項目があるため、途中で読み取りを中止しました。',
  'finding.container.too-many-entries.remedy':
    '証明書のファイルがこのような形になることはありません。ファイルの出所を確認してください。',
  'finding.container.too-costly':
    'この {format} ファイルはキー導出の反復回数が極端に多く、開くのに数分かかる可能性があるため、読み取りを中止しました。',
  'finding.container.too-costly.remedy':
    '開く側に負荷をかけるために作られたファイルの特徴です。出所を信頼できる場合は、通常の設定でエクスポートし直してもらってください。',
  'finding.container.too-costly-together':
    'この {format} ファイルは開きませんでした。キー導出の反復回数が多いファイルが続き、すべてを開くと何時間もかかるためです。',
  'finding.container.too-costly-together.remedy':
    'これらのファイルの出所を確認してください。信頼できる場合は、何回かに分けてインポートしてください。',
  'finding.container.passphrase-needed':
    'この {format} ファイルはパスワードで保護されているため、{count, plural, =0 {内容を読み取れませんでした} other {暗号化されていない証明書 # 個だけを読み取りました}}。',
  'finding.container.passphrase-needed.remedy':
    'パスワードを指定してください。ウィンドウではインポート結果の画面で、コマンド ラインでは --passphrase-file または端末で入力できます。わからない場合は、知っている人に、次のコマンドで証明書だけを PEM ファイルにエクスポートしてもらってください: openssl pkcs12 -in FILE -nokeys -out certificates.pem。',
  'finding.container.passphrase-wrong':
    'パスワードが違うため、この {format} ファイルは開けません。{count, plural, =0 {内容を読み取れませんでした} other {暗号化されていない証明書 # 個だけを読み取りました}}。',
  'finding.container.passphrase-wrong.remedy':
    '大文字と小文字、キーボード配列、末尾の空白を確認してください。パスワードが正しい場合は、パスワードでしか確認できない部分でファイルが壊れているため、元の場所からコピーし直してください。',
  'finding.container.empty': 'この {format} ファイルには、証明書も秘密キーもありません。',
  'finding.container.empty.remedy': '対処は不要です。証明書が含まれているはずの場合は、エクスポートし直してください。',
  'report.locked': 'パスワードで保護されたファイル',
  'report.locked.explain': 'これらのファイルは、内容のすべて、または一部を読み取れませんでした。',
  'report.locked.open': 'パスワードを入力…',
  'report.locked.open-named': '{path} のパスワードを入力…',
  'report.locked.dialog': '{path} を開く',
  'report.locked.dialog.text':
    'パスワードは、証明書の読み取りと秘密キーとの照合に一度だけ使います。パスワードも秘密キーも保存しません。',
  'report.locked.passphrase': 'ファイルのパスワード',
  'report.locked.missing': 'パスワードを入力してください。',
  'report.locked.wrong': 'このパスワードではファイルを開けません。',
  'report.locked.submit': '開いてインポート',
  'report.locked.opening': '開いています…',
} satisfies Record<keyof typeof english, string>;
