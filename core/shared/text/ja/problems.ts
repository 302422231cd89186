import type english from '../en/problems.ts';

export default {
  waiting: '「{path}」をほかのプログラムが開いているため、待機しています。1 分たっても閉じられない場合は中止します。',
  'problem.argument.invalid': '要求を解釈できませんでした: {reason}',
  'problem.argument.invalid.remedy':
    '何も変更していません。Arcwarden を再起動してください。再発する場合は、操作手順を添えて報告してください。',
  'problem.ticket.unknown': '選択したファイルの情報が失われました。',
  'problem.ticket.unknown.remedy': 'ファイルをもう一度選択するか、ドロップしてください。',
  'problem.file.not-found': '「{path}」が見つかりません。',
  'problem.file.not-found.remedy': 'パスを確認するか、ファイルを選択し直してください。',
  'problem.file.not-readable': '「{path}」を読み取れませんでした。',
  'problem.file.not-readable.remedy':
    '読み取り権限があること、ほかのプログラムが使用していないことを確認してから、やり直してください。',
  'problem.file.too-large': '「{path}」は大きすぎるため読み取れません。',
  'problem.file.too-large.remedy':
    '証明書、kubeconfig、ログイン ファイルは小さなファイルです。アーカイブやログではなく、ファイルそのものを選択してください。',
  'problem.audit.not-writable': '何も実行していません。監査証跡「{path}」に書き込めませんでした。',
  'problem.audit.not-writable.remedy':
    '変更とエクスポートは、必ず先に記録します。データ フォルダーの空き容量とアクセス許可を確認してから、やり直してください。',
  'problem.audit.end-missing': '操作は完了しましたが、監査証跡「{path}」には開始しか記録されていません。',
  'problem.audit.end-missing.remedy':
    '操作を繰り返さないでください。データ フォルダーの空き容量とアクセス許可を確認してください。解消するまで、ほかの変更やエクスポートはできません。',
  'problem.file.not-writable': '「{path}」に書き込めませんでした。',
  'problem.file.not-writable.remedy': '書き込み権限と空き容量のあるフォルダーを選択してください。',
  'problem.file.not-flushed': '「{path}」に書き込みましたが、ディスクへの反映を確認できませんでした。',
  'problem.file.not-flushed.remedy':
    '電源が切れるとファイルが失われる可能性があります。ディスクを確認してから、もう一度書き込んでください。',
  'problem.file.stream-name':
    '「{path}」には書き込みませんでした。Windows は名前の中のコロンを、別のファイルの隠しストリームとして扱います。',
  'problem.file.stream-name.remedy': 'コロンを含まない名前を選択してください。',
  'problem.file.not-regular':
    '「{path}」はデバイス、パイプ、または通常のファイル以外へのリンクのため、書き込みませんでした。',
  'problem.file.not-regular.remedy': '新しい名前、または通常のファイルの名前を選択してください。',
  'cli.problem.file.not-regular.remedy':
    '新しいファイルか通常のファイルを指定してください。標準出力に出力するには --out - を使います。',
  'problem.file.device-name': '「{path}」には書き込みませんでした。Windows はこの名前をデバイスとして扱います。',
  'problem.file.device-name.remedy':
    'CON、PRN、AUX、NUL、COM1、LPT1 など (拡張子付きも含む) 以外の名前を選択してください。ここで作成したファイルは Windows にコピーされることが多く、この名前のファイルは Windows では開くことも削除することもできません。',
  'problem.store.absent':
    '「{path}」に Arcwarden のデータがありません。フォルダーが存在しないか、ファイルであるか、別のプログラムのフォルダーです。',
  'problem.store.absent.remedy': 'データ フォルダーを選択するか、先にファイルをインポートしてください。',
  'cli.problem.store.absent.remedy':
    '--data の指定と、ドライブがマウントされていることを確認してください。まだ何もインポートしていない場合は、次のコマンドから始めてください: {command}',
  'problem.store.locked': 'データ フォルダー「{path}」は別の Arcwarden が使用中です。',
  'problem.store.locked.remedy':
    '別のコンソールを閉じるか、実行中のコマンドの終了を待つか、--data で別のフォルダーを指定してください。',
  'problem.store.lock-lost':
    'この Arcwarden がスリープ、一時停止、Ctrl+Z などで 5 秒以上止まっていたため、別の Arcwarden が「{path}」の使用を引き継ぎました。',
  'problem.store.lock-lost.remedy':
    '別の Arcwarden の変更を取り消さないよう、その後は何も書き込んでいません。現在の状態を確認してから、操作をやり直してください。ウィンドウの場合は再起動してください。',
  'problem.store.newer':
    '「{path}」は新しいバージョンの Arcwarden が書き込んだファイルです (スキーマ {schema}、このバージョンが読めるのは {known} まで)。',
  'problem.store.newer.remedy':
    '新しいバージョンを使うか、--data で別のフォルダーを指定してください。何も変更していません。',
  'problem.store.not-writable': '変更を「{path}」に保存できませんでした。',
  'problem.store.not-writable.remedy':
    'データ フォルダーの空き容量とアクセス権、ほかのプログラムがファイルを開いていないことを確認してから、やり直してください。',
  'problem.store.not-flushed': '変更を「{path}」に書き込みましたが、ディスクへの反映を確認できませんでした。',
  'problem.store.not-flushed.remedy':
    '変更は保存されている可能性があります。ディスクと現在の状態を確認し、変更が反映されていない場合は、もう一度実行してください。',
  'problem.store.too-large':
    '変更を保存しませんでした。「{path}」が {limitMiB, number} MiB を超え、読み取れなくなるためです。',
  'problem.store.too-large.remedy':
    'このファイルの内容は元のままです。watch.json には、失敗しているチャネルの送信待ちの通知が残ります。そのチャネルを直すか、無効にしてください。clusters/ のファイルの場合は、1 つのクラスターの資格情報とファイルが多すぎます (foreign.json は、どのクラスターにも属さないものです)。インポートするフォルダーを減らすか、データ フォルダーを分けてください (--data)。',
  'problem.cluster.unknown': 'クラスター「{cluster}」はインベントリに見つかりませんでした。',
  'problem.cluster.unknown.remedy':
    'クラスターの一覧を確認してください。フォルダー名から推測した別の名前で載っていることがあり、その場合は名前を変更できます。一覧から削除した場合は、元に戻すか、ファイルをもう一度インポートしてください。コマンド ラインでは arcwarden inventory clusters、rename、restore、import を使います。',
  'problem.cluster.name-invalid': '「{name}」はクラスター名として使えません。',
  'problem.cluster.name-invalid.remedy':
    'Kubernetes の名前に使えるのは、英数字、ハイフン、ピリオドです。先頭と末尾は英数字にします。名前は Get-AksHciCluster で確認できます。',
  'problem.cluster.name-taken': '「{name}」という名前のクラスターがすでにあります。',
  'problem.cluster.name-taken.remedy': '資格情報をそのクラスターに移動するか、別の名前にしてください。',
  'problem.cluster.not-alike': '「{cluster}」と「{other}」を 1 つにまとめることはできません。',
  'problem.cluster.not-alike.remedy':
    '別のクラスターを選んでください。クラウド エージェントの展開は Kubernetes クラスターに含まれず、サンプルは実際のクラスターに含まれません。',
  'problem.cluster.not-forgotten': '削除したクラスターの中に「{cluster}」はありません。',
  'problem.cluster.not-forgotten.remedy':
    '元に戻せるのは、最後に削除した 20 個のクラスターだけです。「arcwarden inventory clusters」で一覧を確認できます。一覧にない場合は、ファイルをもう一度インポートしてください。',
  'problem.cluster.merged': '「{cluster}」の資格情報は、現在「{other}」に属しています。',
  'problem.cluster.merged.remedy':
    '二重に数えることになるため、何も変更していません。代わりに arcwarden inventory move で独立したクラスターに移動してください。',
  'problem.credential.ambiguous': '「{word}」で始まる資格情報が複数あります。',
  'problem.credential.ambiguous.remedy':
    'SHA-256 の桁数を増やしてください。複数のクラスターに同じ資格情報がある場合は、--from で移動元を指定してください。',
  'problem.credential.unknown': 'この資格情報は、インベントリのこの場所に見つかりませんでした。',
  'problem.credential.unknown.remedy':
    '新しいものに置き換わったか、別のクラスターに移動した可能性があります。新しい資格情報の履歴を確認してください。',
  'problem.import.nothing-found': '「{path}」に証明書もトークンも見つかりませんでした。',
  'problem.import.nothing-found.remedy':
    'kubeconfig、/etc/kubernetes/pki などのフォルダー、cloudconfig、ログイン ファイル、または PEM / DER 形式の証明書を選択してください。',
  'problem.import.partly-saved': '{clusters, number} 個のクラスターを保存した後、「{path}」に書き込めませんでした。',
  'problem.import.partly-saved.remedy':
    'データ フォルダーの空き容量とアクセス権、ほかのプログラムがファイルを開いていないことを確認してから、同じファイルをもう一度インポートしてください。保存済みの内容が重複することはありません。',
  'problem.import.partly-saved-lock-lost':
    '{clusters, number} 個のクラスターを保存した後、この Arcwarden がスリープ、一時停止、Ctrl+Z などで 5 秒以上止まったため、別の Arcwarden が「{path}」の使用を引き継ぎました。',
  'problem.import.partly-saved-lock-lost.remedy':
    '別の Arcwarden の変更を取り消さないよう、その後は何も書き込んでいません。現在の状態を確認してから、同じファイルをもう一度インポートしてください。ウィンドウの場合は再起動してください。保存済みの内容が重複することはありません。',
  'problem.import.partly-saved-newer':
    '{clusters, number} 個のクラスターを保存した後、「{path}」を変更できませんでした。新しいバージョンの Arcwarden が書き込んだファイルです (スキーマ {schema}、このバージョンが読めるのは {known} まで)。',
  'problem.import.partly-saved-newer.remedy':
    '新しいバージョンで同じファイルをもう一度インポートするか、--data で別のフォルダーを指定してください。保存済みの内容が重複することはありません。',
  'problem.import.partly-saved-not-readable':
    '{clusters, number} 個のクラスターを保存した後、「{path}」を読み取れませんでした。',
  'problem.import.partly-saved-not-readable.remedy':
    '読み取り権限があること、ほかのプログラムが使用していないことを確認してから、同じファイルをもう一度インポートしてください。保存済みの内容が重複することはありません。',
  'problem.import.partly-saved-too-large':
    '{clusters, number} 個のクラスターを保存した後、「{path}」が {limitMiB, number} MiB を超え、読み取れなくなるため、保存を中止しました。',
  'problem.import.partly-saved-too-large.remedy':
    'clusters/ のファイルの場合は、1 つのクラスターの資格情報とファイルが多すぎます (foreign.json は、どのクラスターにも属さないものです)。インポートするフォルダーを減らすか、データ フォルダーを分けてください (--data)。保存済みの内容が重複することはありません。',
  'problem.import.cancelled':
    'インポートをキャンセルしました。{clusters, plural, =0 {何も保存していません。} other {それまでに # 個のクラスターを保存しました。}}',
  'problem.import.cancelled.remedy':
    '{clusters, plural, =0 {やり直すには、同じファイルをもう一度インポートしてください。} other {もう一度同じファイルをインポートすると、残りも保存されます。保存済みの内容が重複することはありません。}}',
  'problem.print.not-available': 'ここでは印刷ダイアログを開けません。',
  'problem.print.not-available.remedy': 'レポートをファイルに保存し、ほかのコンピューターで印刷してください。',
  'problem.print.failed': 'レポートを印刷できませんでした: {reason}。',
  'problem.print.failed.remedy': 'プリンターを確認するか、レポートをファイルに保存してブラウザーから印刷してください。',
  'problem.export.nothing-to-write': '絞り込みに一致する行がないため、エクスポートするものがありません。',
  'problem.export.nothing-to-write.remedy': '検索語と状態の絞り込みを解除してから、もう一度エクスポートしてください。',
  'problem.plan.rules-invalid':
    '作業時間帯の条件を使用できません: {field, select, timeZone {タイム ゾーン} weekdays {曜日} from {開始時刻} to {終了時刻} blackouts {作業禁止日} leadDays {余裕} horizonDays {計画期間} other {時間帯の上限}}「{value}」。',
  'problem.plan.rules-invalid.remedy':
    '{field, select, timeZone {Europe/Berlin や Asia/Tokyo のような名前を使用してください。} weekdays {少なくとも 1 つの曜日を許可してください。} from {00:00 から 23:59 までの時刻を指定してください。} to {00:00 から 24:00 までの時刻を指定してください。} blackouts {2026-12-24 のような日付を、開始日が終了日以前になるように指定してください。} leadDays {0 から 90 までの日数を整数で指定してください。} horizonDays {1 から 1100 までの日数を整数で指定してください。} other {1 から 2000 までの整数を指定してください。}}',
  'problem.plan.nothing-planned': '計画に作業時間帯がないため、エクスポートするものがありません。',
  'problem.plan.nothing-planned.remedy':
    'クラスターの資格情報をインポートするか、計画期間を延ばすか、作業時間帯を増やしてください。',
  'problem.plan.deployment-needed': '計画には、ホストの異なる複数のデプロイが含まれます: {names}。',
  'problem.plan.deployment-needed.remedy': 'タスクを実行するホストのデプロイを選択してください。',
  'problem.plan.account-invalid': '{account} はアカウント名として正しくありません。',
  'problem.plan.account-invalid.remedy':
    'DOMAIN\\name、name@domain、ホストのアカウントの場合は .\\name、または SID で指定してください。',
  'problem.plan.account-needs-password': 'クラスター化されたタスクには {account} のパスワードを渡せません。',
  'problem.plan.account-needs-password.remedy':
    'SYSTEM か、名前が $ で終わるグループ管理サービス アカウントを使用してください。',
  'problem.revocation.not-understood':
    'マニフェストを書き込む前に、この失効によって起こることを確認する必要があります。',
  'problem.revocation.not-understood.remedy':
    '意図どおりであれば、「保存と適用」のステップで次の語句を入力してください: {phrase}',
  'problem.revocation.document-unknown': 'この失効はもう保存されていません。',
  'problem.revocation.document-unknown.remedy':
    '破棄されています。ファイルからもう一度開くか、新しく作成してください。',
  'problem.revocation.secret-in-text':
    '{line} 行目に秘密キーまたはトークンが含まれているため、テキストは保存されませんでした。',
  'problem.revocation.secret-in-text.remedy':
    '該当部分を削除してください。失効は証明書を指定するだけで、秘密の情報を必要としません。削除するまで、ディスクには秘密の情報を含まない直前のテキストが残ります。',
  'problem.revocation.too-large': 'テキストが {limit, number} 文字を超えています。',
  'problem.revocation.too-large.remedy':
    'kubectl apply が 1 つのオブジェクトで扱えるのは約 256 KiB までです。複数のファイルに分けてください。',
  'problem.revocation.too-many': 'すでに {most, number} 件の失効が保存されています。',
  'problem.revocation.too-many.remedy': '用済みのものを破棄してください。ファイルはそのまま残ります。',
  'problem.revocation.not-sound':
    '確認によって受け入れることのできないエラーがあるか、失効させるものがないため、書き込みませんでした。',
  'problem.revocation.not-sound.remedy': 'エントリに表示されているエラーを修正してから、もう一度実行してください。',
  'problem.revocation.not-editable': 'テキストの書き方のため、この変更を行えません。',
  'problem.revocation.not-editable.remedy':
    'テキストを直接変更してください。エイリアスやテキスト ブロック、複数のエントリにまたがる行があると変更できません。',
  'problem.revocation.choice-gone': '選択したものはインベントリにもうありません。',
  'problem.revocation.choice-gone.remedy': '現在あるものから選び直してください。',
  'problem.revocation.no-file': 'この失効にはまだファイルがありません。',
  'problem.revocation.no-file.remedy': '保存先を選択してください。',
  'problem.revocation.file-changed': '「{path}」は、最後に読み込んだ後に別のプログラムによって変更されています。',
  'problem.revocation.file-changed.remedy':
    '何も書き込んでいません。ファイルを読み直すか、別の名前で保存するか、承知のうえで上書きしてください。',
  'problem.revocation.undo-left':
    '「{path}」には書き込んでいません。また、取り消し用マニフェスト「{undo}」を削除できませんでした。',
  'problem.revocation.undo-left.remedy': '対応するマニフェストがないため、「{undo}」を削除してからやり直してください。',
  'problem.revocation.undo-taken': '取り消し用マニフェストの保存先「{path}」には、別の内容がすでにあります。',
  'problem.revocation.undo-taken.remedy':
    '何も書き込んでいません。別の名前で保存するか、そのファイルを移動してください。',
  'problem.revocation.not-text': '「{path}」はテキスト ファイルではありません。',
  'problem.revocation.not-text.remedy':
    'エディターや kubectl get -o yaml で保存した、YAML または JSON のマニフェストを選択してください。',
  'problem.evidence.not-text': '「{path}」はテキストではありません。',
  'problem.evidence.not-text.remedy':
    'ログか、テキストとして保存した出力を開いてください。証明書や kubeconfig は有効期限の画面でインポートします。',
  'problem.evidence.too-long': '「{path}」は {longest, number} 文字を超えています。',
  'problem.evidence.too-long.remedy':
    '最初のエラーの 1 分前から始まる、問題のあった 1 時間分を別のファイルに保存して、それを開いてください。',
  'problem.run.unknown': '実行「{run}」はありません。',
  'problem.run.unknown.remedy':
    '実行はそれぞれ、データ フォルダーの runs フォルダーにあるファイルです。.json を除いたファイル名が ID です。',
  'problem.run.cluster-busy': '{cluster} に対して、別の実行が進行中です。',
  'problem.run.cluster-busy.remedy': '終わるまでお待ちください。強制終了された場合は、数秒後に次の実行を開始できます。',
  'problem.run.command-runs': '以前の実行のコマンドがまだ動作しています (プロセス {pid})。',
  'problem.run.command-runs.remedy':
    'そのコマンドを開始した実行は強制終了されています。コマンドの終了を待つか、Stop-Process -Id {pid} で終了させてから、その実行を再開してください。再開時に、どこまで完了したかを確認します。',
  'problem.run.not-recorded': '実行 {run} が最後に行ったことを「{path}」に記録できなかったため、実行を中止しました。',
  'problem.run.not-recorded.remedy':
    'それまでの記録は残っています。データ フォルダーの空き容量とアクセス権、ほかのプログラムがファイルを開いていないことを確認してから、--resume {run} で再開してください。再開時に、最後の手順の結果を確認します。',
  'problem.run.hosts-busy': 'ホストに対して、別の実行が進行中です。',
  'problem.run.hosts-busy.remedy': '終わるまでお待ちください。強制終了された場合は、数秒後に次の実行を開始できます。',
  'problem.run.not-in-inventory': 'この計画のクラスターは、どれも一覧にありません。',
  'problem.run.not-in-inventory.remedy':
    '練習は、わかっている情報のコピーで行います。クラスターのファイルをインポートするか、ホストで計画を実行してください。',
  'problem.run.plan-changed': '計画が、確認した時点のものから変わっています。',
  'problem.run.plan-changed.remedy':
    '時間が経過したか、ファイルが読み直されました。現在の計画を確認してから、もう一度始めてください。何も実行していません。',
  'problem.run.nothing-to-do': 'この計画には手順がありません。',
  'problem.run.nothing-to-do.remedy': '実行するものはありません。',
  'problem.run.sample-only': '{cluster} はデモです。修復を実行できるホストはありません。',
  'problem.run.sample-only.remedy': 'デモ環境に対して計画を実行してください。何も実行していません。',
  'problem.run.not-sample': '{cluster} は実際のクラスターです。デモ環境で代わりに実行することはできません。',
  'problem.run.not-sample.remedy':
    'このコンピューターまたはホストで計画を実行してください。練習するには、デモ環境のクラスターを選んでください。何も実行していません。',
  'problem.run.bad-host': '「{name}」はコンピューター名ではありません。',
  'problem.run.bad-host.remedy':
    'host01 や host01.contoso.example のように、ホストの名前を指定してください。何も実行していません。',
  'problem.run.command-changed':
    '記録 {file} の計画は、Arcwarden が作成する計画と一致しません (手順 {step} から異なります)。記録が書き換えられています。',
  'problem.run.command-changed.remedy':
    'これ以降の手順は実行していません。誰が変更したかを確認し、計画を作り直して、新しく実行を開始してください。',
  'problem.run.of-another-release':
    '記録 {file} を書き込んだのは{madeBy, select, other { Arcwarden {madeBy} } unknown {以前のリリース}}です。このリリース ({release}) が作成する手順 {step} と内容が異なるか、記録が書き換えられています。',
  'problem.run.of-another-release.remedy':
    'これ以降の手順は実行していません。「arcwarden runs show」で実行済みの内容を確認し、計画を作り直して、新しく実行を開始してください。',
  'problem.run.not-confirmed': '確認ダイアログで承認されませんでした。',
  'problem.run.not-confirmed.remedy': '何も開始していません。もう一度操作し、表示されるダイアログで承認してください。',
  'problem.run.request-missing':
    'ファイル {file} がないか、破損しているため、記録の計画が作成時のままかどうかを確認できません。以前のリリースで開始した実行には、このファイルがありません。',
  'problem.run.request-missing.remedy':
    '何も実行していません。画面から、または端末で --yes を付けずに再開すると、各手順を実行前に確認できます。または、計画を作り直して、新しく実行を開始してください。',
  'problem.run.other-target': '実行 {run} の記録にある実行先は {given} ではなく {target} です。',
  'problem.run.other-target.remedy':
    '何も実行していません。{given} で開始した実行であれば、記録が書き換えられています。計画を作り直して、新しく実行を開始してください。',
  'problem.run.damaged': 'この実行の記録 {file} は破損しているか、なくなっています。1 つ前のコピーは {copy} です。',
  'problem.run.damaged.remedy':
    '何も実行せず、ファイルも変更していません。1 つ前のコピーには、最後の手順が含まれていない可能性があります。それでもこのコピーで再開するには、画面から、または端末で --yes を付けずに再開し、確認に同意してください。',
  'problem.run.program-missing': '{program} がこのコンピューターにないか、パスにありません。使用する手順: {steps}。',
  'problem.run.program-missing.remedy':
    '手順は 1 つも実行していません。インストールするか、--skip で手順を省いて別の場所で行ってください。',
  'problem.run.not-asked': 'この実行は、その回答を待っていません。',
  'problem.run.not-asked.remedy':
    '実行が現在何を待っているかを確認してください。先へ進んだか、すでに終わっている可能性があります。',
  'problem.internal': 'Arcwarden の内部でエラーが発生しました (ログ番号 {id})。',
  'problem.internal.remedy':
    '変更されたかどうかは不明です。やり直す前に、現在の状態を確認してください。データ フォルダー内のログにこの番号で詳細が記録されています。報告の際に添えてください。',
} satisfies Record<keyof typeof english, string>;
