import type english from '../en/editor.ts';

export default {
  'editor.keys':
    'F8 次の検出事項 · Ctrl+Space 候補 · Ctrl+F 検索 · Ctrl+M で Tab が字下げに (Esc、Tab の順で次の項目へ移動)',
  'editor.finding': '{severity}: {text}',
  'editor.suggestion.now': '現在',
  'editor.suggestion.group': '把握している証明書 {count, number} 個',

  'editor.phrase.line': '$ 行目',
  'editor.phrase.tab-indents': 'Tab キーで字下げします。次の項目へ移動するには、Esc キーに続けて Tab キーを押します。',
  'editor.phrase.tab-leaves': 'Tab キーで次の項目へ移動します。',
  'editor.phrase.control-character': '制御文字',
  'editor.phrase.selection-deleted': '選択範囲を削除しました',
  'editor.phrase.suggestions': '候補',
  'editor.phrase.find': '検索',
  'editor.phrase.replace-by': '置換後の文字列',
  'editor.phrase.next': '次へ',
  'editor.phrase.previous': '前へ',
  'editor.phrase.all': 'すべて選択',
  'editor.phrase.match-case': '大文字と小文字を区別',
  'editor.phrase.regexp': '正規表現',
  'editor.phrase.by-word': '単語単位',
  'editor.phrase.replace': '置換',
  'editor.phrase.replace-all': 'すべて置換',
  'editor.phrase.close': '閉じる',
  'editor.phrase.current-match': '現在の一致箇所',
  'editor.phrase.on-line': '行番号',
  'editor.phrase.replaced-on-line': '$ 行目を置換しました',
  'editor.phrase.replaced': '置換した箇所: $',
} satisfies Record<keyof typeof english, string>;
