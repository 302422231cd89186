import type english from '../en/runs.ts';

export default {
  'cli.usage.run-not-confirmed':
    '手順ごとに確認するための端末がありません。人の判断が不要な手順だけを実行するには、--yes を付けてください。',
  'cli.run.step': '手順 {at, number}/{count, number}: {title}  [{id}]',
  'cli.run.risk.disruptive': '実行中は、一部の機能を利用できなくなります。',
  'cli.run.risk.dangerous': 'この手順により、クラスターを失う可能性があります。',
  'cli.run.unknown':
    'この手順は以前に開始されましたが、どう終わったかは不明です。確認でも、済んでいるとは判断できませんでした。',
  'cli.run.by-hand': '手作業で行ってください ({where})。',
  'cli.run.state.not-started': '未開始です。',
  'cli.run.state.running': '実行中です。',
  'cli.run.state.done': '済みました。',
  'cli.run.state.failed': '失敗しました。',
  'cli.run.state.wrote-errors': 'エラーを出して終わりました。確認が必要です。',
  'run.program.missing':
    'プログラム {program} がこのコンピューターにないか、パスにありません。{of, select, check {手順は実行しましたが、確認は実行していません。} other {この手順は何も実行していません。}}',
  'run.program.not-started':
    'プログラム {program} を起動できませんでした ({reason})。{of, select, check {手順は実行しましたが、確認は実行していません。} other {この手順は何も実行していません。}}',
  'run.program.not-here': '{program} (見つかりません。使用する手順: {steps})',
  'run.programs': 'このコンピューターで起動するプログラム: {places}',
  'run.programs.and': '、',
  'cli.run.state.skipped': 'スキップしました。',
  'cli.run.state.unknown':
    '開始しましたが、どう終わったかは不明です (接続が切れたか、制限時間を超えたか、終わりを確認できませんでした)。',
  'cli.run.state.cancelled': '実行中にキャンセルされました。どこまで済んだかは不明です。',
  'cli.run.check.satisfied': '確認の結果、問題ありません。',
  'cli.run.check.unclear': '確認では既知のエラーはありませんでした。出力を、期待される内容と見比べてください。',
  'cli.run.check.not-satisfied': '確認の結果、期待どおりではありません。',
  'cli.run.known': '出力は障害 {failure} と一致します。詳しくは「arcwarden repair diagnose」で確認できます。',
  'cli.run.reason.from': '実行は、これより後の手順から始まりました。',
  'cli.run.reason.reads': '読み取りのみの手順で、手作業が必要です。',
  'cli.run.stop.by-hand':
    '手順 {id} は手作業が必要です。済んだら --accept {id} を、省く場合は --skip {id} を付けて続けてください。',
  'cli.run.stop.case':
    '手順 {id} の場合に当てはまるかどうかを、人が確認する必要があります。当てはまる場合は --accept {id} を、この場合の手順を省くには --skip {id} を指定してください。',
  'cli.run.stop.dangerous':
    '手順 {id} により、クラスターを失う可能性があります。それでも実行するには、--accept {id} を付けてください。',
  'cli.run.stop.unknown':
    '手順 {id} の結果は不明です。ホスト上で済んでいるかどうかを確認し、済んでいれば --skip {id} で省き、もう一度実行するには --accept {id} を指定してください。',
  'cli.run.ask': '実行しますか? y = 実行、d = 済んでいる、s = スキップ、q = 中止:',
  'cli.run.ask.by-hand': '済みましたか? d = 済んだ、s = スキップ、q = 中止:',
  'cli.run.ask.open': 'v = 値を入力、d = 済んだ、s = スキップ、q = 中止:',
  'cli.run.ask.value': '{name} (空欄: 未入力のまま):',
  'cli.run.ask.value.fault': '{name} の値として正しくありません。',
  'cli.run.ask.case': 'n = 条件に当てはまらない、',
  'cli.run.reason.skip': 'コマンド ラインで省略',
  'cli.run.reason.not-the-case': '条件に当てはまりません',
  'cli.run.not-read-again':
    '別のプログラムがデータ フォルダーを使用しているため、インベントリを読み直していません。次回のインポート時に反映されます。',
  'cli.run.ask.dangerous': '実行するには {id} と入力してください。d = 済んでいる、s = スキップ、q = 中止:',
  'cli.run.ask.dangerous.done': 'クラスターを失う可能性があります。完了とするには {id} と入力してください:',
  'cli.run.ask.errors': 'エラーが出ました。内容を確認してください。d = 済み、r = もう一度、s = 省く、q = 停止:',
  'cli.run.ask.failed': 'r = もう一度実行、s = スキップ、q = 中止:',
  'cli.run.ask.reason': 'スキップする理由を入力してください:',
  'cli.run.ended':
    '{state, select, done {計画はすべて終わりました} failed {失敗した手順があります} other {中止しました}}: {count, number} 件中 {done, number} 件の手順が済んでいます ({clusters})。実行 {id}。',
  'cli.run.resume': '再開するには: --resume {id} --target {target}',
  'cli.run.left-out': '省いた手順があるため、終了コードは 1 です: {steps}',
  'cli.run.not-run-now': '今回は何も実行していません。記録の内容だけを表示しています。',
  'cli.run.resumed': '実行 {id} を {target} で再開します。記録の内容:',
  'cli.run.resumed-step': '{at, number}. {id}: {state}',
  'cli.run.former-copy':
    'この実行の記録は破損しているか、なくなっています。これは 1 つ前のコピーで、最後の手順が含まれていない可能性があります。このコピーで再開するには {id} と入力してください。それ以外の入力では中止します:',
  'cli.run.open-values':
    '次の値が指定されていないため、必要とする最初の手順の前で止まります (--value NAME=… で指定。--resume でも使えます): {values}',
  'cli.usage.resume-target':
    '確認する人がいないため、--resume には、実行を開始したときの実行先を指定する必要があります: --target TARGET。',
  'cli.help.repair-run':
    'arcwarden repair run [FILE...|-] --target TARGET [OPTION...]\n    同じ引数で「arcwarden repair plan」が作る計画を、手順ごとに確認しながら実行します。最後まで終わらなかったとき、または必要かもしれない手順を\n    省いたときの終了コードは 1 です。実行の記録は、データ フォルダーに残ります。\n    --target sample          練習用。デモのコピーに対してエンジンが応答します\n    --target local|HOST      このコンピューター、または PowerShell リモート処理で接続するホスト\n    --yes                    確認なしで実行します。人の判断が必要な手順の前で止まります\n    --accept STEP            --yes が手前で止まる手順を承諾します: その場合に当てはまる、手作業が済んでいる、クラスターを失う\n                             可能性がある、済んでいるかもしれない手順 (複数指定可)\n    --skip STEP              手順を省きます。特定の場合の手順なら、同じ場合の手順も省きます (複数指定可)\n    --value NAME=VALUE       管理者だけが知っている値 (複数指定可)\n    --from STEP              この手順から始めます\n    --resume RUN             実行を再開します。不明な手順は先に確認します。--yes を付ける場合は、その実行の --target も指定します\n    --json は実行の記録を出力します: state と、各手順の状態、時刻、終了コード、出力、既知のエラー、確認の結果。',
  'cli.help.update-run':
    'arcwarden update run [FILE...|-] --target TARGET [OPTION...]\n    同じ引数で「arcwarden update plan」が作る計画を、手順ごとに確認しながら実行します。最後まで終わらなかったとき、または必要かもしれない手順を\n    省いたときの終了コードは 1 です。実行の記録は、データ フォルダーに残ります。\n    --target sample          練習用。デモのコピーに対してエンジンが応答します\n    --target local|HOST      このコンピューター、または PowerShell リモート処理で接続するホスト\n    --yes                    確認なしで実行します。人の判断が必要な手順の前で止まります\n    --accept STEP            --yes が手前で止まる手順を承諾します: その場合に当てはまる、手作業が済んでいる、クラスターを失う\n                             可能性がある、済んでいるかもしれない手順 (複数指定可)\n    --skip STEP              手順を省きます。特定の場合の手順なら、同じ場合の手順も省きます (複数指定可)\n    --value NAME=VALUE       管理者だけが知っている値 (複数指定可)\n    --from STEP              この手順から始めます\n    --resume RUN             実行を再開します。不明な手順は先に確認します。--yes を付ける場合は、その実行の --target も指定します\n    --json は実行の記録を出力します: state と、各手順の状態、時刻、終了コード、出力、既知のエラー、確認の結果。',
  'cli.run.not-audited':
    '別のプログラムがデータ フォルダーまたはファイルを使用しているため、監査証跡に {count, number} 件を書き込めませんでした。実行の記録にはすべて残っており、不足分は次の実行の開始時に追加します。',
  'cli.runs.id': '実行',
  'cli.runs.started': '開始',
  'cli.runs.kind': '種類',
  'cli.runs.kind.repair': '修復',
  'cli.runs.kind.update': '更新',
  'cli.runs.kind.revocation': '復旧',
  'cli.runs.kind.maintenance': 'メンテナンス',
  'cli.runs.clusters': 'クラスター',
  'cli.runs.target': '実行先',
  'cli.runs.by': '実行者',
  'cli.runs.done': '手順',
  'cli.runs.state': '状態',
  'cli.runs.exported':
    'コマンドの出力がすべて含まれています。既知の形式の秘密情報は取り除いてありますが、ほかの人に渡す前に内容を確認してください: {command}',
  'cli.runs.none': '実行の記録はありません。',
  'cli.help.runs-list':
    'arcwarden runs list\n    計画の実行を新しい順に表示します (日時、実行先、実行者、進み具合)。終了コード 1: 読み取れない記録があります。',
  'cli.help.runs-show':
    'arcwarden runs show RUN\n    実行した手順と、その出力を表示します。--json を付けると、記録全体を出力します。',
  'cli.help.runs-export':
    'arcwarden runs export RUN --out FILE\n    計画、記録、トランスクリプトを SHA-256 と共に 1 つの ZIP ファイルに書き込みます。監査証跡に記録されます。',
} satisfies Record<keyof typeof english, string>;
