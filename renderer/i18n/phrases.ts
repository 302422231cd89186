import { loadDefaultJapaneseParser } from 'budoux';

/** A space without width, at which a line may end. */
const MARK = '\u200b';
const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
/** Spaces and punctuation, which belong to the line before them. */
const NEVER_FIRST = /[\s\p{Pe}\p{Pf}\p{Pd}\p{Po}ー]/u;
const FIXED = 'code, pre, textarea, [contenteditable]';

/** Lets lines of Japanese text end only after a phrase; returns a function that stops. */
export function breakByPhrase(root: HTMLElement): () => void {
  if (CSS.supports('word-break', 'auto-phrase')) return () => undefined;
  const findEnds = createPhraseFinder();
  const markText = (node: Node): void => {
    if (!(node instanceof Text) || !JAPANESE.test(node.data) || node.data.includes(MARK)) return;
    if (node.parentElement?.closest(FIXED) !== null) return;
    // An inserted character moves selections and highlights; a new text would end them.
    for (const end of findEnds(node.data).reverse()) node.insertData(end, MARK);
  };
  const markAll = (node: Node): void => {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text: Node | null = texts.currentNode; text !== null; text = texts.nextNode()) markText(text);
  };
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records)
      for (const node of type === 'characterData' ? [target] : addedNodes) markAll(node);
    observer.takeRecords();
  });
  markAll(root);
  observer.observe(root, { subtree: true, childList: true, characterData: true });
  return () => observer.disconnect();
}

/** Returns a function that finds the ends of phrases, none of them inside a word or before punctuation. */
export function createPhraseFinder(): (text: string) => number[] {
  const parser = loadDefaultJapaneseParser();
  const words = new Intl.Segmenter('ja', { granularity: 'word' });
  return (text) => {
    const starts = new Set(Array.from(words.segment(text), ({ index }) => index));
    return parser.parseBoundaries(text).filter((end) => starts.has(end) && !NEVER_FIRST.test(text.charAt(end)));
  };
}

/** Copies the selected text without marks. */
export function copyUnmarked(event: ClipboardEvent): void {
  const text = String(getSelection());
  if (!text.includes(MARK)) return;
  event.clipboardData?.setData('text/plain', text.replaceAll(MARK, ''));
  event.preventDefault();
}

/** Finds a word in a text with marks; returns where it starts and ends. */
export function findUnmarked(text: string, word: string): [number, number] | undefined {
  const places = Array.from(text.matchAll(/[^\u200b]/g), ({ index }) => index);
  const start = text.replaceAll(MARK, '').toLowerCase().indexOf(word);
  return start === -1 ? undefined : [places[start] ?? 0, (places[start + word.length - 1] ?? 0) + 1];
}
