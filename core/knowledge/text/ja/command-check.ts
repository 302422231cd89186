import type english from '../en/command-check.ts';

/** コマンドの問題点。 */
export default {
  'command.problem.typo': '「{text}」は見つかりません。{name} のことですか。',
  'command.problem.unknown-command': '{name} は、把握している情報源のどれにもありません。',
  'command.problem.name-only': '{name} は名前だけを把握しています。パラメーターは確認していません。',
  'command.problem.unknown-parameter': 'パラメーター {text} はありません。',
  'command.problem.undocumented-parameter': 'パラメーター {text} は文書化されていません。',
  'command.problem.abbreviated':
    '{text} は {name} の省略形です。同じ文字で始まるパラメーターが 1 つの間だけ有効です。省略せずに書いてください。',
  'command.problem.ambiguous': '{text} では区別できません。{names} が同じ文字で始まります。',
  'command.problem.split-name': '名前が 2 つに分かれています。{name} のことですか。',
  'command.problem.repeated-parameter': '{text} が 2 回指定されています。',
  'command.problem.missing-value': '{name} に値がありません。',
  'command.problem.empty-value': '{name} の値が空です。PowerShell はここで空の値を受け付けません。',
  'command.problem.many-values':
    '{name} に指定できる値は 1 つですが、複数指定されています。値ごとにコマンドを実行してください。',
  'command.problem.wrong-number': '{name} には数値を指定します。「{text}」は数値ではありません。',
  'command.problem.wrong-boolean': '{name} には $true または $false を指定します。「{text}」はどちらでもありません。',
  'command.problem.wrong-preference':
    '{name} には Stop、Continue、SilentlyContinue、Ignore、Inquire のいずれかを指定します。「{text}」はどれでもありません。',
  'command.problem.switch-value':
    '{name} はスイッチのため、空白の後に値は指定できません。「{text}」は別の引数として扱われます。',
  'command.problem.missing-parameter': '{name} がありません。',
  'command.problem.missing-choice': '{names} のいずれかが必要です。',
  'command.problem.no-choice': '{names} のいずれも指定されていません。この場合の {name} の動作は文書化されていません。',
  'command.problem.stray-word': '「{text}」の前にパラメーターがありません。',
  'command.problem.exclusive': '{text} と {other} は同時に指定できません。{name} を 2 回に分けて実行してください。',
  'command.problem.wrong-layer': '{name} はホスト用で、クラスターを指定できません。クラスターには {other} を使います。',
  'command.problem.deprecated': '{name} は廃止予定です。{month} 以降は {successor} を使います。',
  'command.problem.not-available': 'このビルドに {name} はありません。{build} で追加されました。',
  'command.problem.wrong-path':
    'パスが誤っています (文書にも同じ誤りがあります)。PowerShell は .wssd をプロパティとして解釈します。前に円記号が必要です。',
  'command.problem.command-prompt-variable': '{text} はコマンド プロンプトの変数です。PowerShell では展開されません。',
  'command.problem.typographic-dash': '「{text}」では、ハイフンの代わりにダッシュが使われています。',
  'command.problem.typographic-quote':
    '{text} は引用符の飾り文字です。バイト順マークのないスクリプトでは、Windows PowerShell が正しく読み込めません。',
  'command.problem.unbalanced-quote': '引用符 {text} が閉じられていません。',
  'command.problem.unbalanced-bracket': 'かっこ {text} の対がありません。',
  'command.problem.placeholder': '{text} に値を入れてください。',
  'command.problem.may-not-support': '{text} が使えるかどうかは文書化されていません。',
  'command.problem.utf-16-output':
    'Windows PowerShell の > は UTF-16 で書き込みます。コピーする前に UTF-8 で保存し直してください。',
  'command.problem.ansi-output':
    'Windows PowerShell はこのファイルをシステムのコード ページで書き込みます。ASCII 以外の文字は Linux で文字化けします。-Encoding を指定してください。',
  'command.problem.not-known': '{name} は把握していないため、確認していません。',
  'command.problem.other-product':
    '{name} は別の製品のもので、Windows Server や Azure Stack HCI 22H2 の AKS には使えません。証明書とトークンの更新には Update-AksHciCertificates と Update-AksHciClusterCertificates を使います。',
  'command.problem.removes-every-cluster':
    '{name} は、すべてのワークロード クラスターを中身ごと削除します。元に戻す方法はありません。修復のためのコマンドではありません。',
  'command.problem.removes-host':
    '{name} は、すべてのワークロード クラスターとホストを削除します。元に戻す方法はありません。再起動や修復のためのコマンドではありません。',
  'command.problem.removes-cluster': '{name} は、クラスターを中身ごと削除します。元に戻す方法はありません。',
  'command.problem.removes-folder':
    'このユーザーのアクセス ファイルとログイン ファイルがすべて削除されます。文書化されている対処は、.wssd\\kvactl\\cloudconfig をバックアップしてから、このファイルだけを削除することです。',
  'command.problem.removes-agent-folder':
    'エージェントのデータ (クラウド エージェントの CA、ID、トークン) またはモジュールの設定が削除されます。元に戻す方法はどの情報源にもありません。',
  'command.problem.reboot':
    'トークンを更新する前に再起動しないでください。動作中のものは動き続けますが、KMS トークンの有効期限が切れていると、再起動後に API サーバーが起動しません (F21)。',
  'command.problem.downtime': '{name} の実行中は一部のサービスが停止します。時間を決めて、注意して実行してください。',
  'command.problem.bad-name':
    '「{text}」はクラスター名に使えません。使えるのは英数字、ハイフン、ピリオドで、先頭と末尾は英数字です (Kubernetes の規則)。',
  'command.problem.name-style':
    'リファレンスでは、作成に失敗することがあるためハイフンを使わないよう求めており、例は小文字です。既存のクラスターの名前には含まれることがあります。',
  'command.problem.windows-path': '{text} は Windows のものですが、コマンドは Linux ノードで実行されます。',
  'command.problem.windows-user': 'Linux ノードにユーザー {text} は存在しません。clouduser を使います。',
  'command.problem.expands-locally':
    '{text} は、二重引用符の中や引用符なしでは、ノードではなくこのコンピューターの PowerShell が展開します。一重引用符で囲むと、そのまま渡されます。',
  'command.problem.quoted-program':
    '引用符で囲んだパスは文字列として扱われます。プログラムとして実行するには、前に & を付けてください。',
  'command.problem.broken-continuation':
    'バッククォートの後に空白があるため、次の行に続きません。バッククォートを行末の文字にしてください。',
  'command.problem.missing-file': '{text} の後に出力先のファイルがありません。',
  'command.problem.repeated-redirection': '{text} の対象のストリームは、すでにリダイレクトされています。',
  'command.problem.joined-redirection':
    '{text} の前に空白がないため、語の一部として扱われ、ファイルには何も書き込まれません。',
  'command.problem.missing-side': '{text} の前または後に、必要なものがありません。',
  'command.problem.unexpected': 'ここに {text} は書けません。',
  'command.problem.newer-syntax':
    'コマンドレットを実行する Windows PowerShell 5.1 では、コマンドの区切りに {text} を使えません (PowerShell 7 では使えます)。',
  'command.problem.input-redirection': '< は PowerShell の予約文字で、入力の読み込みにも比較にも使えません。',
} satisfies Record<keyof typeof english, string>;
