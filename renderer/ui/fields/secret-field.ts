/** Its content exists only in the page, and is read when it is needed. */
export interface SecretField {
  read: () => string;
  clear: () => void;
  focus: () => void;
}
