import type english from '../en/sample.ts';

export default {
  'sample.mark': 'デモ',
  'sample.name': '{name} (デモ)',

  'sample.empty.title': 'デモ環境',
  'sample.empty.body':
    '架空のクラスターと本物の証明書を、さまざまな状態で数秒で作成します。すべてに「デモ」と表示され、1\u00a0回の操作で削除できます。',
  'sample.banner': '表示しているのはデモ環境です。実際の環境ではありません。',
  'sample.banner.mixed': '一部のクラスターはデモです。「デモ」と表示されています。',
  'sample.removed': 'デモ環境を削除しました。',
  'sample.progress.title': 'デモ環境を作成しています',
  'sample.progress.begins': '1 年分の更新をシミュレーションしています',
  'sample.progress.of': 'キーと証明書 {made} / {total} 件',
  'command.sample.open': 'デモ環境を開く',
  'command.sample.remove': 'デモ環境を削除',
  'settings.forgotten.sample': '{name} (デモ) を一覧から削除しました。',
  'settings.restored.sample': '{name} (デモ) を元に戻しました。',

  'sample.state.healthy': '正常',
  'sample.state.healthy.why':
    '証明書は有効期間の 4 日以内に更新されています。ファイルは作成時点のものなので、4 日後には期限切れとして表示されます。',
  'sample.state.renewal-due': '更新時期',
  'sample.state.renewal-due.why':
    '3 日前にクラスターを更新しました。コントロール プレーンの証明書は自動更新済みで、kubelet の証明書は数時間以内に更新されます。',
  'sample.state.renewal-stalled': '自動更新の停止',
  'sample.state.renewal-stalled.why':
    '更新用のポッドと承認側が停止しています。コントロール プレーンの証明書はシリアル番号が変わらないまま更新時期を過ぎ、kubelet の要求は承認待ちです。',
  'sample.state.off-6-days': '6 日間停止',
  'sample.state.off-6-days.why':
    '有効期間 4 日の証明書はすべて期限切れです。有効期間 90 日の MOC 層のトークンと証明書は有効です。',
  'sample.state.off-35-days': '35 日間停止',
  'sample.state.off-35-days.why':
    '両方の層が期限切れです。有効期間 4 日の証明書に加え、停止した時点で発行から 58 日が過ぎていたトークンも失効しました。',
  'sample.state.revoked': 'notBefore なしの失効',
  'sample.state.revoked.why':
    'RenewRevocation オブジェクトがグループ system:nodes を notBefore なしで指定しています。修復で発行された kubelet の新しい証明書も失効の対象になり、ワーカー ノードは失われたままです。',
  'sample.state.kubeconfig-expired': 'kubeconfig の期限切れ',
  'sample.state.kubeconfig-expired.why':
    'クラスターは正常ですが、管理端末の kubeconfig は発行から 1 年を過ぎ、自動では更新されません。',
  'sample.state.ca-horizon': 'CA の残り期間の不足',
  'sample.state.ca-horizon.why':
    'クラウド エージェントの CA は 365 日のうち残り 65 日です。いま発行する 90 日のクライアント証明書は、CA より後まで有効になります。',
  'sample.state.clock-skew': '時計のずれ',
  'sample.state.clock-skew.why':
    'ホストの時計が 9 時間進んでいます。MOC 層は発行日時をさかのぼらせないため、2 人目の管理者が受け取ったばかりのトークンと証明書はまだ有効になっていません。',

  'sample.kind.cloud-agent': 'ホストとクラウド エージェント',
  'sample.kind.management': '管理クラスター',
  'sample.kind.workload': 'ワークロード クラスター',

  'sample.readme.title': 'Arcwarden デモ環境',
  'sample.readme.lead':
    '名前、アドレス、人物はすべて架空です。キーとトークンは本物ですが、どこにもアクセスできません。このデモは {moment} 時点の状態です。証明書の日時は、公開記事の規則に従ったシミュレーションの結果です。',
  'sample.readme.use':
    'このフォルダーを Arcwarden にインポートするか、「arcwarden inspect <フォルダー>」を実行してください。フォルダーはいつでも削除できます。{marker} は、これらのファイルがデモであることを示します。ご自身のファイルをここに置かないでください。',
  'sample.readme.parts': '確認できる状態',
  'sample.readme.part': '{name} ({kind}) の状態: {states}。',
  'sample.readme.folders': 'フォルダーの構成',
  'sample.readme.folder.host':
    'host01、host02: ホストの C ドライブ (作業フォルダー、エージェント、ユーザー プロファイル)',
  'sample.readme.folder.workstation':
    'workstation: 運用担当者の kubeconfig と、適用された RenewRevocation オブジェクト',
  'sample.readme.folder.cluster':
    'クラスターごとのフォルダー: 各ノードのファイルの写しと、kubectl で保存した Secret および証明書要求',
  'sample.readme.chosen':
    'エージェントのフォルダー内のファイル名と、多くの Secret の名前は公開されていないため、ここで決めたものです。cert-tattoo のファイルは形式が公開されていないため含めていません。',

  'cli.sample.summary':
    '「{path}」に {files} 個のファイルを書き込みました: ワークロード クラスター {clusters, number} 個、証明書 {certificates} 枚、秘密キー {keys} 個、トークン {tokens} 個。',
  'cli.sample.next': '確認するには: {command}',
  'cli.help.sample':
    'arcwarden sample --out DIR [--clusters N]\n    架空のクラスター群を、本物の証明書とさまざまな状態で作成します: kubeconfig、アクセス ファイル、\n    ログイン ファイル、PKI フォルダー、Secret、証明書要求。書き込み先は、新しいフォルダー、空のフォルダー、\n    または以前のデモに限ります。以前のデモは置き換えられます。\n    --out DIR       書き込み先のフォルダー\n    --clusters N    ワークロード クラスターの数、1 から 40 (既定: 6)\n    --now INSTANT   デモが示す時点 (既定: 現在)',

  'problem.sample.folder-in-use':
    'フォルダーにデモ以外のファイルがあります: 「{path}」。書き込みも削除も行っていません。',
  'problem.sample.folder-in-use.remedy':
    '新しいフォルダーか空のフォルダーを選ぶか、ファイルを別の場所に移してからやり直してください。',
  'cli.sample.opened':
    'デモ環境をインベントリに追加しました (ファイル {files} 個、資格情報 {added} 件)。次のコマンドで削除できます: arcwarden sample remove',
  'cli.sample.removed':
    '{clusters, plural, =0 {デモ環境はありませんでした。} other {デモ環境のクラスター {clusters, number} 個を削除しました。}}',
  'cli.help.sample-open':
    'arcwarden sample open\n    データ フォルダーにデモ環境を作成してインポートします。既存のデモ環境は置き換えられます。それ以外のデータは変更しません。',
  'cli.help.sample-remove':
    'arcwarden sample remove\n    デモ環境をインベントリから削除し、データ フォルダー内のそのファイルも削除します。',
} satisfies Record<keyof typeof english, string>;
