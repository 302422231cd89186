/**
 * The certainty of a statement. `documented`: on a published Microsoft or Kubernetes page. `from-code`: in public
 * source code. `reported`: by a user in an issue. `inferred`: follows from the other kinds or from kubeadm's behaviour.
 */
export type Certainty = 'documented' | 'from-code' | 'reported' | 'inferred';

/**
 * `work` names the page, repository or issue; `place` the section, file or line in it. Each is a catalogue key
 * (`source.<…>`) for our own words, or else verbatim in every language: a title, a repository name or an error text.
 */
export interface Citation {
  certainty: Certainty;
  work: string;
  place?: string;
}

/** The catalogue key of a text for an admin, the values in it, and all sources. */
export interface Statement {
  text: string;
  params?: Record<string, string | number>;
  citations: readonly Citation[];
}

/**
 * The certainty of the value is that of the first citation; the other citations support, complete or contradict the
 * value.
 */
export interface Sourced<T> {
  value: T;
  citations: readonly [Citation, ...Citation[]];
}
