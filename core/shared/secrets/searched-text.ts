/** Makes V8 forget the text in which a regular expression found something last: it keeps that text until the next match. */
export function forgetSearchedText(): void {
  /^/u.test('');
}
