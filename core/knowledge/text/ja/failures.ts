import type english from '../en/failures.ts';

/** 障害の名前、原因、見分け方、ほかに確認する場所。 */
export default {
  'failure.F01': 'ワークロード クラスターのコントロール プレーンの証明書が期限切れ',
  'failure.F01.cause':
    'コントロール プレーンの証明書の有効期限が切れています。有効期間は 4 日で、VM の稼働中にしか更新されません。VM を 4 日より長く停止した場合に起こります。',
  'failure.F02': 'コントロール プレーンの修復が効かない',
  'failure.F02.cause':
    'ビルド 1.0.14.x 以前の不具合です。コントロール プレーン VM の名前に「-control-plane-」が含まれないと、Update-AksHciClusterCertificates を実行しても何も起こらないことがあります。',
  'failure.F03': '数日停止した後のサーバー内部エラー',
  'failure.F03.cause': '4 日より長く停止したため、有効期間 4 日の証明書の期限が切れています。',
  'failure.F04': 'mocctl の証明書が期限切れ',
  'failure.F04.cause':
    'mocctl は、有効期間の終わり近くに使われたときにだけ証明書を更新します。長く使われなかったため、証明書の有効期限が切れています。',
  'failure.F05': 'kvactl の証明書が期限切れ',
  'failure.F05.cause':
    'このノードの、この Windows ユーザーの kvactl 証明書の有効期限が切れています。証明書はノードとユーザーごとにあります。',
  'failure.F06': 'kvactl のトークンが期限切れ',
  'failure.F06.cause':
    'kvactl がログインしようとしましたが、トークンの有効期限が切れています。証明書が有効な間は、トークンの期限が切れても気付きません。',
  'failure.F07': 'KMS プラグインのトークンが期限切れ',
  'failure.F07.cause':
    'KMS プラグインが再起動しましたが、トークンの有効期限が切れているためクラウド エージェントにログインできません。プラグインがないと、API サーバーはシークレットを読み書きできず、起動もできません。',
  'failure.F08': '行き詰まり: 修復には API サーバー、API サーバーには KMS が必要',
  'failure.F08.cause':
    'KMS プラグインのトークンを更新するコマンドレットには、動作している API サーバーが必要です。API サーバーは KMS プラグインがないと起動しません。トークンを手動でローテーションする必要があります。',
  'failure.F09': 'KMS プラグインのソケットがない',
  'failure.F09.cause': 'KMS プラグインが動作していません。通常は、トークンの期限切れが原因です。',
  'failure.F10': '管理クラスターの kubeconfig が期限切れ',
  'failure.F10.cause':
    '管理クラスターの kubeconfig に含まれるクライアント証明書の有効期限が切れています。有効期間は約 1 年で、自動では更新されません。',
  'failure.F11': 'ワークロード クラスターの kubeconfig が期限切れまたは古い',
  'failure.F11.cause':
    'ユーザーの kubeconfig に含まれるクライアント証明書の有効期限が切れているか、クラスターの以前の状態のものです。自動では更新されません。',
  'failure.F12': 'このユーザーのアクセス ファイルではクラウド エージェントを信頼できない',
  'failure.F12.cause':
    'インストールしたユーザーとは別の Windows ユーザーが実行しているか、kvactl のアクセス ファイルにクラウド エージェントの古い CA が残っています (CA をローテーションした後など)。',
  'failure.F13': '別のクラスター、または再作成前のクラスターの kubeconfig',
  'failure.F13.cause':
    'kubeconfig の CA が、応答したクラスターの CA と異なります。別のクラスターのものか、再作成する前のものです。',
  'failure.F14': 'ノード エージェントが Starting のまま',
  'failure.F14.cause':
    'トークンの有効期限が切れた状態でノード エージェントが再起動したため、クラウド エージェントに参加できません。再試行を繰り返し、ホストのポートを使い果たします。',
  'failure.F15': '作成先のノードがない',
  'failure.F15.cause':
    'ノード エージェントのトークンの有効期限が切れ、再起動後にどのノード エージェントもクラウド エージェントに参加できていません。',
  'failure.F16': '作成先のノードがない: OutOfCapacity',
  'failure.F16.cause':
    'ホスト OS の更新後に、ノード エージェントのサービスが起動していません。トークンの期限切れではありません。',
  'failure.F16.look': '証明書ではなく、各ホストのサービス wssdagent を確認してください。',
  'failure.F17': '更新が進まない: CAPH がログインできない',
  'failure.F17.cause':
    '管理クラスターの CAPH のトークンが 42 日目以降に古くなり、新しいコントロール プレーンを作成できません。',
  'failure.F18': '証明書更新ポッドがクラッシュを繰り返す',
  'failure.F18.cause':
    'ワーカーに cert-tattoo-kubelet.yaml がありません。ポッドは /etc/kubernetes/pki にあるものとして動作します。',
  'failure.F19': 'ログと exec が失敗する: tls: internal error',
  'failure.F19.cause':
    'kubelet に有効なサーバー証明書がありません。証明書要求を承認する証明書マネージャーのトークンの有効期限が切れています。',
  'failure.F20': 'ログがときどき失敗する: provide credentials',
  'failure.F20.cause':
    'API サーバーが kubelet との通信に使う証明書は更新されましたが、API サーバーが新しい証明書をまだ読み込んでいません。',
  'failure.F21': '60 日を超えて更新していないが、まだ動作している',
  'failure.F21.cause':
    'KMS プラグインのトークンと証明書の有効期限が切れています。動作中のものは続きますが、再起動するとクラスターは停止したままになります。',
  'failure.F22': '30 日を超えて停止: 両方の層が期限切れ',
  'failure.F22.cause':
    '30 日を超えて停止したため、インフラストラクチャ (MOC) と Kubernetes の両方の層で資格情報の有効期限が切れています。',
  'failure.F23': 'モジュールと kvactl のバージョンが異なる',
  'failure.F23.cause':
    'AksHci モジュールが kvactl に渡すオプションを、この kvactl は知りません。バージョンが異なっています。',
  'failure.F23.look': '証明書ではなく、各ノードの PowerShell モジュールのバージョンを確認してください。',
  'failure.F24': 'フォルダー .kube がない',
  'failure.F24.cause':
    'インストールした管理者とは別の管理者が実行しており、プロファイルにフォルダー .kube がありません。',
  'failure.F24.look': '証明書ではなく、ユーザー プロファイルを確認してください。',
  'failure.F25': 'mocctl のアクセス ファイルがない、または無効',
  'failure.F25.cause':
    'ツールがログインに使うファイル cloudconfig がないか、無効です。2020 年のプレビューで報告されています。',
  'failure.F26': '更新の失敗後に MOC エージェントが停止 (2022 年 5 月から 6 月)',
  'failure.F26.cause':
    '更新が途中で止まりました。サービスの起動コマンドに、古いエージェントが知らないフラグ --deploymentid が付いています。',
  'failure.F26.look': '証明書ではなく、サービス wssdcloudagent と wssdagent の ImagePath を確認してください。',
  'failure.F27': '課金がポリシー違反 (OutofPolicy)',
  'failure.F27.cause':
    '60 日間ワークロード クラスターが作成されなかったため、課金がポリシー違反になっています。または、更新中に課金オペレーターが誤って違反と判定しました。証明書の問題に見えますが、そうではありません。',
  'failure.F27.look': '証明書ではなく、課金 (Get-AksHciBillingStatus) と管理 VM のメモリを確認してください。',
  'failure.F28': 'Azure Arc のクライアント シークレットが期限切れ',
  'failure.F28.cause':
    'クラスターが Azure Arc への接続に使うサービス プリンシパルのシークレットの有効期限が、Entra ID で切れています。',
  'failure.F28.look': 'Entra ID のアプリケーションを確認してください。クラスターの証明書とは関係ありません。',
  'failure.F29': 'Azure へのサインインが期限切れ',
  'failure.F29.cause': 'このセッションの Azure へのサインインの有効期限が切れています。',
  'failure.F29.look': 'Azure にサインインし直してください。クラスターの証明書とは関係ありません。',
  'failure.F30': 'AD Webhook の証明書が期限切れ',
  'failure.F30.cause':
    'AD 認証の Webhook と API サーバーは、有効期間 500 日の証明書で互いを認証します。自動では更新されません。',
  'failure.F31': 'MOC で ID または証明書が失効済み',
  'failure.F31.cause': 'クラウド エージェントで ID またはその証明書が失効しています。期限切れではありません。',
  'failure.F32': '期限切れまたは別の証明書による更新',
  'failure.F32.cause':
    'クライアントが、期限切れの証明書、または更新対象と異なる証明書で更新を要求しました。期限切れの証明書は更新できず、再ログインが必要です。',
  'failure.F33': 'ワーカー ノードが置き換えられた',
  'failure.F33.cause':
    '更新に失敗し、ワーカーの証明書の有効期限が切れました。設計どおり、ノードは削除されて置き換えられます。',
  'failure.F34': '失効が新しい証明書にも及ぶ',
  'failure.F34.cause':
    'グループ、DNS 名、IP アドレスによるエントリに notBefore がないため、修復で発行した証明書も対象になり、クラスターが再び停止します。',
  'failure.F35': '1.0.21 から 1.0.22 への更新でリソースがない',
  'failure.F35.cause': '1.0.21 から 1.0.22 への更新の不具合です。証明書とは関係ありません。',
  'failure.F35.look': '対処は公開されていません。ログを収集して Microsoft サポートに問い合わせてください。',
  'failure.F36': 'API サーバーが応答しない',
  'failure.F36.cause':
    'API サーバーが停止しているか、到達できません。ネットワーク、VM のメモリ、kube-vip、または KMS プラグイン (F07) が原因です。',
  'failure.F36.look':
    '資格情報が原因なのは 4 つのうち 1 つだけです。最初に KMS プラグイン、次に kube-vip、VM のメモリ、ホストと API サーバーの間のネットワークを確認してください。',

  'failure.apart.F01-F02':
    '文言は同じです。修復がエラーなしで終わっても直らず、VM の名前に「-control-plane-」がない場合は F02 です。',
  'failure.apart.F01-F03':
    'どちらも 4 日の証明書の期限切れで、kubectl の表示が異なるだけです。ノードの証明書が有効なら、どちらでもありません。',
  'failure.apart.F01-F11':
    'F01 は kubectl がサーバーの証明書を拒否します。F11 はサーバーが kubeconfig の証明書を拒否し、「Unauthorized」と表示します。',
  'failure.apart.F01-F13': 'F01 は期限 (“expired”)、F13 は署名者 (“unknown authority”) の問題です。',
  'failure.apart.F01-F22': '30 日を超えて停止した場合は mocctl と kvactl も失敗し、先にホストの修復が必要です。',
  'failure.apart.F01-F34': 'RenewRevocation オブジェクトを適用していて、修復しても短時間で再発する場合は F34 です。',
  'failure.apart.F01-F36': 'F01 はサーバーが期限切れの証明書で応答します。F36 はポート 6443 が応答しません。',
  'failure.apart.F03-F07':
    'F07 はシークレットの読み取りだけが失敗し、F03 はすべてのコマンドが失敗します。KMS コンテナーの状態でわかります。',
  'failure.apart.F04-F05':
    'F05 は kvactl からのエラーで、「failed to create azurestackhci session」と表示します。Get-MocNode が動作すれば F04 ではありません。',
  'failure.apart.F04-F06': 'F04 は証明書の期限切れ、F06 はトークン (“Valid Token Required”) の問題です。',
  'failure.apart.F04-F25': 'F25 はアクセス ファイル自体がないか、無効です。',
  'failure.apart.F04-F31': 'F04 は期限切れ、F31 は誰かが失効させたことが原因です。',
  'failure.apart.F04-F32':
    'F32 は、F04 の期限切れ証明書で更新しようとしたときに、クラウド エージェントが返すエラーです。',
  'failure.apart.F05-F06': 'F05 は kvactl の証明書の期限切れです。F06 は kvactl のログイン時にトークンが拒否されます。',
  'failure.apart.F05-F10':
    'F05 はクラスターに接続する前に止まります。F10 は管理クラスターの API サーバーからの応答です。',
  'failure.apart.F05-F12': 'F05 は期限、F12 は別のユーザーまたは別の CA (“unknown authority”) の問題です。',
  'failure.apart.F05-F32':
    'F32 は、F05 の期限切れ証明書で更新しようとしたときに、クラウド エージェントが返すエラーです。',
  'failure.apart.F06-F07': '文言は同じです。F06 はコマンドレットや kvactl、F07 は KMS プラグインのログに出ます。',
  'failure.apart.F06-F17':
    '文言は同じです。F06 はすぐに失敗します。F17 は Update-AksHci の待機中に CAPH のログに出ます。',
  'failure.apart.F07-F08':
    'API サーバーが応答すれば、F07 のコマンドレットで足ります。応答しなければ F08 しかありません。',
  'failure.apart.F07-F09': 'F07 はプラグインのログ、F09 はプラグインが停止した後の API サーバーのログです。',
  'failure.apart.F07-F17': '文言は同じです。F07 は KMS プラグイン、F17 は CAPH のログに出ます。',
  'failure.apart.F07-F21': 'F21 ではまだすべて動作しています。プラグインが再起動していないだけです。',
  'failure.apart.F07-F36':
    'F36 は応答がないことしか示しません。KMS コンテナーが動作していなければ、F07 または F08 です。',
  'failure.apart.F08-F36': 'F36 は応答がないことしか示しません。KMS コンテナーが動作していなければ、F08 です。',
  'failure.apart.F09-F36': 'F09 はノード上の API サーバーのログに、F36 は外部からの接続時に出ます。',
  'failure.apart.F10-F11':
    '文言は同じです。F10 はコマンドレットと管理クラスター、F11 は kubectl とワークロード クラスターで出ます。',
  'failure.apart.F10-F20':
    'F10 はどちらの文でも、すべてのコマンドで常に失敗します。F20 はログだけで、ときどき起こります。',
  'failure.apart.F11-F13': 'F11 はサーバーがクライアントを、F13 はクライアントがサーバーを拒否します。',
  'failure.apart.F11-F20':
    'F11 はどちらの文でも、すべてのコマンドで常に失敗します。F20 はログだけで、ときどき起こります。',
  'failure.apart.F12-F13':
    'F12 はコマンドレットから出る、クラウド エージェントのエラーです。F13 は kubectl から出る、クラスターのエラーです。',
  'failure.apart.F14-F15': '原因は同じです。F14 ではサービスが Starting のままで、先に停止する必要があります。',
  'failure.apart.F14-F16': 'F16 ではサービスが停止しており、F14 では Starting のままです。',
  'failure.apart.F14-F26': 'F26 では、更新の失敗後に AksHci と Moc のバージョンが異なります。',
  'failure.apart.F15-F16': 'F16 は文末に「on: OutOfCapacity」があり、トークンの期限切れではありません。',
  'failure.apart.F17-F27': 'どちらも Update-AksHci が待機します。F27 には課金オペレーターの名前が出ます。',
  'failure.apart.F17-F35':
    'どちらも更新が止まります。F35 は 1.0.21 から 1.0.22、F17 は 1.0.0 から 1.0.1 への更新で起こります。',
  'failure.apart.F18-F33': 'F18 は更新ポッドがクラッシュします。F33 はポッドが動作していて、更新に失敗しています。',
  'failure.apart.F19-F20': 'F19 は常に失敗し、TLS のエラーになります。F20 はときどき失敗し、資格情報を求めます。',
  'failure.apart.F21-F22': 'F21 はクラスターを停止しておらず、まだ応答します。F22 は停止していて、応答しません。',
  'failure.apart.F31-F34':
    'F31 は MOC での ID の失効です。F34 は Kubernetes の RenewRevocation オブジェクトによる失効です。',

  'failure.builds.F05': 'ファイルの削除による対処は、ビルド 1.0.4.10928 以前で報告されています。',
  'failure.builds.F17': '1.0.0.10517 から 1.0.1.10628 への更新で報告されています。',
  'failure.builds.F26': '1.0.10.10513 (2022 年 5 月) から 1.0.11.10707 (2022 年 6 月) への更新です。',
  'failure.builds.F35': '1.0.21 から 1.0.22 への更新です。',
  'failure.builds.april-2022': '2022 年 4 月のリリースより後で修正されました。',
  'failure.builds.preview': '2020 年のプレビュー版です。',
  'failure.builds.september-2022':
    '2022 年 9 月のリリース (1.0.14.x) で修正されたとされています。以降のビルドでも同じ文言が出ることがあります。',
  'failure.builds.until': 'ビルド 1.0.14.x 以前です。',
  'failure.takes.minutes': '修復後、数分かかります。',
  'failure.takes.billing': '課金の処理は 20 ～ 30 分以内に再開します。',
  'failure.warning.no-reboot':
    '先に再起動しないでください。動作中のものは続きますが、再起動すると API サーバーは停止したままになります。',

  'failure.elsewhere.clock':
    '証明書がまだ有効期間に入っていません (期限切れではありません)。ホスト、ノード、端末の時計を比べてください。VM の再開後などで遅れているか、証明書を発行したコンピューターの時計が進んでいました。',
  'failure.elsewhere.dns': '名前を解決できません。DNS サーバー、レコード、ホストの DNS 設定を確認してください。',
  'failure.elsewhere.disk': 'ディスクがいっぱいです。ホストのボリュームとノードの空き容量を確認してください。',
  'failure.elsewhere.memory': 'メモリが不足しています。ポッドの制限、または VM とホストのメモリを確認してください。',
  'failure.elsewhere.rbac':
    'ユーザーは認証されていますが、権限がありません。Kubernetes のロールとロール バインドを確認してください。',
  'failure.elsewhere.registry':
    'イメージ レジストリ、またはその手前のプロキシの証明書です。レジストリと、ノードの信頼バンドルを確認してください。',
  'failure.elsewhere.proxy': 'http:// のプロキシに https:// を指定しています。プロキシの設定を確認してください。',
  'failure.elsewhere.webhook':
    'クラスターにインストールされたアドミッション Webhook の証明書です。そのアドオンを確認してください。',
  'failure.elsewhere.vault': 'AKS ではなく、Vault のエラーと考えられます。Vault の証明書とトークンを確認してください。',
  'failure.elsewhere.istio':
    'AKS ではなく、サービス メッシュ (Istio、Envoy、Linkerd) のエラーと考えられます。独自の CA があります。',
  'failure.elsewhere.cert-manager':
    'AKS ではなく、cert-manager のエラーと考えられます。発行者、Webhook、発行された証明書を確認してください。',
  'failure.elsewhere.other-kubernetes':
    'Windows Server や Azure Stack HCI 22H2 の AKS ではなく、別の Kubernetes のエラーと考えられます。証明書の更新方法が異なります。',
  'failure.elsewhere.azure-local': 'AKS ではなく、Azure Local の登録に関するものと考えられます。',
  'failure.elsewhere.web-service':
    'AKS ではなく、Web サービスのエラーと考えられます。その行のサーバーの証明書またはトークンを確認してください。',
} satisfies Record<keyof typeof english, string>;
