import type english from '../en/statements.ts';

export default {
  'certainty.documented': '公式文書',
  'certainty.from-code': 'ソース コード',
  'certainty.reported': '利用者の報告',
  'certainty.inferred': '推定',
  'list.and': '、',
} satisfies Record<keyof typeof english, string>;
