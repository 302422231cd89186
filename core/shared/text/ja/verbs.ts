import type english from '../en/verbs.ts';

export default {
  'cli.severity.error': 'エラー',
  'cli.severity.warning': '警告',
  'cli.severity.notice': '情報',
  'cli.place.line': '{line} 行目',
  'cli.place.offset': '{offset} バイト目',
  'cli.place.column': '{line} 行 {column} 列',
  'cli.placeholder.folder': '<DIR>',
  'cli.placeholder.path': '<PATH>',
  'cli.usage.bad-value': 'オプション {option} に「{value}」は指定できません。指定できる値: {allowed}',
  'cli.usage.option-needed': 'オプション {option} を指定してください。',
  'cli.usage.bad-number': 'オプション {option} に「{value}」は指定できません。1 以上の整数を指定してください。',
  'cli.usage.bad-file': 'オプション {option} にファイルまたはフォルダーの名前を指定してください。',
} satisfies Record<keyof typeof english, string>;
