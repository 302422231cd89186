import type english from '../en/approver.ts';

export default {
  'approver.verdict.approve': '承認: すべての規則を満たしています。',
  'approver.verdict.deny': '拒否: 満たしていない規則があります。',
  'approver.verdict.ignore': '対象外: ここでは判断しません。',

  'approver.undecided':
    '{outcome, select, passed {要求にはまだ回答がありません。} other {要求はすでに{state, select, approved {承認されて} denied {拒否されて} failed {署名に失敗して} other {証明書が発行されて}}おり、取り消すことはできません。}}',
  'approver.signer':
    '{outcome, select, passed {要求先は kubelet 証明書の署名者です ({signer})。} other {{signer} への要求です。kubelet 証明書の署名者ではありません。}}',
  'approver.usages':
    '{outcome, select, passed {用途は署名者の定めるとおりです ({usages})。} failed {用途 ({usages}) が正しくありません。{expected} が必要で、加えてよいのは key encipherment だけです。} other {この署名者の正しい用途は不明です。}}',
  'approver.lifetime':
    '{outcome, select, passed {{seconds, plural, =0 {有効期間は署名者に任されています。} other {有効期間として # 秒が要求されています。許容範囲内です。}}} failed {有効期間として {seconds, number} 秒が要求されています。許容範囲は {shortest} ～ {longest} 秒です。} other {この署名者の正しい有効期間は不明です。}}',
  'approver.requester-node':
    '{outcome, select, passed {ノード自身による要求です ({username})。} failed {「{username}」が「{commonName}」の証明書を要求しています。サーバー証明書を要求できるのは、グループ system:nodes に属するそのノード自身だけです。} other {要求者がノード自身でなければならないのは、サーバー証明書の場合だけです。}}',
  'approver.requester-client':
    '{outcome, select, passed {「{username}」はこのクライアント証明書を要求できます。} failed {「{username}」が「{commonName}」の証明書を要求しています。要求できるのは、グループ system:nodes に属するそのノード自身か、ブートストラップ トークンで認証した要求者だけです。} other {クライアント証明書だけに当てはまる規則です。}}',
  'approver.request-readable':
    '{outcome, select, passed {要求を一通りに読み取れます。} failed {要求を読み取れないか、プログラムによって読み取り方が異なる可能性があります ({reason})。} other {要求の内容は確認していません。}}',
  'approver.signature':
    '{outcome, select, passed {署名は正しく、要求者が秘密キーを持っています ({algorithm})。} failed {署名が要求に含まれるキーによるものではありません ({algorithm})。他人のキーに対する証明書を要求している可能性があります。} other {署名は確認していません。}}',
  'approver.common-name':
    '{outcome, select, passed {共通名はノードのものです ({commonName})。} failed {共通名「{commonName}」が正しくありません。system:node: にノード名を続けたものが 1 つだけ必要です。} other {共通名は確認していません。}}',
  'approver.organization':
    '{outcome, select, passed {グループは system:nodes だけです。} failed {グループ「{organizations}」が要求されています。system:nodes だけでなければなりません。ほかのグループがあると、そのグループの権限が要求者に渡ります。} other {グループは確認していません。}}',
  'approver.no-authority':
    '{outcome, select, passed {証明書要求に CA の指定はありません。} failed {証明書要求に CA の指定があります。kubelet 証明書の署名者はこれを認められません。} other {証明書要求の CA の指定は確認していません。}}',
  'approver.key-strength':
    '{outcome, select, passed {キーの強度は十分です ({key})。} failed {キーが弱すぎるか、一般的でない種類です ({key})。RSA は 2048 ビット以上、EC は P-256、P-384、P-521 のいずれかが必要です。} other {キーは確認していません。}}',
  'approver.sans-absent':
    '{outcome, select, passed {ホスト名もアドレスも要求していません。クライアントとして正しい内容です。} failed {サブジェクト代替名 ({names}) を要求しています。クライアント証明書に入れてはなりません。} other {クライアント証明書だけに当てはまる規則です。}}',
  'approver.sans-present':
    '{outcome, select, passed {ホスト名またはアドレスが 1 つ以上あります。} failed {ホスト名もアドレスもないため、クライアントがサーバーを検証できません。} other {サーバー証明書だけに当てはまる規則です。}}',
  'approver.sans-kinds':
    '{outcome, select, passed {ホスト名とアドレスだけを要求しています。} failed {ホスト名とアドレス以外の名前 ({names}) を要求しています。} other {サーバー証明書だけに当てはまる規則です。}}',
  'approver.node-known':
    '{outcome, select, passed {ノード {node} は既知です。} failed {ノード {node} の情報がないため、名前が正しいかどうかを判断できません。ノードを知っている人が判断してください。} other {ノードのサーバー証明書だけに当てはまる規則です。}}',
  'approver.san-names':
    '{outcome, select, passed {名前はすべてノード {node} のものです。} failed {ノード {node} のものではない名前があります: {names}。別のサーバーになりすませます。} other {名前がどのノードのものかは確認していません。}}',
  'approver.san-addresses':
    '{outcome, select, passed {アドレスはすべてノード {node} のものです。} failed {ノード {node} のものではないアドレスがあります: {names}。別のサーバーになりすませます。} other {アドレスがどのノードのものかは確認していません。}}',
} satisfies Record<keyof typeof english, string>;
