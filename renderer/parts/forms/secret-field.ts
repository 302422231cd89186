/** A field whose content is only in the page and is read only when needed. */
export interface SecretField {
  read: () => string;
  clear: () => void;
  focus: () => void;
}
