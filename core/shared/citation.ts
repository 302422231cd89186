/**
 * How sure a statement is. `documented`: a published Microsoft or Kubernetes page says it. `from code`: read in the
 * public source. `reported`: a user says so in an issue. `inferred`: follows from the above or from kubeadm habit.
 */
export type Certainty = 'documented' | 'from-code' | 'reported' | 'inferred';

/**
 * Where a statement comes from: `work` names the page, repository or issue; `place` the section, file or row in it.
 * Either is a key of the catalogues (`source.<…>`) when it is in our own words, else verbatim: a title, the name of a
 * repository or the text of an error, the same in every language.
 */
export interface Citation {
  certainty: Certainty;
  work: string;
  place?: string;
}

/** A statement shown to an admin: the catalogue key of its text, the values in it, and every source it rests on. */
export interface Statement {
  text: string;
  params?: Record<string, string | number>;
  citations: readonly Citation[];
}

/**
 * A value of a profile with every source it rests on, at least one. The first citation carries the value, so its certainty
 * is the value's; the others support it, complete it or say otherwise.
 */
export interface Sourced<T> {
  value: T;
  citations: readonly [Citation, ...Citation[]];
}
