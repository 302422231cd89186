import type english from '../en/verdicts.ts';

export default {
  'verdict.unreadable': '証明書として読み取れません。',
  'verdict.unreadable.remedy': 'PEM または DER 形式の証明書を選択するか、元の場所からエクスポートし直してください。',
  'verdict.left-out': '証明書として読み取れないため、除外しました。',
  'verdict.left-out.remedy': '取り除くか、元の場所からエクスポートし直してください。',
  'verdict.unknown-issuer': '発行者 {issuer} の証明書が、指定されたものの中にありません。',
  'verdict.unknown-issuer.remedy':
    '中間証明書を追加してください。ルートを信頼できる場合は、そのルート証明書を追加してください。',
  'verdict.untrusted-root': 'チェーンの終端が自己署名証明書で、信頼されたルートに含まれていません。',
  'verdict.untrusted-root.remedy': 'ルートに追加する前に、信頼できる情報源の拇印と照合してください。',
  'verdict.chain-too-long': '{limit} 枚の証明書をたどっても、ルートに到達しませんでした。',
  'verdict.chain-too-long.remedy': '実際のチェーンがこれほど長くなることはありません。証明書の出所を確認してください。',
  'verdict.signature-wrong': '発行者は {issuer} となっていますが、その発行者のキーによる署名ではありません。',
  'verdict.signature-wrong.remedy':
    '改ざんまたは偽造されたか、CA が同じ名前のままキーを替えています。証明書と CA 証明書を入手し直してください。',
  'verdict.signature-unknown': '署名 ({algorithm}) をここでは確認できません。',
  'verdict.signature-unknown.remedy':
    'RSA または ECDSA と SHA-256 以上で再発行してもらうか、別のツールで確認してください。',
  'verdict.not-yet-valid': '{notBefore} になるまで有効ではありません。',
  'verdict.not-yet-valid.remedy':
    'CA とこのコンピューターの時刻を見比べてください。MOC は有効期間の開始を過去にずらしません。',
  'verdict.expired': '{notAfter} に有効期限が切れています。',
  'verdict.expired.remedy': '更新するか、再発行してもらってください。',
  'verdict.malformed': '形式の規則に反しているため ({finding})、用途やキーについての記載を信用できません。',
  'verdict.malformed.remedy': '再発行してもらってください。該当箇所は証明書の詳細で確認できます。',
  'verdict.critical-extension': 'クリティカルな拡張 {extension} がありますが、ここでは処理していません。',
  'verdict.critical-extension.remedy':
    'クリティカルな拡張を処理できない場合は、証明書を拒否する必要があります。拡張の目的を発行者に確認してください。',
  'verdict.weak-key': 'キー ({algorithm}、{bits} ビット) の強度が不足しています。{minimum} ビット以上が必要です。',
  'verdict.weak-key.remedy': 'より強いキーで再発行してもらってください。',
  'verdict.weak-signature': '偽造されるおそれのある {algorithm} で署名されています。',
  'verdict.weak-signature.remedy': 'SHA-256 以上で再発行してもらってください。',
  'verdict.outlives-issuer': '有効期限は {notAfter} ですが、発行者 {issuer} は {issuerNotAfter} に期限が切れます。',
  'verdict.outlives-issuer.remedy':
    '発行者の期限が切れると、この証明書も使えなくなります。それまでに置き換えを計画してください。',
  'verdict.not-a-ca': '1 つ前の証明書を発行していますが、CA ではありません。',
  'verdict.not-a-ca.remedy': 'これが発行した証明書は信頼せず、CA から発行し直してもらってください。',
  'verdict.cert-sign-missing': 'キー使用法で、証明書への署名が許可されていません。',
  'verdict.cert-sign-missing.remedy':
    'keyCertSign を付けて CA 証明書を再発行してもらうか、別の CA を使用してください。',
  'verdict.path-length': '下位に置ける中間 CA は {allowed, number} 個までですが、{found, number} 個あります。',
  'verdict.path-length.remedy':
    'より上位の CA から発行するか、パス長を大きくして CA 証明書を再発行してもらってください。',
  'verdict.name-not-permitted': '名前 {name} は、CA {ca} が発行を許可されている名前に含まれません。',
  'verdict.name-not-permitted.remedy': '許可されている名前を使うか、この制限のない CA で発行してください。',
  'verdict.name-excluded': '名前 {name} は、CA {ca} が発行を禁止されている名前に含まれます。',
  'verdict.name-excluded.remedy': '別の名前を使うか、この制限のない CA で発行してください。',
  'verdict.name-constraint-unsupported':
    'CA {ca} は、ここで判定できない、または解釈できない形式の名前を制限しています: {form}。',
  'verdict.name-constraint-unsupported.remedy':
    '制限を判定できない場合は、証明書を拒否しなければなりません。その名前を除くか、この制限のない CA を使ってください。',
  'verdict.policies-malformed': '証明書ポリシー、またはポリシーに関する拡張が壊れているか、矛盾しています。',
  'verdict.policies-malformed.remedy': '発行し直してください。CA が書き込むポリシーに誤りがあります。',
  'verdict.policy-missing': 'このパスでは証明書ポリシーが必須ですが、ここまで有効なポリシーが残っていません。',
  'verdict.policy-missing.remedy':
    '上位のすべての CA が示すポリシーで発行するか、ポリシーを必須としない CA で発行してください。',
  'verdict.purpose': '拡張キー使用法で {purpose} が許可されていません。',
  'verdict.purpose.remedy': 'この用途の証明書を使用するか、{purpose} を付けて再発行してもらってください。',
  'verdict.key-usage': '{purpose} に必要なキー使用法がありません。',
  'verdict.key-usage.remedy': 'digitalSignature を付けて再発行してもらってください。',
  'verdict.name-not-covered': '名前 {name} は、この証明書の対象ではありません。',
  'verdict.name-not-covered.remedy': 'SAN にある名前で接続するか、この名前を加えて再発行してもらってください。',
  'verdict.revoked-by-object':
    'RenewRevocation オブジェクト {object} の {entry} 番目のエントリ ({kind}: {value}) により失効しています。',
  'verdict.revoked-by-object.remedy':
    'クラスターの証明書を修復してください。シリアル番号以外で notBefore のないエントリは、新しい証明書も失効させます。',
  'verdict.revoked-by-crl':
    '{issuer} の CRL (番号 {crl}) に、{revokedAt} に失効したと記載されています (理由: {reason})。',
  'verdict.revoked-by-crl.remedy':
    '新しい証明書を発行してもらってください。keyCompromise の場合はキーも新しくしてください。',
  'verdict.crl-missing': '発行者 {issuer} の CRL がないため、失効しているかどうかがわかりません。',
  'verdict.crl-missing.remedy': 'この発行者の最新の CRL を追加してください。',
  'verdict.crl-unreadable': '指定された {position} 番目の CRL は読み取れないため、除外しました。',
  'verdict.crl-unreadable.remedy': 'CA から取得し直してください。',
  'verdict.crl-not-yet-valid': '{issuer} の CRL は {thisUpdate} から有効です。',
  'verdict.crl-not-yet-valid.remedy': 'CA とこのコンピューターの時刻を見比べてください。',
  'verdict.crl-expired': '{issuer} の CRL は {nextUpdate} までに差し替えられるはずのものです。',
  'verdict.crl-expired.remedy': '新しい CRL を取得または発行してください。',
  'verdict.crl-signature-wrong': '{issuer} の CRL は、その発行者のキーで署名されていません。',
  'verdict.crl-signature-wrong.remedy': '改ざんまたは偽造されています。CA から取得し直してください。',
  'verdict.crl-signature-unknown':
    '{issuer} の CRL の署名は、アルゴリズム {algorithm} に対応していないため、ここでは検証できません。',
  'verdict.crl-signature-unknown.remedy':
    '正しい可能性もあります。openssl crl -CAfile で確認するか、CRL への署名に RSA または ECDSA を使うよう、CA を変更してください。',
  'verdict.crl-signature-weak': '{issuer} の CRL は、偽造されるおそれのある {algorithm} で署名されています。',
  'verdict.crl-signature-weak.remedy': 'CRL への署名に SHA-256 以上を使うよう、CA を変更してください。',
  'verdict.crl-not-understood': '{issuer} の CRL にクリティカルな拡張 {oid} がありますが、ここでは処理していません。',
  'verdict.crl-not-understood.remedy': '完全な CRL を使用するか、openssl verify -crl_check で確認してください。',
  'verdict.crl-sign-missing': 'キー使用法で、CRL への署名が許可されていません。',
  'verdict.crl-sign-missing.remedy':
    'cRLSign を付けて CA 証明書を再発行してもらってください。kubeadm が作る CA には付いていません。',
} satisfies Record<keyof typeof english, string>;
