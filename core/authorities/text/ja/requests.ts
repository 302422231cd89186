import type english from '../en/requests.ts';

const ASK_ANEW = '証明書要求を作成し直してもらってください。';

export default {
  'finding.request.version': '証明書要求のバージョンが {version} です。バージョンは 1 しかありません。',
  'finding.request.version.remedy': '別のプログラムで証明書要求を作成し直してください。',
  'finding.request.attribute-list': '属性の一覧が壊れています。この位置より後の属性は読み取っていません。',
  'finding.request.attribute-list.remedy': `名前や用途が欠けている可能性があります。${ASK_ANEW}`,
  'finding.request.malformed-attribute': '属性 {attribute} を読み取れませんでした。理由は次の項目を参照してください。',
  'finding.request.malformed-attribute.remedy': `ほかの部分は表示しています。${ASK_ANEW}`,
  'finding.request.duplicate-attribute': '属性 {attribute} が複数あります。最初のものだけを読み取りました。',
  'finding.request.duplicate-attribute.remedy': `別のものを読み取るプログラムもあります。${ASK_ANEW}`,

  'finding.request.unreadable': 'この証明書要求 (PKCS #10) を読み取れません。理由は次の項目を参照してください。',
  'finding.request.unreadable.remedy': `証明書要求全体をコピーし直すか、${ASK_ANEW}`,
  'finding.request.holds-no-credential': '{subject} の証明書要求です。',
  'finding.request.holds-no-credential.remedy':
    '期限のあるものは含まれていないため、インポートしません。署名するには arcwarden authority sign-csr を使います。',

  'finding.kubernetes.malformed': '{field} の形式が Kubernetes のものと異なります。',
  'finding.kubernetes.malformed.remedy':
    'フィールドを修正するか、kubectl でオブジェクトを取得し直してください。この値は読み取っていません。',
  'finding.kubernetes.bad-time': '{field} が日時ではありません。',
  'finding.kubernetes.bad-time.remedy': '2026-11-24T12:00:00Z のように書いてください。この値は読み取っていません。',
  'finding.kubernetes.bad-number': '{field} が整数ではありません。',
  'finding.kubernetes.bad-number.remedy': '引用符を付けずに数字で書いてください。この値は読み取っていません。',

  'finding.csr-object.incomplete': '証明書要求のオブジェクトに {field} がありません。',
  'finding.csr-object.incomplete.remedy':
    'kubectl get csr NAME -o yaml などで取得し直してください。このオブジェクトは読み取っていません。',
  'finding.csr-object.expiration-too-short':
    '有効期間として {seconds} 秒が要求されています。Kubernetes では {shortest} 秒以上が必要です。',
  'finding.csr-object.expiration-too-short.remedy': 'spec.expirationSeconds を修正するか、削除してください。',
  'finding.csr-object.not-pem': 'spec.request に PEM 形式の証明書要求がありません。',
  'finding.csr-object.not-pem.remedy': '値が PEM ファイルを 1 回だけ Base64 にしたものかどうかを確認してください。',
  'finding.csr-object.pem-label': '証明書要求のラベルが {found} です。Kubernetes は {expected} しか受け付けません。',
  'finding.csr-object.pem-label.remedy': 'BEGIN 行と END 行を書き換えてから、オブジェクトに入れ直してください。',
  'finding.csr-object.several-requests': 'spec.request に証明書要求が複数あります。',
  'finding.csr-object.several-requests.remedy': '有効なのは最初のものだけです。残りは別のオブジェクトにしてください。',
  'finding.csr-object.pending': '{signer} への証明書要求 {name} が承認を待っています。',
  'finding.csr-object.pending.remedy':
    '承認されないと、kubelet の証明書が期限切れになります。内容を確認し、承認または拒否してください。一定の時間が経つと、Kubernetes が要求を削除します。',
  'finding.csr-object.denied': '{signer} への証明書要求 {name} は拒否されました。',
  'finding.csr-object.denied.remedy':
    '誰がなぜ拒否したかは conditions にあります。拒否は取り消せないため、新しい要求が必要です。',
  'finding.csr-object.failed': '証明書要求 {name} は承認されましたが、{signer} が署名できませんでした。',
  'finding.csr-object.failed.remedy':
    '理由は conditions にあります。原因を取り除いてから、新しい要求を作成してください。',
  'finding.csr-object.not-issued': '証明書要求 {name} は承認済みですが、{signer} がまだ証明書を発行していません。',
  'finding.csr-object.not-issued.remedy':
    'この状態が続く場合は、署名するコントローラーが動作していて、CA のキーを持っているかを確認してください。',

  'finding.bootstrap-token.malformed': 'この Secret には正しい形式のブートストラップ トークンがありません。',
  'finding.bootstrap-token.malformed.remedy':
    'token-id は 6 文字、token-secret は 16 文字で、a ～ z と 0 ～ 9 だけを使います。このままではクラスターに受け付けられません。',
  'finding.bootstrap-token.bad-expiration': 'ブートストラップ トークン {id} の expiration が日時ではありません。',
  'finding.bootstrap-token.bad-expiration.remedy':
    'Kubernetes はこのようなトークンを無効とみなします。2026-11-24T12:00:00Z のように書いてください。',
  'finding.bootstrap-token.bad-group': 'ブートストラップ トークン {id} に、使えないグループが指定されています。',
  'finding.bootstrap-token.bad-group.remedy':
    'Kubernetes はこのようなトークンを拒否します。auth-extra-groups の各グループは system:bootstrappers: で始め、続けて英小文字、数字、コロン、ハイフンを使います。',
  'finding.bootstrap-token.misplaced':
    'ブートストラップ トークン {id} の Secret の名前または名前空間が {namespace}/{name} ではありません。',
  'finding.bootstrap-token.misplaced.remedy':
    'Kubernetes はほかの場所を探しません。Secret の名前または名前空間を変更してください。',

  'bootstrap-token.refused.malformed': 'ブートストラップ トークンの形式が正しくありません。',
  'bootstrap-token.refused.unknown': 'このブートストラップ トークンはクラスターにありません。',
  'bootstrap-token.refused.expired': 'ブートストラップ トークンの期限が切れています。',
  'bootstrap-token.refused.not-for-authentication': 'このブートストラップ トークンは認証に使えません。',

  'problem.bootstrap-token.bad-group': '「{group}」は、ブートストラップ トークンのグループとして使えません。',
  'problem.bootstrap-token.bad-group.remedy':
    'system:bootstrappers: で始め、続けて英小文字、数字、コロン、ハイフンを使ってください。',
  'problem.csr.unreadable': '証明書要求を読み取れません ({reason})。',
  'problem.csr.unreadable.remedy': `PEM または DER 形式の証明書要求 (PKCS #10) を指定してください。正しく指定している場合は、${ASK_ANEW}`,
  'problem.csr.bad-signature':
    '証明書要求が要求者自身のキーで署名されていないか、ここでは検証できない {algorithm} で署名されています。',
  'problem.csr.bad-signature.remedy':
    'キーの持ち主に、RSA、ECDSA、Ed25519 のいずれかで作成し直してもらってください。このまま署名しないでください。',
  'problem.csr.weak-key': '証明書要求のキーが弱すぎるか、一般的でない種類です ({key})。',
  'problem.csr.weak-key.remedy':
    '2048 ビット以上の RSA、または EC の P-256、P-384、P-521 で作成し直してもらってください。',
  'problem.csr.no-name': '証明書要求にサブジェクトがなく、DNS 名も IP アドレスもありません。',
  'problem.csr.no-name.remedy':
    '名前のない証明書では、誰のものかわかりません。名前を付けて作成し直してもらってください。',
  'problem.csr.several': '「{path}」には証明書要求が {count} 個含まれています。',
  'problem.csr.several.remedy': '内容を見ないまま署名することのないよう、1 つずつ別のファイルに保存してください。',
  'problem.csr.foreign-names':
    '証明書要求に、プロファイル {profile} の証明書にはない名前またはグループが含まれています: {names}',
  'problem.csr.foreign-names.remedy':
    'system:masters などのグループの権限は、証明書を持つ全員に与えられます。要求元を確認してください。問題がなければ、「arcwarden authority sign-csr」でそれぞれを --allow NAME に指定して署名してください。',
  'problem.csr.profile-is-root': 'プロファイル {profile} は、自分で署名するルート証明書のものです。',
  'problem.csr.profile-is-root.remedy':
    'クライアントまたはサーバーのプロファイルを選んでください。ルートは要求ではなく新規作成します。',
  'problem.csr.not-approved':
    '証明書要求 {name} は{state, select, denied {拒否されています} failed {署名に失敗しています} other {承認されていません}}。',
  'problem.csr.not-approved.remedy':
    '承認待ちの要求は、先に内容を確認して承認してください。拒否または失敗した要求の状態は変わりません。新しい要求を作成してください。',
  'problem.csr.already-issued': '証明書要求 {name} の証明書はすでに発行されています。',
  'problem.csr.already-issued.remedy': '別の証明書が必要な場合は、新しい要求を作成してください。',
  'problem.csr.refused': '証明書要求 {name} は承認済みですが、署名してはならない内容です (規則 {rule})。',
  'problem.csr.refused.remedy': '要求を審査して問題を確認し、新しい要求を作成してもらってください。',
  'problem.csr.authority-expired': '認証局 {authority} は {notAfter} に期限が切れています。',
  'problem.csr.authority-expired.remedy': '新しい認証局を作成してください。何も署名していません。',
} satisfies Record<keyof typeof english, string>;
