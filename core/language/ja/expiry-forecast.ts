import type { expiryForecast as english } from '../en/expiry-forecast.ts';

export const expiryForecast: Record<keyof typeof english, string> = {
  'forecast.answer': '{condition}{consequence}',
  'forecast.if.nothing': '何もしない場合、',
  'forecast.if.updated': '{on} にすべてを更新する場合、',
  'forecast.if.off': '{cluster} を {from} から {to} まで停止する場合、',
  'forecast.if.off-hosts': 'ホストと全クラスターを {from} から {to} まで停止する場合、',
  'forecast.if.absent': '{from} から {to} まで誰も対応しない場合、',
  'forecast.if.missed': '次の月次更新を行わない場合、',
  'forecast.if.several': 'これらがすべて起きる場合、',
  'forecast.then.first': '最初に使えなくなるのは {cluster} の{about}で、{date}（{span}後）です。',
  'forecast.then.nothing': '{date} までに新たに使えなくなるものはありません。',
  'forecast.then.because':
    'これが原因で最初に使えなくなるのは {cluster} の{about}で、{date} です。',
  'forecast.then': '{before}{sentence}',
  'forecast.then.rest': '{date} までにほかに {count} 件が使えなくなります。',
  'forecast.then.broken': 'すでに {count} 件が期限切れで、対応が必要です。',
  'forecast.empty': '予測の対象がまだありません。先に証明書をインポートします。',
  'forecast.about': '{role}（{name}）',

  'forecast.kind.renewal': '自動更新',
  'forecast.kind.expiry': '期限切れ',
  'forecast.kind.not-started': '起動不可',
  'forecast.kind.node-lost': 'ノード喪失',
  'forecast.kind.node-replaced': 'ノード交換',
  'forecast.kind.update': '更新',
  'forecast.kind.update-failed': '更新の失敗',
  'forecast.kind.update-due': '更新なしで 60 日',
  'forecast.kind.update-overdue': '更新なしで 90 日',
  'forecast.kind.ca-horizon': 'CA の限界',
  'forecast.kind.power-off': '停止',
  'forecast.kind.power-on': '再開',
  'forecast.kind.support-end': 'サポート終了',

  'forecast.event.renewal':
    '{about}は自動で更新されます{count, plural, one {} other {（予測期間中に # 回）}}。',
  'forecast.event.expiry': '{about}の有効期限が切れます。',
  'forecast.event.expired': '{about}は有効期限が切れています。',
  'forecast.event.not-started': '{about}でログインするプログラムが起動できません。',
  'forecast.event.node-lost':
    'ノード {about} に到達できなくなります。kubelet の証明書が期限切れのためです。',
  'forecast.event.node-replaced': 'ワーカーノード {about} が削除され、交換されます。',
  'forecast.event.update': '更新済み: 証明書とトークンの期間が新しく始まります。',
  'forecast.event.update-failed': '更新は完了しません。',
  'forecast.event.update-due':
    '最後の更新から 60 日です。Microsoft はこれまでの更新を推奨しています。',
  'forecast.event.update-overdue':
    '最後の更新から 90 日です。更新でしか入れ替わらないものは期限切れです。',
  'forecast.event.ca-horizon':
    'これ以降に発行される 90 日のクライアント証明書は、CA（{about}）より長く有効になります。期限切れの前に CA をローテーションします。',
  'forecast.event.power-off': '停止します。',
  'forecast.event.power-on': '再び起動します。',
  'forecast.event.support-end':
    'Microsoft が {system} 上の AKS のサポートを終了します。トークンを入れ替えてきた更新プログラムもなくなります。',
  'forecast.event.support-end.month':
    'Microsoft がこの月に {system} 上の AKS のサポートを終了します（ページに日付はありません）。トークンを入れ替えてきた更新プログラムもなくなります。',
  'forecast.event.support-end.superseded':
    'Microsoft が最初に示した {system} 上の AKS のサポート終了日です。新しいページで前倒しされました。',
  'forecast.event.possible': 'ホストの OS が未入力のため、該当する場合の予定です。',
  'forecast.event.needs': '対応が必要です。',
  'forecast.event.recovers': '{date} に解消します。',
  'forecast.cause.nobody-renews': '自動で更新するものはありません。',
  'forecast.cause.only-by-update': '更新作業でのみ入れ替わります。',
  'forecast.cause.off': '更新する側が停止しています。',
  'forecast.cause.stalled': '更新の失敗が確認されています。',
  'forecast.cause.not-used': 'ツールを使うときにだけ更新されます。',
  'forecast.cause.refused': '更新を試みても拒否されます: {reason}。',
  'forecast.cause.not-known': '更新されなかった理由は分かりません。',

  'forecast.reason.revoked': '失効している',
  'forecast.reason.api-server-down': '応答する API サーバーがない',
  'forecast.reason.request-not-approved': '要求を承認するものがない',
  'forecast.reason.issuer-not-valid': '発行元の CA が有効でない',
  'forecast.reason.unknown-authority': 'CA が信頼されていない',
  'forecast.reason.server-not-valid': 'クラウドエージェント自身の証明書が有効でない',
  'forecast.reason.certificate-expired': '証明書の期限切れ',
  'forecast.reason.certificate-not-yet-valid': '証明書がまだ有効でない',
  'forecast.reason.token-expired': 'トークンの期限切れ',
  'forecast.reason.not-found': '該当するクラスターまたは ID がない',
  'forecast.reason.host-off': 'ホストが停止している',
  'forecast.reason.cluster-off': 'クラスターが停止している',
  'forecast.reason.already-so': 'すでにその状態である',
  'forecast.reason.client-stopped': 'クライアントが動作していない',
  'forecast.reason.unauthorized': 'kubeconfig が受け付けられない',
  'forecast.reason.machines-still-upgrading': 'マシンを作成できない',
  'forecast.reason.repair-failed': '修復が失敗する',
  'forecast.reason.stage-out-of-order': '段階の順序が違う',

  'forecast.assumptions': '前提',
  'forecast.assumption.cloud-agent':
    'クラウドエージェントの情報は読み取られていません。正常に動作すると仮定しています。',
  'forecast.assumption.management-cluster':
    '管理クラスターの情報は読み取られていません。正常に動作すると仮定しています。',
  'forecast.assumption.control-plane':
    'コントロールプレーンの証明書は読み取られていません。正常に動作すると仮定しています。',
  'forecast.assumption.tokens-need-update':
    'トークンは自動では入れ替わらないと仮定しています。新しいビルドでは一部が自動で入れ替わりますが、ビルドを示すファイルはありません。',
  'forecast.assumption.tools-in-use':
    'mocctl と kvactl は週に一度使われ、そのときに証明書が更新されると仮定しています。',
  'forecast.assumption.last-update':
    '最後の更新日は未入力です。更新で入れ替わる最も古いトークンから推定しており、実際の更新はそれ以前です。',
  'forecast.assumption.deployment':
    'このクラウドエージェント上で動作するかは未入力です。ほかに候補がないため、そう仮定しています。',
  'forecast.renewals': '{lifetimeClass}: {credentials} 件、更新 {renewals} 回、次回は {date}',
  'forecast.class.kubernetes-leaf': '4 日間の証明書',
  'forecast.class.kubernetes-root': 'クラスターの CA',
  'forecast.class.moc-identity': 'クラウドエージェントのクライアント',
  'forecast.class.moc-root': 'クラウドエージェントの CA',
  'forecast.class.kubeconfig-client': 'kubeconfig',
  'forecast.class.webhook': 'AD 認証 Webhook',
  'forecast.class.other': 'その他',

  'source.overview.update-60':
    '証明書の種類: 新しいリリースから 60 日以内に更新（ここでは最後の更新から数える）',
  'source.documentation.host-upgrade':
    'ホストのアップグレード: 30 日以内、最後の更新から最長 90 日',
  'source.support-end.moved':
    '2025 年 11 月 19 日のページ: Windows Server 2019 は 2026 年 3 月、Windows Server 2022 は 2027 年 3 月',
  'source.support-end.first': '2025 年 3 月と 7 月のページ: 2028 年 3 月 27 日',
  'source.support-end.azure-local': 'Azure Local 22H2: 2025 年 5 月 31 日にサービス終了',
  'source.inferred.first-of-month': 'ページに日付がないため、安全側に月の初日としている',

  'cli.forecast.usage.span':
    'FROM..TO の形の二つの日時（例 2026-12-01T00:00:00Z）。後の日時を右に書き、まだ来ていないもの',
  'cli.forecast.usage.days': '1 から {most} までの整数の日数',
  'cli.forecast.usage.future': 'まだ来ていない日時',
  'cli.help.expiry-forecast':
    'arcwarden expiry forecast [PATH...]\n    これから起きること（期限切れ、更新、期日）を示します。対象はインベントリ、または指定したファイルだけです。\n    終了コード 0: 使えなくなるものがない、1: ある。\n    --cluster NAME         このクラスターだけ（名前または ID、複数指定可）\n    --horizon DAYS         何日先まで見るか（既定は 365）\n    --update-on INSTANT    この日時にホストとクラスターを更新する\n    --off FROM..TO         指定したクラスター（--cluster なしではホスト）をこの間停止する\n    --absent FROM..TO      この間は誰も対応しない。その前後は 30 日ごとに更新する',
};
