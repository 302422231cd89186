/** Facts of repair plans, wherever they are shown. Sources: `core/knowledge/model/repair-facts.ts`. */
export default {
  'repair.fact.done': 'エラーなしで終了すること。',
  'repair.fact.revocation.title': '修復を無効にする RenewRevocation オブジェクトを取り除く',
  'repair.fact.revocation.undo': 'エントリに過去の notBefore を指定してから、ファイルをもう一度適用してください。',
  'repair.fact.clock.look': 'すべてのホストの時計を比べる',
  'repair.fact.clock.source': 'このコンピューターの時刻の同期元と、最後に同期した時刻を確認する',
  'repair.fact.clock.correct': '狂っている時計を直してから、ファイルを読み取り直す',
  'repair.fact.clock.why':
    'まだ有効になっていないものがあります。更新が原因でこうなることはなく、こちらの時計が遅れているか、証明書の発行元の時計が進んでいたと考えられます。時計を直すまで、日付は判断の材料になりません。',
  'repair.fact.clock.expected': 'すべての時刻が数秒以内で一致すること。',
  'repair.fact.find.machines': '仮想マシンのアドレスを調べる',
  'repair.fact.find.pods': 'ポッドの名前を調べる',
  'repair.fact.find.revocations': 'RenewRevocation オブジェクトの名前を調べる',
  'repair.fact.find.kms-container': 'KMS プラグインのコンテナーを調べる',
  'repair.fact.find.kube-vip': 'kube-vip のコンテナーを調べる',
  'repair.fact.find.tattoo-files': 'cert-tattoo ファイルを一覧表示する',
  'repair.fact.find.why': 'この後の手順で、表示された値を入力します。',
  'repair.fact.find.expected': '以降の手順で入力する値を控えてください。',
  'repair.fact.rebuild':
    'このクラスターのルート証明書を置き換えるコマンドレットは文書にありません。修復しても kubeconfig を再取得しても解決しないため、クラスターを作り直す必要があります。先に、保存できるものを保存してください。API サーバーが応答する間は、このコマンドでユーザーが作成したオブジェクトの多くを表示できます。',
  'repair.fact.rebuild.save': 'API サーバーに残っているものを一覧表示し、保存する',
  'repair.fact.rebuild.save.expected':
    'すべての名前空間のワークロード、サービス、ConfigMap、Ingress、ボリューム要求が YAML で表示されること。内容をファイルに保存してください。Secret、ロール、カスタム リソースは含まれません。本人だけが読める場所に別途保存してください。失敗する場合は、ワークロードのデプロイに使ったファイルに基づいて作り直します。',
  'repair.fact.rebuild.data': '永続ボリュームのデータと、ワークロードのデプロイに使ったファイルを保存する',
  'repair.fact.rebuild.title': '新しいルート証明書でクラスターを作り直し、ワークロードを再デプロイする',
  'repair.fact.rebuild.expected':
    'ワークロードが新しいクラスターで動作すること。古いクラスターを削除するのはその後です。',
  'repair.fact.identity.until-login':
    'トークンは期限切れですが、証明書は有効です。クライアントは次のログインまで動作し、そのログインは「Valid Token Required」で失敗します。トークンをローテーションするまで、クライアントもマシンも再起動しないでください。',
  'repair.fact.identity.log-in-again':
    '証明書は期限切れですが、トークンは有効です。トークンで再ログインすれば新しい証明書を取得でき、ほとんどのクライアントは自動的に再ログインします。ローテーションは不要です。',
  'repair.fact.identity.locked-out':
    '証明書もトークンも期限切れです。クライアントは動作せず、ログインもできません。クラウド エージェントにまだアクセスできる管理者が、トークンをローテーションする必要があります。',
  'repair.fact.identity.look': 'mocctl がまだクラウド エージェントにアクセスできるか確認する',
  'repair.fact.identity.look.why':
    'クライアントの証明書とトークンがどちらも期限切れです。トークンをローテーションできるのは、アクセスできる管理者だけです。',
  'repair.fact.own-folder.title': 'このクラスターの kubeconfig 用に空のフォルダーを作成します。',
  'repair.fact.own-folder.why':
    '新しいファイルは、kubectl の既定のファイルや別のクラスターのファイルを置き換えません。このクラスターで kubectl を使うときは、このファイルを指定します。',
  'repair.fact.own-folder.expected':
    '空のフォルダーができること。既にある場合は別の名前にしてください。コマンドレットのファイルが、既存のファイルと混ざる可能性があります。',
  'repair.fact.own-folder.fetched': 'フォルダー内にファイルが 1 つできるか、フォルダーがファイルに置き換わること。',
  'repair.fact.after.read-again':
    'ファイルを読み込み直してください (arcwarden inventory import)。新しい期限を表示するコマンドレットはありません。',
} as const;
