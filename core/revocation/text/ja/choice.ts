import type english from '../en/choice.ts';

export default {
  'choice.goal.lead': '次のステップで選択できるものが決まります。すでにあるエントリはそのまま残ります。',
  'choice.title.lost-kubeconfig': '紛失した kubeconfig は誰のものですか',
  'choice.title.node': 'どのマシンが侵害されましたか',
  'choice.title.group': 'どのグループを入れ替えますか',
  'choice.title.serial': '失効させるシリアル番号は何ですか',

  'choice.search': '検索',
  'choice.search.certificates': 'クラスター、名前、役割、シリアル番号',
  'choice.search.nodes': 'クラスター、マシン、名前、アドレス',
  'choice.search.groups': 'グループ、クラスター',
  'choice.found': '{total, plural, =0 {該当なし} other {{total, number} 件}}',
  'choice.all': '見つかったものをすべて選択',
  'choice.no-match': '見つかりません。検索する語を減らしてください。',
  'choice.keys': '矢印キーで移動 · Space で選択 · Shift で範囲を選択 · Ctrl+A ですべて選択 · 文字キーで検索',
  'choice.chosen': '{count, plural, =0 {まだ何も選択していません。} other {{count, number} 件を選択:}}',
  'choice.remove': '{name} の選択を解除',
  'choice.clear': 'すべて解除',
  'choice.limit': '一度に選択できるのは {limit, number} 件までです。',
  'choice.named': '{name} ({cluster})',
  'choice.list.lost-kubeconfig': '利用者の証明書',
  'choice.list.serial': '証明書',
  'choice.list.node': 'マシン',
  'choice.list.group': 'グループ',

  'choice.column.serial': 'シリアル番号',
  'choice.column.marks': '備考',
  'choice.column.node': 'マシン',
  'choice.column.place': '区分',
  'choice.column.certificates': '証明書',
  'choice.column.names': '固有の名前とアドレス',
  'choice.column.group': 'グループ',
  'choice.column.clusters': 'クラスター',
  'choice.column.effect': '影響',
  'choice.in-use': '使用中',
  'choice.replaced': '置換済み',
  'choice.ended': '期限切れ',
  'choice.place.control-plane': 'コントロール プレーン',
  'choice.place.worker': 'ワーカー',
  'choice.critical': '重大。',

  'choice.by-serial.lead': '一覧にない場合:',
  'choice.by-serial': 'シリアル番号を入力',
  'choice.node.names': 'マシンの名前とアドレスによるエントリも作成する',
  'choice.node.names.explain':
    '名前とアドレスによる、現在までを対象とするエントリです。インベントリにない証明書も対象になります。複数のマシンで共有される名前とアドレスは除外します。',
  'choice.by-hand.lead': 'マシンが一覧にない場合は、エントリを手動で追加します:',
  'choice.by-hand.dns': 'DNS 名…',
  'choice.by-hand.ip': 'IP アドレス…',
  'choice.group.wide':
    'グループによるエントリは、サブジェクトの組織にそのグループを持つすべての証明書を失効させます。「重大」と示したグループは、ある種類の証明書すべてに含まれるため、マニフェストの保存時に確認が必要です。',
  'choice.group.other': 'ほかのグループ',
  'choice.group.other.hint': '証明書の表記どおりに入力します。',
  'choice.group.add': '追加',
  'choice.serial.one': 'シリアル番号によるエントリの対象はその証明書だけであり、クラスターは後から修復できます。',

  'choice.serials.label': 'シリアル番号を 1 行に 1 つずつ貼り付け',
  'choice.serials.hint':
    'openssl、kubectl、PowerShell、ログなどの表記をそのまま使えます。16 進数でも 10 進数でも、コロン、空白、見出しがあってもかまいません。',
  'choice.serials.read':
    '{count, plural, =0 {シリアル番号なし} other {シリアル番号 # 件}}{open, plural, =0 {} other {、要回答 # 行}}',
  'choice.serials.inventory': 'またはインベントリから選択',
  'choice.serials.ask': 'どの意味ですか',
  'choice.serials.form.hex': '16 進数: {serial}',
  'choice.serials.form.decimal': '10 進数 (16 進数では {serial})',
  'choice.serials.form.reversed': '.NET の内部表現と同じ逆順のバイト列: {serial}',
  'choice.serials.names': '{cluster} の {name} ({role}、{end} まで)',
  'choice.serials.names-none': '該当する証明書は把握していません',
  'choice.serials.state.known': '該当あり',
  'choice.serials.state.unknown': '該当なし',
  'choice.serials.state.open': '要回答',
  'choice.serials.state.exempt': '対象外',
  'choice.serials.state.no-serial': 'シリアル番号ではない',
  'choice.serials.no-serial':
    'シリアル番号ではありません。シリアル番号は 40 桁以内の 16 進数、または 49 桁以内の 10 進数です。',
  'choice.serials.unknown':
    'この番号を持つ証明書はインベントリにありません。エントリは作成されるため、番号をもう一度確認してください。',

  'choice.nothing.lost-kubeconfig': '利用者の証明書がまだありません。',
  'choice.nothing.lost-kubeconfig.remedy':
    'kubeconfig のコピーをインポートするか、証明書のシリアル番号を入力してください。',
  'choice.nothing.node': 'マシンがまだありません。',
  'choice.nothing.node.remedy':
    'マシンの /etc/kubernetes/pki フォルダーなど、クラスターの証明書をインポートするか、エントリを手動で追加してください。',
  'choice.nothing.group': 'グループがまだありません。',
  'choice.nothing.group.remedy':
    'グループは証明書から読み取ります。クラスターの証明書をインポートするか、グループを入力してください。',
  'choice.nothing.serial': '証明書がまだありません。',
  'choice.nothing.serial.remedy':
    '番号がどの証明書を指すかを確認するには、証明書をインポートしてください。番号をそのまま貼り付けることもできます。',

  'choice.make': 'エントリを作成 ({count, number})',
  'choice.blocked.open': '印のあるシリアル番号の意味を先に選択してください。',
  'choice.blocked.reading': 'シリアル番号を読み取っています…',
  'choice.fruitless': 'エントリを作成できません。対象にできる有効な証明書がありません。',
  'choice.added-to': 'マニフェストにはエントリが {count, number} 個あります。選択したものはこれに追加されます。',
  'choice.notes': 'これらのエントリについて',
  'choice.notes.dismiss': '注意事項を隠す',
} satisfies Record<keyof typeof english, string>;
