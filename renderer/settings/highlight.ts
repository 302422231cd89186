/** Highlights the words wherever they occur in the text of an element. */
export function highlightWords(element: HTMLElement, words: readonly string[]): void {
  const ranges: Range[] = [];
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode())
    for (const word of words) {
      const start = (node.nodeValue ?? '').toLowerCase().indexOf(word);
      if (start === -1) continue;
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, start + word.length);
      ranges.push(range);
    }
  CSS.highlights.set('settings-search', new Highlight(...ranges));
}
