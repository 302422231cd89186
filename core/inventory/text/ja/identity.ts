/** どのクラスターに属し、何という名前か。 */
export default {
  'inventory.evidence.admin': '管理者が指定',
  'inventory.evidence.moc-identity': 'クラウド エージェントの ID に含まれる名前',
  'inventory.evidence.kubeconfig': 'kubeconfig に記載',
  'inventory.evidence.node-names': 'ノード名の先頭部分から推定',
  'inventory.evidence.folder': 'フォルダー名からの推測のみ',
  'inventory.evidence.none': 'ほかのクラスターと区別できる手がかりなし',
  'inventory.belongs': '所属',
  'inventory.belongs.name': '名前の根拠: {evidence}',
  'inventory.belongs.not': 'このクラスターのものではない',
  'inventory.belongs.move': '移動…',
  'inventory.rename': '名前の変更…',
  'inventory.rename-named': '{name} の名前を変更…',
  'inventory.merge': '統合…',
  'inventory.merge-named': '{name} を別のクラスターと統合…',
  'inventory.renamed': 'コマンドで使う名前を「{name}」にしました。',
  'inventory.merged': '「{from}」を「{name}」に統合しました。',
  'inventory.moved': '「{credential}」を「{name}」に移動しました。',
  'inventory.set-apart': '「{credential}」をプラットフォーム外にしました。',
  'inventory.dialog.rename': '「{name}」のクラスター名',
  'inventory.dialog.rename.explain':
    'この名前はコマンドで使います。Get-AksHciCluster で表示される名前を入力してください。以後のインポートで変わることはありません。',
  'inventory.dialog.rename.submit': '変更',
  'inventory.dialog.merge': '「{name}」を別のクラスターと統合',
  'inventory.dialog.merge.explain':
    '統合先のクラスターが、すべての資格情報と履歴を引き継ぎます。名前は統合先のものになります。以後のインポートも統合先に入ります。',
  'inventory.dialog.merge.submit': '統合',
  'inventory.dialog.merge.none': '同じ種類のクラスターがほかにありません。',
  'inventory.dialog.move': '「{name}」の移動先',
  'inventory.dialog.move.explain':
    '履歴とともに移動します。以後のインポートでも維持され、同じファイルで置き換わったものも移動先に入ります。',
  'inventory.dialog.move.submit': '移動',
  'inventory.dialog.into': 'クラスター',
  'inventory.dialog.new': '新しいクラスター',
  'inventory.dialog.name': 'コマンドで使う名前',
  'inventory.dialog.name.hint': '英数字、ハイフン、ピリオド。Get-AksHciCluster で表示される名前です。',
  'inventory.questions': '{count, number} 個のクラスターの名前を確認してください',
  'inventory.questions.explain':
    '推測した名前はコマンドに使いません。確認されるまで、コマンド内の名前は空欄のままにします。名前は Get-AksHciCluster で確認できます。',
  'inventory.questions.name': '「{name}」のコマンドで使う名前',
  'inventory.questions.answer': 'この名前で確定',
  'inventory.question':
    'コマンドで使う「{cluster}」のクラスター名を確認してください。確実ではありません (根拠: {evidence})。確認されるまで、コマンド内の名前は空欄のままにします。',
  'inventory.foreign.title': 'プラットフォーム外',
  'inventory.foreign.admin': '管理者がプラットフォーム外に指定しました。有効期限の警告は出しません。',
  'inventory.foreign.copy':
    '監視システムなど、ほかのプログラム用にコピーされたまま残っている証明書です。同じ用途の新しい証明書がノードにあります。有効期限の警告は出しません。更新はコピーした側で行う必要があります。',
  'inventory.foreign.trust-bundle':
    '信頼バンドルのように、1 つのファイルに複数含まれる CA の 1 つです。有効期限の警告は出しません。',
  'inventory.foreign.service-mesh':
    'SPIFFE 名を持つ、サービス メッシュ内ワークロードの ID です。更新するのはメッシュで、プラットフォームではありません。',
  'inventory.foreign.unrelated':
    'クラスターにもクラウド エージェントにも結び付きません。そこでの役割がなく、それらの CA の署名もありません。更新は発行元で行う必要があります。',
  'cli.column.name-evidence': '名前の根拠',
  'cli.inventory.rename': '「{before}」のコマンド用の名前を「{command}」にしました。',
  'cli.inventory.merge': '「{before}」の {count, number} 件の資格情報を「{name}」に統合しました。',
  'cli.inventory.move': '{count, number} 件の資格情報を「{before}」から「{name}」に移動しました。',
  'cli.inventory.rename.before': '「{command}」という名前のクラスターはすでにあり、「{before}」はありません。',
  'cli.inventory.merge.before': '「{before}」はすでに「{name}」に統合されています。資格情報はすべてそこにあります。',
  'cli.inventory.move.before': '指定した {count, number} 件の資格情報は、すでに「{name}」に属しています。',
  'cli.inventory.restored': '「{name}」と資格情報 {count, number} 件をインベントリに戻しました。',
  'cli.inventory.restored.before': '「{name}」はすでにインベントリにあります。',
  'cli.inventory.forgotten': '一覧から削除したクラスター (元に戻せます): {clusters}',
  'cli.usage.several-clusters':
    '指定した資格情報は別々のクラスターに属しています: {clusters}。クラスターごとにコマンドを分けてください。',
  'cli.usage.short-fingerprint': '「{text}」は短すぎます。SHA-256 の先頭を {least} 桁以上指定してください。',
  'cli.inventory.unwatched': 'プラットフォーム外で監視対象外の証明書が {count, number} 件あります: {command}',
  'cli.help.inventory-rename':
    'arcwarden inventory rename CLUSTER NAME\n    コマンドで使うクラスター名を指定します。CLUSTER は名前または ID です。',
  'cli.help.inventory-merge':
    'arcwarden inventory merge CLUSTER INTO\n    2 つのクラスターを 1 つにします。INTO が CLUSTER のすべてを引き継ぎます。',
  'cli.help.inventory-move':
    'arcwarden inventory move CREDENTIAL... (--into CLUSTER | --new-cluster NAME | --foreign) [--from CLUSTER]\n    資格情報を正しい場所に移動します。拇印の先頭部分で指定します。以後のインポートでも維持されます。\n    --into CLUSTER        このクラスターへ\n    --new-cluster NAME    この名前の新しいクラスターへ\n    --foreign             どこにも属さない (プラットフォーム外)\n    --from CLUSTER        複数のクラスターにある場合の移動元',
  'cli.help.inventory-restore':
    'arcwarden inventory restore CLUSTER\n    一覧から削除したクラスター (名前または ID) を元に戻します。元に戻せるのは最後に削除した 20 個です。',
} as const;
