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
  'finding.container.passphrase-needed':
    'この {format} ファイルはパスワードで保護されているため、{count, plural, =0 {内容を読み取れませんでした} other {暗号化されていない証明書 # 個だけを読み取りました}}。',
  'finding.container.passphrase-needed.remedy':
    '証明書だけを PEM ファイルにエクスポートしてインポートしてください。openssl pkcs12 -in FILE -nokeys -out certificates.pem を実行するとパスワードの入力を求められます。openssl 3 で RC2 のファイルを開くときは、-legacy も付けてください。',
  'finding.container.empty': 'この {format} ファイルには、証明書も秘密キーもありません。',
  'finding.container.empty.remedy': '対処は不要です。証明書が含まれているはずの場合は、エクスポートし直してください。',
} satisfies Record<keyof typeof english, string>;
