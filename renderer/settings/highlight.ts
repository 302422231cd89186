import { findUnmarked } from '../i18n/phrases.ts';

/** Highlights the words wherever they occur in the text of an element. */
export function highlightWords(element: HTMLElement, words: readonly string[]): void {
  const ranges: Range[] = [];
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode())
    for (const word of words) {
      const found = findUnmarked(node.nodeValue ?? '', word);
      if (found === undefined) continue;
      const range = new Range();
      range.setStart(node, found[0]);
      range.setEnd(node, found[1]);
      ranges.push(range);
    }
  CSS.highlights.set('settings-search', new Highlight(...ranges));
}
