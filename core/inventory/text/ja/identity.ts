/** どのクラスターに属し、何という名前か。 */
export default {
  'inventory.evidence.admin': '管理者が指定',
  'inventory.evidence.moc-identity': 'クラウド エージェントの ID に含まれる名前',
  'inventory.evidence.kubeconfig': 'kubeconfig に記載',
  'inventory.evidence.node-names': 'ノード名の先頭部分から推定',
  'inventory.evidence.folder': 'フォルダー名からの推測のみ',
  'inventory.evidence.none': 'ほかのクラスターと区別できる手がかりなし',
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
  'cli.inventory.name': 'NAME',
  'cli.inventory.rename': '「{before}」のコマンド用の名前を「{command}」にしました。',
  'cli.inventory.merge': '「{before}」の {count} 件の資格情報を「{name}」に統合しました。',
  'cli.inventory.move': '{count} 件の資格情報を「{before}」から「{name}」に移動しました。',
  'cli.inventory.unwatched':
    'プラットフォーム外で監視対象外の証明書が {count} 件あります: arcwarden inventory list --foreign',
  'cli.help.inventory-rename':
    'arcwarden inventory rename CLUSTER NAME\n    コマンドで使うクラスター名を指定します。CLUSTER は名前または ID です。',
  'cli.help.inventory-merge':
    'arcwarden inventory merge CLUSTER INTO\n    2 つのクラスターを 1 つにします。INTO が CLUSTER のすべてを引き継ぎます。',
  'cli.help.inventory-move':
    'arcwarden inventory move CREDENTIAL... (--into CLUSTER | --new-cluster NAME | --foreign)\n    資格情報を正しい場所に移動します。拇印の先頭部分で指定します。以後のインポートでも維持されます。\n    --into CLUSTER        このクラスターへ\n    --new-cluster NAME    この名前の新しいクラスターへ\n    --foreign             どこにも属さない (プラットフォーム外)',
} as const;
