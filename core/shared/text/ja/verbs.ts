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
} satisfies Record<keyof typeof english, string>;
