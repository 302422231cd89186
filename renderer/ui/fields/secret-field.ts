/** A field whose content stands in the page alone: who needs it takes it at the moment of need. */
export interface SecretField {
  read: () => string;
  clear: () => void;
  focus: () => void;
}
