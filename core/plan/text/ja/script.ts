import type english from '../en/script.ts';

export default {
  'steps.script.usage':
    'ホスト上の{elevated, select, yes {管理者として開いた} other {}} Windows PowerShell 5.1 で実行してください。-WhatIf は実行内容の表示だけを行い、何も変更しません。-From STEP はその手順から始めます。',
  'steps.script.answers':
    '-Yes は何も尋ねず、人の判断が必要な手順 (手作業、特定の場合だけの手順、クラスターを失う可能性がある手順) の手前で止まります。-Accept STEP はその手順を承諾し、-Skip STEP は手順を省きます (特定の場合の手順では、どちらも同じ場合のすべての手順に適用されます)。-Value "NAME=VALUE;NAME=VALUE" は管理者だけが知る値を渡します。',
  'steps.script.options':
    '-Cluster NAME は計画で決まっていないクラスターを、-Kubeconfig FILE または -DefaultKubeconfig はコマンドに指定がない場合に kubectl が使う kubeconfig を、-Kubectl FILE は使用する kubectl を、-Folder FOLDER は状態ファイルとトランスクリプトの場所を指定します。-Undo は元に戻すコマンドのある手順を元に戻します。-Language en|ja で言語を選びます。',
  'steps.script.resume':
    '最初の失敗で止まります。もう一度実行すると、最後に終わった手順の次から続けます。状態ファイルとトランスクリプトは同じフォルダーに、バンドルの場合と書き込めないフォルダーにある場合は %LOCALAPPDATA%\\Arcwarden の下に保存されます。終了コード 0: すべて終了、1: 途中で停止、2: 開始せず、3: 最後まで進んだものの、省いた手順か人の作業が必要な手順あり。',
  'steps.script.policy':
    'スクリプトがブロックされる場合は、Get-ExecutionPolicy -List で確認してください。Unblock-File はダウンロードしたファイルの印を消し、powershell.exe -ExecutionPolicy RemoteSigned -File は別のポリシーで実行します (グループ ポリシーで設定されている場合を除く)。出典: about_Execution_Policies。',
  'steps.script.begins': '手順 {at} / {count} [{step}]: {title}',
  'steps.script.done-before': '実行済み: {title}',
  'steps.script.sources': '出典: {sources}',
  'steps.script.expected': '期待される結果: {expected}',
  'steps.script.check': '確認: {command}',
  'steps.script.check-left-out': '値が足りないため ({names})、確認を省きます: {command}',
  'steps.script.check-failed': '確認の結果、期待どおりになっていません。',
  'steps.script.ask-case': 'この場合に当てはまりますか?',
  'steps.script.not-the-case': '当てはまらないため省きます: {title}',
  'steps.script.case-stop':
    '当てはまるかどうかを人が確認する必要があります: {case}。当てはまる場合は -Accept {step}、省く場合は -Skip {step} を指定してください。',
  'steps.script.person': '手作業: {title}',
  'steps.script.person-confirm': '済みましたか?',
  'steps.script.person-stop': '手作業が必要です: {title}。済んだら -Accept で指定してください。',
  'steps.script.confirm-none': 'この手順を実行しますか? 読み取りだけです。',
  'steps.script.confirm-low': 'この手順を実行しますか? やり直せる手順です。',
  'steps.script.confirm-disruptive': 'この手順を実行しますか? しばらく使えなくなるものがあります。',
  'steps.script.confirm-dangerous': 'この手順を実行しますか? クラスターを失う可能性があります。',
  'steps.script.dangerous-stop':
    'クラスターを失う可能性がある手順です: {title}。実行する場合は -Accept で指定してください。',
  'steps.script.choice-yes': 'はい(&Y)',
  'steps.script.choice-no': '当てはまらない(&N)',
  'steps.script.choice-stop': '停止(&S)',
  'steps.script.choice-run': '実行(&R)',
  'steps.script.choice-leave': '省く(&L)',
  'steps.script.choice-done': '済み(&D)',
  'steps.script.help-yes': '当てはまるので、この場合の手順を実行します。',
  'steps.script.help-no': '当てはまらないので、この場合の手順を省き、その次から続けます。',
  'steps.script.help-stop': 'これ以上は実行しません。もう一度実行すると、ここから続けます。',
  'steps.script.help-run': 'この手順を実行します。',
  'steps.script.help-leave': 'この手順を省き、その次から続けます。',
  'steps.script.help-done': '済んでいるので、その次から続けます。',
  'steps.script.stopped': '実行前に止めました: {title}。',
  'steps.script.failed': '失敗しました: {title}。{error}',
  'steps.script.script-failed': 'スクリプトが失敗しました。{error}',
  'steps.script.unknown': 'この手順の結果は不明です: {title}。{error}',
  'steps.script.errors':
    'エラーを出して終わりました。確認が必要です: {title}。{errors} それでも済んでいる場合は、-Skip {step} を付けてもう一度実行してください。',
  'steps.script.ask-errors':
    '最後まで実行されましたが、エラーが出ました: {errors} 内容を確認してください。済んでいますか?',
  'steps.script.errors-checked': 'エラーが出ましたが、確認の結果は問題ありません: {errors}',
  'steps.script.step-done': '完了: {title}',
  'steps.script.go-on': '以降の手順は実行していません。もう一度実行すると、ここから続けます (-From {step})。',
  'steps.script.look-again': 'この手順は始まりましたが、終わりを確認できていません: {title}',
  'steps.script.exit-code': '終了コード {code}',
  'steps.script.lost':
    '接続が切れたか、接続できませんでした。接続先では実行が続いている可能性があります。-Yes の場合、ssh は何も尋ねません。一度手作業で接続し、ホスト キーを承認してください。',
  'steps.script.no-program': 'プログラム {program} が、パスにも %ProgramFiles%\\AksHci にも見つかりません。',
  'steps.script.no-cmdlet':
    '{name} が見つかりません。モジュール AksHci、Moc、Kva のいずれかがインストールされていません。Get-Module -ListAvailable で確認できます。',
  'steps.script.blocked-module':
    'モジュール {name} はありますが、実行ポリシーによって読み込めません ({policies})。スコープ MachinePolicy と UserPolicy はグループ ポリシーで設定されたものです。それ以外は Set-ExecutionPolicy RemoteSigned で許可できます。出典: about_Execution_Policies。',
  'steps.script.not-kept': '{file} の読み書きができません。ほかのプログラムが使用中か、アクセス権がありません。{error}',
  'steps.script.hosts': 'ホスト',
  'steps.script.claimed': 'ほかのスクリプトが作業中です: {name}。何も実行していません。',
  'steps.script.state-damaged':
    '{file} が空か、壊れています (電源断などが考えられます)。どの手順が済んだかわからないため、何も実行していません。同じフォルダーのトランスクリプトとクラスターの状態を確認してから、このファイルを別の場所に移してください。次は最初の手順から始まります。計画のスクリプトでは -From STEP で開始する手順を指定できます。',
  'steps.script.state-link':
    '{file} は別の場所へのリンクのため、読み書きしません。何も実行していません。リンクを削除するか、別のフォルダーを指定してください。',
  'steps.script.state-owner':
    '{file} の所有者 {account} は管理者でも実行中のアカウントでもないため、記録されている実行済みの手順を信頼できません。何も実行していません。内容を確認してから削除してください。',
  'steps.script.state-writable':
    '管理者ではない {account} が {file} に書き込めるため、記録されている実行済みの手順を信頼できません。何も実行していません。icacls (出典: Microsoft Learn) でそのアクセス許可を削除し、内容を確認してください。',
  'steps.script.missing-value': '値が足りません。-Value で指定してください: {name}',
  'steps.script.ask-value': '{name} の値 (空のまま Enter で停止)',
  'steps.script.bad-value': '{name} の値として正しくありません: {value}',
  'steps.script.program-missing':
    'プログラム {program} が、パスにも %ProgramFiles%\\AksHci にも見つかりません。手順 {step} に必要なため、何も実行していません。別の kubectl は -Kubectl FILE で指定し、手順を省く場合は -Skip {step} を指定してください。',
  'steps.script.nobody':
    '応答できる人がいません。コンソールで実行するか、-Yes、-Accept、-Skip、-Value を指定してください。',
  'steps.script.constrained':
    'このスクリプトは制約付き言語モードで実行されているため、動作しません。何も実行していません。このホストのアプリ コントロール (WDAC) または AppLocker のポリシーがこのファイルを信頼していません。ポリシーで許可するか、コマンドを手作業で実行してください。出典: Microsoft Learn、about_Language_Modes。',
  'steps.script.unknown-step': '手順 {step} はありません。指定できる手順: {steps}',
  'steps.script.unknown-value': '計画にない値です: {name}。指定できる値: {names}',
  'steps.script.other-plan':
    'このスクリプトの状態ファイルは、別の計画または別のクラスターのものです。別の場所に移すか、-From を指定してください。',
  'steps.script.no-folder':
    '状態ファイルとトランスクリプトを {folder} に保存できません。-Folder で別のフォルダーを指定してください。',
  'steps.script.work-folder': 'フォルダーを指定しないファイルの場所: {folder}',
  'steps.script.unsure':
    '済んでいるかどうかを確認できていません: {title}。調べてから、次の手順を -From に指定するか、もう一度実行する場合は -Accept {step} を指定してください。',
  'steps.script.file-changed':
    '{file} がないか、このスクリプトが作られたときのファイルではありません。バンドルを展開し直して verify.ps1 を実行し、最初からやり直してください。',
  'steps.script.no-kubeconfig':
    '{file} に kubeconfig がありません。-Kubeconfig で指定するか、-DefaultKubeconfig を使ってください。',
  'steps.script.no-undo': '実行済みの手順に、コマンドで元に戻せるものがありません。',
  'steps.script.undo': '元に戻す: {title}',
  'steps.script.left-out': '計画の最後まで進みました。省いた手順: {steps}',
  'steps.script.for-person':
    '計画の最後まで進みました。人の確認が必要な手順: {steps}。済んだら -Accept STEP で指定してください。',
  'steps.script.done': 'すべての手順が終わりました。元に戻すコマンドのある手順は、-Undo で元に戻せます。',
  'steps.script.undone': '元に戻しました。もう一度実行すると、元に戻した最初の手順から始めます。',
} satisfies Record<keyof typeof english, string>;
