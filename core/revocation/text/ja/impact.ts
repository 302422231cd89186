import type english from '../en/impact.ts';

export default {
  'impact.subject.apiServers':
    '{share, select, only {把握している唯一の API サーバー証明書} all {把握している API サーバー証明書 {known, number} 件すべて} other {API サーバー証明書 {known, number} 件のうち {matched, number} 件}}',
  'impact.subject.kubelets':
    '{share, select, only {把握している唯一の kubelet 証明書} all {把握している kubelet 証明書 {known, number} 件すべて} other {kubelet 証明書 {known, number} 件のうち {matched, number} 件}}',
  'impact.subject.controlPlane':
    '{share, select, only {把握している唯一のコントロール プレーン証明書} all {把握しているコントロール プレーン証明書 {known, number} 件すべて} other {コントロール プレーン証明書 {known, number} 件のうち {matched, number} 件}}',
  'impact.subject.admins':
    '{share, select, only {把握している唯一の管理者証明書} all {把握している管理者証明書 {known, number} 件すべて} other {管理者証明書 {known, number} 件のうち {matched, number} 件}}',
  'impact.subject.others':
    '{share, select, only {その他の唯一の証明書} all {その他の証明書 {known, number} 件すべて} other {その他の証明書 {known, number} 件のうち {matched, number} 件}}',
  'impact.worst.all-api-servers':
    '{kind, select, management {管理クラスター「{cluster}」} other {{cluster} }}の API サーバーがすべて使えなくなります。{others, plural, =0 {} other {ほかの # 個のクラスターも同様です。}}',
  'impact.worst.etcd':
    '{kind, select, management {管理クラスター「{cluster}」} other {{cluster} }}の etcd が過半数を失い、API サーバーがすべて使えなくなります。{others, plural, =0 {} other {ほかの # 個のクラスターも同様です。}}',
  'impact.worst.all-kubelets':
    '{kind, select, management {管理クラスター「{cluster}」} other {{cluster} }}の kubelet の証明書がすべて失効し、ノードがすべて使えなくなります。{others, plural, =0 {} other {ほかの # 個のクラスターも同様です。}}',
  'impact.worst.last-admin':
    '{cluster} の管理者の資格情報として把握しているものが、すべて失効します。{others, plural, =0 {} other {ほかの # 個のクラスターも同様です。}}',
  'impact.worst.system-masters':
    '{cluster} で把握している system:masters の証明書が、すべて失効します。{others, plural, =0 {} other {ほかの # 個のクラスターも同様です。}}',
  'impact.worst.unknown':
    'クラスターの API サーバーがすべて使えなくなります。kubeadm がすべての API サーバーに付ける名前に、エントリが一致します。',
  'impact.answer.renewed':
    '{subject}が、次の更新で拒否されます。{own, select, yes {使用中の kubeconfig も失効します。} other {}}',
  'impact.answer.admins':
    '{subject}が失効します。{own, select, yes {使用中の kubeconfig も含まれます。} other {}}更新されない証明書は、失効が確認されない可能性があります。',
  'impact.answer.none': '把握している証明書 {known, number} 件のうち、失効するものはありません。',
  'impact.answer.nothing-known':
    '失効の対象になる証明書を把握していません。クラスターのファイルをインポートすると、影響を受ける証明書がここに表示されます。',
  'impact.answer.no-entry': '読み取れるエントリがないため、何も失効しません。',
  'impact.answer.unreadable': 'テキストを現在読み取れないため、何が起こるかを判断できません。',
  'impact.answer.waiting': 'エントリをインベントリと照合しています。',
  'impact.more.older':
    '以下は、最後に読み取れたときのテキストの結果です。再び読み取れるようになるまで、保存や送信はできません。',
  'impact.more.all':
    '全体では、把握している証明書 {known, number} 件のうち {matched, number} 件、クラスター {clusters, number} 個のうち {touched, number} 個が対象です。',
  'impact.more.ended': 'そのうち {count, number} 件は有効期限が切れています。',
  'impact.more.future': '修復で発行される証明書も失効するため、修復しても元に戻りません。',
  'impact.more.own-unknown': '使用中の kubeconfig が読み取られていないため、それが含まれるかどうかはわかりません。',
  'impact.old': '変更前のテキストの結果',
  'impact.old.explain': 'テキストが変更されています。表示しているのは変更前の結果です。',
  'impact.judging': 'テキストを評価しています。',

  'revocation.share.total': '一致',
  'revocation.share.controlPlane': 'コントロール プレーン',
  'revocation.share.workers': 'ワーカー',
  'revocation.share.admins': '管理者',
  'revocation.share.others': 'その他',
  'revocation.share.inUse': '使用中',

  'impact.picture.title': '影響を受ける証明書',
  'impact.picture.caption': 'クラスターと所有者ごとに、把握している証明書のうち失効するものの数を示します',
  'impact.picture.all': 'クラスター {count, number} 個の合計',
  'impact.picture.share': '{known, number} 件中 {matched, number} 件',
  'impact.picture.list': '{known, number} 件中 {matched, number} 件: {cluster} の失効する証明書を一覧表示',
  'impact.picture.list-all': '{known, number} 件中 {matched, number} 件: 失効する証明書をすべて一覧表示',
  'impact.picture.roles': '{cluster} の証明書 (役割別)',
  'impact.picture.role': '{role}: {known, number} 件中 {matched, number} 件',
  'impact.picture.you.matched': '自分: 失効',
  'impact.picture.you.kept': '自分: 対象外',
  'impact.picture.untouched': '{count, number} 個のクラスターには影響しません。',
  'impact.picture.show-untouched': '表示',
  'impact.picture.hide-untouched': '表示しない',
  'impact.picture.more': 'さらに {count, number} 個を表示',
  'impact.legend.matched': '失効',
  'impact.legend.kept': '影響なし',
  'impact.legend.danger': '確認が必要',
  'impact.legend.you': '使用中の資格情報',
  'impact.danger.all-api-servers': 'API サーバーすべて',
  'impact.danger.etcd': 'etcd の過半数',
  'impact.danger.control-plane': 'すべて',
  'impact.danger.all-kubelets': 'kubelet すべて',
  'impact.danger.system-masters': 'system:masters',
  'impact.danger.last-admin': 'ほかの管理者なし',

  'impact.entries.title': 'エントリごと',
  'impact.entries.object': 'オブジェクト {name}',
  'revocation.nameless': '(名前なし)',
  'revocation.entry':
    '{number}. {kind} {value}、{cutoff, select, none {notBefore なし} other {{notBefore} より前に発行されたもの}}',
  'revocation.more': 'ほか {rest, number} 件',
  'impact.entries.unread': '{number}. 読み取れません',
  'impact.entries.entry': 'エントリ',
  'impact.count.matches': '失効',
  'impact.count.possible': '可能性あり',
  'impact.count.exempt': '対象外',
  'impact.count.future': '今後発行',
  'impact.count.matches.explain': 'エントリに一致する、インベントリの証明書です。',
  'impact.count.possible.explain':
    '共通名だけが一致するか、notBefore と同じ秒に発行された証明書です。クラスターがどう扱うかは文書化されていません。',
  'impact.count.exempt.explain':
    'エントリに一致しますが、RenewRevocation では失効できません。kubelet のサーバー証明書、認証局、MOC の証明書が該当します。',
  'impact.count.future.explain': '今後 4 日間の更新のうち、拒否されるものの数です (シミュレーション)。',
  'impact.count.list': '{list} {count, number} 件: エントリ {number} の証明書を一覧表示',
  'impact.count.explain': '「{list}」の意味',
  'impact.count.unknown': '未実行',

  'matches.title.matches': '失効する証明書',
  'matches.title.possible': '失効する可能性がある証明書',
  'matches.title.exempt': '一致するが対象外の証明書',
  'matches.of-all': 'すべてのエントリ',
  'matches.filter': '絞り込み',
  'matches.filter.placeholder': 'クラスター、名前、役割',
  'matches.cluster.all': 'すべてのクラスター',
  'matches.count': '{total, plural, =0 {証明書なし} other {証明書 # 件}}',
  'matches.none': '該当する証明書はありません。',
  'matches.column.why': '理由',
  'matches.column.not-before': '開始日時',
  'matches.column.notes': '備考',
  'matches.replaced': '置き換え済み',
  'matches.ended': '期限切れ',
  'matches.in-use': '使用中',
  'matches.loading': '読み込み中',
  'matches.close': '一覧を閉じる',
  'matches.keys': 'Enter キーで証明書を有効期限の画面に表示し、Esc キーで一覧を閉じます。',

  'future.title': '今後 4 日間の更新で起きること',
  'future.working': '今後 4 日間の更新をシミュレートしています。',
  'future.ask': 'シミュレートする',
  'future.again': 'もう一度シミュレートする',
  'future.waiting': 'まだシミュレートしていません。',
  'future.none': '今後 4 日間の更新で、拒否されるものはありません。',
  'future.answer': '{count, number} 件の更新が拒否されます。最初は {at} です。',
  'future.simulated':
    'シミュレーションです。クラスターのコピーを、オブジェクトを適用せずに 4 日分進め、発行される証明書をエントリと照合します。',
  'future.until': '{at} から 1 時間以内',
  'future.capped': '{total, number} 件のうち、最初の {shown, number} 件を表示しています。',
  'future.more': 'さらに {count, number} 時間分を表示',

  'exposure.title': '失効した証明書が受け入れられる可能性がある期間',
  'exposure.zones': '{utc} (上の日時は、このコンピューターのタイム ゾーン {zone} で表示しています)',

  'recovery.answer':
    '適用、確認、修復、再確認の順に {count, number} 個の手順を実行します。最後に、元に戻す手順を示します。',
  'recovery.answer.mend': '最初にマニフェストを修正してください。このままでは、修復しても元に戻りません。',
  'recovery.answer.none': '読み取れるエントリがないため、手順はまだありません。',
  'recovery.unsound': 'テキストにエラーが残っています。手順は、読み取れる内容に基づいています。',
  'recovery.mend.title': '修復しても元に戻らない理由',
  'recovery.mend.go': 'エントリに移動',
  'recovery.kubeconfig': 'コマンドで使用する kubeconfig: {path}',
  'recovery.kubeconfig.default':
    'コマンドでは kubeconfig を指定していません。kubectl は KUBECONFIG の値、なければプロファイルの .kube\\config を使用します。',
  'recovery.steps': '手順',
  'recovery.copy-all': 'すべてのコマンド',
  'recovery.undo.title': '元に戻すためのマニフェスト',
  'recovery.undo.lead':
    'オブジェクトの名前だけを含み、何も失効しません。kubectl delete -f で使用できるように、マニフェストと同じ場所に保存されます。',
  'recovery.undo.copy': '元に戻すためのマニフェスト',
  'recovery.export': 'オフライン バンドルには、この手順が PowerShell と Markdown (日本語と英語) で含まれます。',
  'recovery.export.go': '保存またはエクスポート',

  'dry-run.title': 'ドライ ラン',
  'dry-run.lead':
    'クラスターのコピーにオブジェクトを適用し、文書のとおりに修復して、その後の時間をシミュレートします。実際のクラスターには何も送られません。',
  'dry-run.cluster': 'クラスター',
  'dry-run.cluster.touched': '失効する証明書があるクラスター',
  'dry-run.cluster.others': 'その他',
  'dry-run.hours': '追跡する時間数',
  'dry-run.hours.fault': '1 から {most, number} までの整数を入力してください。',
  'dry-run.repair': '修復',
  'dry-run.repair.with': '文書のとおり修復',
  'dry-run.repair.without': '修復しない',
  'dry-run.run': 'コピーでドライ ランを行う',
  'dry-run.running': '{cluster} のコピーでドライ ランを実行しています。',
  'dry-run.unsound':
    '先にエントリのエラーを修正してください。ドライ ランを実行できるのは、適用できるオブジェクトだけです。',
  'dry-run.no-cluster':
    'ドライ ランに使用できるクラスターがありません。先にクラスターのファイルをインポートしてください。',
  'dry-run.on': '{cluster} のコピーでのドライ ランです ({from} から {until} まで)。',
  'dry-run.revoked':
    '{count, plural, =0 {把握している証明書で失効するものはありません。} other {把握している証明書のうち # 件が失効します。}}',
  'dry-run.verdict.not-applied': 'オブジェクトを適用できません (理由: {reason})。',
  'dry-run.verdict.holds':
    '修復は有効です。{command} でクラスターは復旧し、{until} まで、失効を理由に拒否される更新はありません。',
  'dry-run.verdict.made-revoked':
    '修復しても元に戻りません。{command} で発行される証明書のうち {count, number} 件が、発行と同時に失効します。notBefore を設定するか、エントリを削除してください。',
  'dry-run.verdict.refused-again':
    '修復しても元に戻りません。{count, number} 件の証明書の更新が再び拒否されます (最初は {at} まで)。notBefore を設定するか、エントリを削除してください。',
  'dry-run.verdict.repaired-down': '修復しても元に戻りません。最後の時点で、応答する API サーバーがありません。',
  'dry-run.verdict.repair-failed': '修復できません。{command} は何も行いません (理由: {reason})。',
  'dry-run.verdict.unrepaired-up':
    '修復しない場合も、API サーバーは最後まで応答します。{count, plural, =0 {失効を理由に拒否される更新はありません。} other {# 件の証明書の更新が、失効を理由に拒否されます。}}',
  'dry-run.verdict.unrepaired-down': '修復しない場合、{at} 以降、応答する API サーバーがなくなります。',
  'dry-run.printed': '表示されることがわかっているメッセージ: {text}',
  'dry-run.lane.renewed': '更新',
  'dry-run.lane.refused': '拒否',
  'dry-run.lane.expired': '期限切れ',
  'dry-run.lane.server': 'API サーバー',
  'dry-run.mark.apply': '適用',
  'dry-run.mark.repair': '修復',
  'dry-run.down': '応答する API サーバーがありません。',
  'dry-run.server.up': '応答あり',
  'dry-run.server.down': '応答なし',
  'dry-run.picture':
    '1 時間ごとの経過: 更新 {renewed, number} 件、拒否 {refused, number} 件、期限切れ {expired, number} 件。API サーバーが応答しない時間は {down, number} 時間です。同じ内容を下の表に示します。',
  'dry-run.table': '経過',
  'dry-run.column.when': '終了時刻',
  'dry-run.column.what': '内容',
  'dry-run.step.apply': '適用',
  'dry-run.step.repair': '修復',
  'dry-run.step.hour': '{count, plural, =1 {1 時間} other {同じ内容の # 時間}}',
  'dry-run.times': '{times, number} 回試行',
  'dry-run.by-entry': '{object} のエントリ {entry} による',
  'dry-run.more': 'さらに {count, number} 行を表示',
  'dry-run.still': '修復で発行され、同時に失効する証明書',
  'dry-run.assumed': '前提',
  'dry-run.simulated':
    '実際のクラスターではなく、シミュレーションです。失効は証明書の更新時に確認され、失効した証明書は API サーバーがただちに拒否するものとしています。どちらも文書化されていません。',
} satisfies Record<keyof typeof english, string>;
