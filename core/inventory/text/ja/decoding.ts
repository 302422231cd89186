import type english from '../en/decoding.ts';

const REISSUE = '証明書を再発行してもらってください。';
const REFUSED = 'この証明書を受け付けないプログラムがあります。再発行してもらってください。';
const DAMAGED = '証明書が壊れています。発行者から入手し直してください。';
const NO_CERTIFICATE = 'データが壊れているか、証明書ではありません。入手し直してください。';
const STRICT = '通常は問題ありませんが、厳格なプログラムでは拒否されることがあります。';

export default {
  'finding.der.empty': '証明書として読み取るデータがありません。',
  'finding.der.empty.remedy': 'ファイルを選択し直すか、エクスポートし直してください。',
  'finding.der.truncated':
    '証明書は {length} バイトのはずですが、{available} バイトしかありません。途中で切れています。',
  'finding.der.truncated.remedy': '証明書全体をコピーまたはエクスポートし直してください。',
  'finding.der.overrun': '要素の長さは {length} バイトとされていますが、残りは {available} バイトしかありません。',
  'finding.der.overrun.remedy': DAMAGED,
  'finding.der.missing-element': '必要な要素 ({expected}) がありません。',
  'finding.der.missing-element.remedy': 'X.509 証明書であることを確認し、発行者から入手し直してください。',
  'finding.der.unexpected-tag': '{expected} があるべき位置に {found} があります。',
  'finding.der.unexpected-tag.remedy':
    'PEM テキスト、キー、証明書要求ではなく、DER 形式の X.509 証明書であることを確認してください。',
  'finding.der.high-tag-number': '証明書では使われない 31 以上のタグ番号があります。',
  'finding.der.high-tag-number.remedy': NO_CERTIFICATE,
  'finding.der.indefinite-length': 'DER で禁止されている不定長の要素があります。',
  'finding.der.indefinite-length.remedy': '発行者に DER でエンコードし直してもらってください。',
  'finding.der.length-too-large': '長さが {octets} オクテットで表されています。証明書では必要のない大きさです。',
  'finding.der.length-too-large.remedy': NO_CERTIFICATE,
  'finding.der.non-minimal-length': '長さ {length} が、DER で許される最短の形式で表されていません。',
  'finding.der.non-minimal-length.remedy': REFUSED,
  'finding.der.trailing-bytes': '証明書内の要素の末尾に、どこにも属さない {bytes} バイトがあります。',
  'finding.der.trailing-bytes.remedy': REFUSED,
  'finding.der.trailing-data': '証明書の後ろに {bytes} バイトのデータがあります。',
  'finding.der.trailing-data.remedy': 'ほかの証明書が含まれていないか、改変されていないかを確認してください。',
  'finding.der.boolean-value': '真偽値が {value} と表されています。DER で使えるのは 00 と ff だけです。',
  'finding.der.boolean-value.remedy': '規格に準拠した CA で証明書を再発行してもらってください。',
  'finding.der.empty-integer': '内容のない整数があります。',
  'finding.der.empty-integer.remedy': DAMAGED,
  'finding.der.non-minimal-integer': '整数の先頭に余分なバイトがあります。',
  'finding.der.non-minimal-integer.remedy': REFUSED,
  'finding.der.integer-range': '整数が負の値か、用途に対して大きすぎます。',
  'finding.der.integer-range.remedy': REISSUE,
  'finding.der.bad-oid': 'オブジェクト識別子 (OID) の形式が正しくないか、長すぎます。',
  'finding.der.bad-oid.remedy': DAMAGED,
  'finding.der.bit-string': 'ビット列の埋め草が正しくありません。',
  'finding.der.bit-string.remedy': REFUSED,
  'finding.der.default-encoded': '{field} の既定値が明示されています。DER では禁止されています。',
  'finding.der.default-encoded.remedy': STRICT,
  'finding.der.empty-list': '1 件以上必要なリスト {field} が空です。',
  'finding.der.empty-list.remedy': REISSUE,
  'finding.der.string-invalid': '{type} に、この型の文字として解釈できないバイトがあります。',
  'finding.der.string-invalid.remedy':
    '発行者の記録と名前を照合してください。読み取れない文字は置換文字で表示しています。',
  'finding.der.string-characters': '{type} に、この型では使えない文字があります。',
  'finding.der.string-characters.remedy': '通常は問題ありません。発行者に UTF8String を使ってもらってください。',
  'finding.der.embedded-nul': '名前に NUL 文字が含まれています。ホスト名の偽装に使われる手口です。',
  'finding.der.embedded-nul.remedy': '発行者に確認できるまで、この証明書を信頼しないでください。',
  'finding.der.control-character': '名前に制御文字が含まれています。',
  'finding.der.control-character.remedy':
    '発行者に名前を確認してください。プログラムによって表示が異なることがあります。',
  'finding.der.version': '証明書のバージョンが {version} となっています。存在するのは 1 から 3 までです。',
  'finding.der.version.remedy': REISSUE,
  'finding.der.serial-not-positive': 'シリアル番号がゼロまたは負の値です。',
  'finding.der.serial-not-positive.remedy':
    '古いルート証明書には見られます。それ以外の証明書は、シリアル番号による失効が機能しないおそれがあるため、再発行してもらってください。',
  'finding.der.serial-too-long': 'シリアル番号が {bytes} バイトあります。上限は 20 バイトです。',
  'finding.der.serial-too-long.remedy': '短いシリアル番号で証明書を再発行してもらってください。',
  'finding.der.signature-algorithm-mismatch':
    '署名アルゴリズムが、署名対象の中では {inner}、外側では {outer} となっています。',
  'finding.der.signature-algorithm-mismatch.remedy':
    'この証明書を信頼しないでください。発行者から入手し直してください。',
  'finding.der.empty-issuer': '発行者の名前が空です。',
  'finding.der.empty-issuer.remedy': '名前のある CA で証明書を発行してもらってください。',
  'finding.der.name-value-type': '名前の属性 {attribute} が文字列ではなく {found} です。',
  'finding.der.name-value-type.remedy': REISSUE,
  'finding.der.time-invalid': '「{value}」は実在しない日時か、タイム ゾーンのない日時です。',
  'finding.der.time-invalid.remedy': REISSUE,
  'finding.der.time-form': '日時「{value}」に、RFC 5280 で禁止されている小数や時差が含まれているか、秒がありません。',
  'finding.der.time-form.remedy': 'UTC として読み取りました。証明書を再発行してもらってください。',
  'finding.der.time-type': '{year} 年が GeneralizedTime で表されています。2049 年までは UTCTime を使う必要があります。',
  'finding.der.time-type.remedy': STRICT,
  'finding.der.validity-reversed':
    '終了日時 ({notAfter}) が開始日時 ({notBefore}) より前のため、この証明書が有効になることはありません。',
  'finding.der.validity-reversed.remedy': '証明書を再発行してもらい、CA の時刻を確認してください。',
  'finding.der.public-key': '公開キーが {algorithm} のキーとして正しい形式ではありません。',
  'finding.der.public-key.remedy': '新しいキーで証明書を再発行してもらってください。',
  'finding.der.explicit-curve': '楕円曲線が名前ではなくパラメーターで指定されています。RFC 5480 では禁止されています。',
  'finding.der.explicit-curve.remedy': 'P-256 や P-384 など、名前付きの曲線でキーを作り直してください。',
  'finding.der.extensions-version': '証明書のバージョンが {version} であるのに、拡張領域があります。',
  'finding.der.extensions-version.remedy': 'バージョン 3 の証明書として再発行してもらってください。',
  'finding.der.extension-list': '拡張領域の一覧が壊れています。この位置より後の拡張は読み取っていません。',
  'finding.der.extension-list.remedy': REISSUE,
  'finding.der.malformed-extension': '拡張 {extension} を読み取れませんでした。理由は次の検出事項に示します。',
  'finding.der.malformed-extension.remedy': 'ほかの部分は表示しています。証明書を再発行してもらってください。',
  'finding.der.duplicate-extension': '拡張 {extension} が複数あります。最初の 1 つだけを読み取りました。',
  'finding.der.duplicate-extension.remedy':
    'プログラムによって別の値が使われるおそれがあります。再発行してもらってください。',
  'finding.der.unknown-critical':
    'クリティカルな拡張 {oid} には対応していません。対応していないプログラムは、この証明書を拒否する必要があります。',
  'finding.der.unknown-critical.remedy': 'この証明書を利用する前に、拡張の意味を発行者に確認してください。',
  'finding.der.ip-length': 'IP アドレスが 4 バイトでも 16 バイトでもなく、{bytes} バイトです。',
  'finding.der.ip-length.remedy': '正しいアドレスで証明書を再発行してもらってください。',
  'finding.der.path-length-without-ca': 'CA ではないのに、パス長 ({pathLength}) が指定されています。',
  'finding.der.path-length-without-ca.remedy':
    '末端の証明書であれば害はありません。CA のプロファイルを修正してください。',
  'finding.der.more-findings': 'ほかに {count} 件の検出事項がありますが、省略しました。',
  'finding.der.more-findings.remedy': '証明書がひどく壊れているか、悪意のあるものです。信頼しないでください。',
} satisfies Record<keyof typeof english, string>;
