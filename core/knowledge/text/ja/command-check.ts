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
  'command.problem.split-name': '名前が 2 つに分かれています。{name} のことですか。',
  'command.problem.repeated-parameter': '{text} が 2 回指定されています。',
  'command.problem.missing-value': '{name} に値がありません。',
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
} satisfies Record<keyof typeof english, string>;
