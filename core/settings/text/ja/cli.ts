import type english from '../en/cli.ts';

export default {
  'cli.settings.name': '設定',
  'cli.settings.value': '値',
  'cli.settings.none': '「{name}」以下には、何も設定されていません。',
  'cli.usage.no-setting': '「{name}」という設定はありません。すべての設定は「arcwarden settings list」で確認できます。',
  'cli.usage.bad-setting':
    '設定「{name}」に「{value}」は指定できません。指定できる値は docs/cli.md に記載されています。',
  'cli.usage.no-reset': '設定「{name}」だけを既定値に戻すことはできません。同じグループにある別の設定と矛盾します。',
  'cli.help.settings-list':
    'arcwarden settings list [NAME]\n    データ フォルダーの設定を表示します。NAME (例: thresholds、watch.quiet) を指定すると、その下の設定だけを表示します。\n    --json を付けると、1 つの JSON 文書で出力します。',
  'cli.help.settings-set':
    'arcwarden settings set NAME VALUE\n    設定を 1 つ変更します。例: settings set language ja、settings set watch.heartbeatHours 24\n    VALUE には、語、数値、コンマ区切りの語 (リスト)、または JSON を指定します。',
  'cli.help.settings-reset':
    'arcwarden settings reset NAME\n    設定を 1 つ既定値に戻します。既定値がない設定は削除します。',
} satisfies Record<keyof typeof english, string>;
