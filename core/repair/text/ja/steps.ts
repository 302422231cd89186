import type { repairSteps as english } from '../en/steps.ts';

/** 対処の手順。内容、条件、前提、期待される結果。 */
export const repairSteps: Record<keyof typeof english, string> = {
  'repair.expected.address': 'VM とその IP アドレスが一覧表示されます。',
  'repair.expected.agent-running': 'すべてのホストで wssdagent が Running になります。',
  'repair.expected.billing': '課金がポリシーに適合し、更新が再開します。',
  'repair.expected.case': 'Microsoft サポートにログが渡ります。',
  'repair.expected.connected': 'クラスターが Azure Arc に接続されます。',
  'repair.expected.container-id': '最初の列がコンテナー ID です。',
  'repair.expected.container-new': '新しいコンテナーが数秒前から動作しています。',
  'repair.expected.date-ahead': '確認コマンドの日付が将来になります。',
  'repair.expected.date-passed': '日付が過ぎています。過ぎていなければ、これは原因ではありません。',
  'repair.expected.entry-gone': 'エントリが削除されているか、notBefore があります。',
  'repair.expected.file-copied': 'ファイルが今日の日付で存在します。',
  'repair.expected.file-gone': 'ファイルがなくなります。',
  'repair.expected.files-listed': 'cert-tattoo のファイルが一覧表示されます。',
  'repair.expected.folder': 'フォルダー .kube が作成されます。',
  'repair.expected.group-online':
    'クラウド エージェントのクラスター グループが Online になります。',
  'repair.expected.image-path': 'サービスのコマンド ラインが表示されます。控えておいてください。',
  'repair.expected.installer':
    'インストールしたユーザーであるか、リリースが 2022 年 9 月以降です。',
  'repair.expected.kms-quiet': 'KMS プラグインのログに「Valid Token Required」が出なくなります。',
  'repair.expected.kms-running':
    'KMS コンテナーが動作しています。動作していなければ F08 に進みます。',
  'repair.expected.kubectl-answers': 'kubectl でノードが一覧表示されます。',
  'repair.expected.login-file': 'トークンを含むログイン ファイルが作成されます。',
  'repair.expected.logs-collected': 'zip ファイルのパスが表示されます。',
  'repair.expected.logs-shown': 'kubectl logs でログが表示されます。',
  'repair.expected.moc-answers': 'Get-MocNode でノードが一覧表示されます。',
  'repair.expected.no-error': 'エラーなしで終わります。',
  'repair.expected.one-version': 'すべてのノードで、モジュールのバージョンが同じ 1 つになります。',
  'repair.expected.other-remedy': 'その対処に書かれた結果になります。',
  'repair.expected.pods-running': '更新ポッドがすべて Running になります。',
  'repair.expected.process-gone': 'すべてのノードで、プロセスがないというエラーになります。',
  'repair.expected.reason': '失敗した更新とその理由がログに出ます。',
  'repair.expected.resource': 'リソースが名前とともに一覧表示されます。',
  'repair.expected.secret': '新しいシークレットは自分だけが知っています。',
  'repair.expected.update-goes-on': '更新が再開します。',
  'repair.expected.webhook': 'Webhook のログに証明書のエラーが出なくなります。',
  'repair.expected.windows-closed': 'どのノードでも PowerShell ウィンドウが開いていません。',
  'repair.expected.worker-name': 'ファイルに、コピー先のワーカーの名前が入っています。',
  'repair.expected.works-now': '失敗していた操作が成功します。',

  'repair.only.api-server-down': 'API サーバーが応答しない場合',
  'repair.only.approver': '証明書マネージャーのトークンの有効期限が切れている場合',
  'repair.only.certificates-valid': 'ノードの証明書がまだ有効な場合',
  'repair.only.each-cluster': 'API サーバーが応答するワークロード クラスターごとに',
  'repair.only.from-kvactl': 'コマンドレットまたは kvactl から出た場合',
  'repair.only.from-mocctl': 'mocctl から出た場合',
  'repair.only.kms-down': 'KMS コンテナーが動作していない場合',
  'repair.only.management': '管理クラスターの場合',
  'repair.only.management-down': '管理クラスターの API サーバーが応答しない場合',
  'repair.only.memory': 'VM のメモリが不足している場合',
  'repair.only.mocctl-expired': 'Get-MocNode が失敗する場合',
  'repair.only.no-effect': '効果がなく、ビルドが 1.0.14.x 以前の場合',
  'repair.only.not-production': '運用環境では使わないでください',
  'repair.only.old-build': 'ビルドが 1.0.14.x 以前の場合',
  'repair.only.preview': '2020 年のプレビューの場合のみ',
  'repair.only.still-failing': 'エラーが残る場合',
  'repair.only.still-out-of-policy': '課金がポリシー違反のままの場合',
  'repair.only.still-starting': 'wssdagent が Starting のままの場合',
  'repair.only.workload': 'ワークロード クラスターの場合',

  'repair.plan.before': '次の手順で置き換えられるものを残しておきます。',
  'repair.plan.confirmed': '冒頭の確認で原因が裏付けられた場合',
  'repair.plan.unsure':
    'わかっている範囲では {failure} が最も当てはまりますが、確実ではありません。変更する前に次のコマンドで確認してください: {command}',
  'repair.plan.why': '{failure} の対処に含まれる手順です。',

  'repair.precondition.agents-stopped':
    'すべてのノードで Get-Process -Name wssdagent がエラーになること。',
  'repair.precondition.api-access': 'API サーバーに接続できる手段が残っていること。',
  'repair.precondition.api-server': 'API サーバーが再び応答していること。',
  'repair.precondition.keytab': 'キータブ、SPN、管理者の名前が手元にあること。',
  'repair.precondition.kms-valid':
    'KMS プラグインのトークンが有効であること。そうでないと、再起動後に API サーバーが停止したままになります。',
  'repair.precondition.mocctl-works': 'mocctl が動作していること (Get-MocNode)。',
  'repair.precondition.new-window': '管理者として新しい PowerShell ウィンドウを開いていること。',
  'repair.precondition.same-user': 'インストールしたユーザーであること。',

  'repair.step.again': '失敗した操作を再実行します。',
  'repair.step.agent-running':
    'すべてのホストでノード エージェントが動作していることを確認します。',
  'repair.step.agent-stopped':
    'プロセスが数回起動し直すことがあります。すべてのノードでエラーになるまで、前の 2 つの手順を繰り返します。',
  'repair.step.approver-token':
    'kubelet の要求を承認する証明書マネージャーのトークンを更新します。',
  'repair.step.arc-connect':
    'クラスターを再接続します。入力を求められたら、アプリケーション ID と新しいシークレットを入力します。',
  'repair.step.backup-kubeconfig': '先に古い管理クラスターの kubeconfig をコピーします。',
  'repair.step.close-windows':
    'モジュールが読み込まれないように、すべてのノードで PowerShell ウィンドウを閉じます。',
  'repair.step.cloud-agent-online': 'クラウド エージェントが動作していることを確認します。',
  'repair.step.collect-logs': '何かが変わる前にログを収集します。',
  'repair.step.copy-admin-conf':
    '管理 VM で、ノードが更新する admin.conf を clouduser が読める場所にコピーします。',
  'repair.step.credential-of-rebuilt': '現在のクラスターの kubeconfig を取得します。',
  'repair.step.encode':
    'Windows PowerShell の > は UTF-16 で書き込みます。UTF-8 としても有効な ASCII で書き直します。',
  'repair.step.find-address': 'コントロール プレーン VM の IP アドレスを調べます。',
  'repair.step.find-kube-vip': 'kube-vip のコンテナーを調べます。',
  'repair.step.find-management-address': '管理 VM の IP アドレスを調べます。',
  'repair.step.go-on': '{failure} の対処に進みます。',
  'repair.step.image-path-read': 'サービスの ImagePath を読み取り、控えます。',
  'repair.step.image-path-set': 'フラグ --deploymentid とその値を除いた同じ値を設定します。',
  'repair.step.kill-agent': 'プロセスを終了します。Starting のサービスは停止できません。',
  'repair.step.kms-backup': '古いログイン ファイルを残しておきます。',
  'repair.step.kms-container':
    'KMS プラグインのコンテナーを調べます。2021 年のイメージでは sudo docker container ls を使います。',
  'repair.step.kms-copy': '新しいログイン ファイルをコントロール プレーン VM にコピーします。',
  'repair.step.kms-first': '何かを再起動する前に、KMS プラグインを確認します。',
  'repair.step.kms-place': 'プラグインが読み込む場所に置きます。',
  'repair.step.kms-restart':
    'コンテナーを停止すると、新しいトークンで再起動します。コピー以降をすべてのコントロール プレーン VM で繰り返します。2021 年のイメージでは sudo docker container kill を使います。',
  'repair.step.kms-rotate': 'KMS プラグインの新しいログイン ファイルを作成します。',
  'repair.step.kms-tidy': 'トークンを含むため、手元のコピーを削除します。',
  'repair.step.kube-folder': 'フォルダーを作成します。',
  'repair.step.kubeconfig-end':
    '管理クラスターの kubeconfig のクライアント証明書の有効期限を確認します。',
  'repair.step.list-tattoo': '証明書の作成に使う記述ファイルを一覧表示します。',
  'repair.step.more-memory': 'Hyper-V で管理 VM のメモリを 32 GB に設定し、再起動します。',
  'repair.step.new-identity-token':
    'アクセスできる管理者から、新しいトークンまたは ID を受け取ります。',
  'repair.step.new-secret':
    'Entra ID で、アプリケーションの新しいクライアント シークレットを作成します。',
  'repair.step.preview-reinstall': '当時は、再インストールで解決したと報告されています。',
  'repair.step.provision': '一覧のファイルごとに、証明書を作り直します。',
  'repair.step.register':
    '最初の登録と同じサブスクリプションとリソース グループでサインインします。',
  'repair.step.reinstall':
    '文書化された最後の手段は再インストールです。デプロイ内のすべてが失われます。',
  'repair.step.remove-copy': '秘密キーを含むため、VM 上のコピーを削除します。',
  'repair.step.remove-module': 'モジュールの古いバージョンを削除します。',
  'repair.step.renewal-log': '更新が失敗した理由を確認します。',
  'repair.step.renewal-running': '更新ポッドが動作していることを確認します。',
  'repair.step.replace-kubeconfig':
    'admin.conf を管理クラスターの kubeconfig に上書きコピーします。',
  'repair.step.restart-kube-vip': 'kube-vip のコンテナーを停止すると、再起動します。',
  'repair.step.retry-logs': '成功するまで再試行します。Ctrl+C で終了します。',
  'repair.step.revocation-edit':
    'エントリを削除するか、notBefore を追加します。API サーバーが応答する間に行ってください。',
  'repair.step.revocation-resource':
    'クラスターにリソースがどの名前で登録されているかを確認します。',
  'repair.step.same-user':
    'インストールしたユーザーかどうかを確認します。2022 年 9 月以降のリリースでは、ローカルの Administrators であれば操作できます。',
  'repair.step.skip-verify': 'API サーバーに kubelet の証明書を検証させません。',
  'repair.step.start-agents': 'すべてのホストでノード エージェントを起動します。',
  'repair.step.start-cloud-agent': 'クラウド エージェントが動作していなければ起動します。',
  'repair.step.stop-agent': 'サービスを停止します。',
  'repair.step.support': '対処は公開されていません。ログを Microsoft サポートに渡します。',
  'repair.step.sync-billing': '新しい PowerShell ウィンドウで課金レコードを同期します。',
  'repair.step.tattoo-fetch': 'ファイルをホストに取得します。',
  'repair.step.tattoo-name': 'ファイル内のマシン名を、ワーカーのノード名に変更します。',
  'repair.step.tattoo-place':
    '/etc/kubernetes/pki に置き、所有者とグループを root にします。ワーカーごとに繰り返します。',
  'repair.step.tattoo-send': 'ワーカーに送ります。',
  'repair.step.tattoo-take':
    'コントロール プレーン VM で、ファイルを clouduser が読める場所にコピーします。',
  'repair.step.update-cluster':
    'クラスターを更新します。新しいリリースではこの不具合が修正されています。',
  'repair.step.update-module':
    'すべてのノードでモジュールを更新するか、インストール済みのビルドに合うモジュールを入れます。',
  'repair.step.wait-minutes': '数分待ってから、kubectl を再実行します。',

  'repair.undo.image-path': '控えておいた値を設定します。',
  'repair.backup.kubeconfig':
    'コマンドレットで置き換えられるため、先に古い kubeconfig をコピーします。',
  'repair.backup.kvactl-file': '先にファイルをコピーします。',
  'repair.undo.kvactl-file': 'ファイルのコピーを戻します。',
  'repair.undo.login-file': '古いログイン ファイルを戻します。',
  'repair.undo.management-kubeconfig': '古い kubeconfig を戻します。',
  'repair.backup.revocation': '現在のオブジェクトを保存します。',
  'repair.undo.tattoo': 'ワーカーからファイルを削除します。',
};
