/** 対応が必要な状況を、状態ごとに 1 文で表す。どの画面でも同じ数え方をする。 */
export default {
  'needs.stopped':
    '{clusters, plural, =1 {{cluster} は} other {# 個のクラスターは}}今すぐ修復が必要です。{impacts, number} 件が機能していません{dated, select, yes { (最も早いものは {date} から)} other {}}。',
  'needs.stopping':
    '{clusters, plural, =1 {{cluster} は} other {# 個のクラスターは}}対応が必要です。このままでは {impacts, number} 件が機能しなくなります (最も早いものは {date})。',
  'needs.late':
    '{clusters, plural, =1 {{cluster} で} other {# 個のクラスターで}}更新が遅れています。更新されなければ {impacts, number} 件が機能しなくなります (最も早いものは {date})。',
  'needs.none': '修復が必要なものはありません。',
  'needs.first-step': '{cluster} から始めてください: {step}',
  'impact.stopped': '{what}: {date} から機能していません。',
  'impact.stopped.undated': '{what}: 機能していません。',
  'impact.stopping': '{what}: {date} に機能しなくなります。',
  'impact.late': '{what}: 更新が遅れています。更新されなければ {date} に機能しなくなります。',
  'impact.clock': '時刻のずれのために拒否されるもの',
  'impact.cluster': 'クラスター全体',
  'impact.cloud-agent': 'クラウド エージェント (すべてのクライアント)',
  'impact.node-agent': 'ノード エージェント',
  'impact.cmdlets': 'コマンドレット、mocctl、kvactl',
  'impact.management': '管理クラスターへのアクセス',
  'impact.api-server': 'API サーバーと etcd',
  'impact.control-plane': 'コントローラーとスケジューラー',
  'impact.nodes': 'ノード',
  'impact.secrets': 'KMS プラグイン (次の再起動で API サーバーも停止)',
  'impact.platform-services': 'クラウド エージェントにログインするサービス',
  'impact.load-balancer': 'ロード バランサー',
  'impact.logs': 'ポッドのログとコマンド実行',
  'impact.aggregated-apis': 'メトリックなどの集約 API',
  'impact.sign-in': 'Active Directory でのサインイン',
  'impact.kubectl': 'この kubeconfig による kubectl',
  'impact.image-pulls': 'プロキシまたはレジストリ経由のイメージ取得',
  'impact.pods': 'このサービス アカウントを使うプログラム',
  'impact.unknown': '用途のわからないもの',
} as const;
