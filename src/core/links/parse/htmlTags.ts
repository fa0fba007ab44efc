import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** By lower-case names; the first of several with the same name counts. Character references are decoded. */
export type HtmlAttributes = ReadonlyMap<string, string>;

interface TagListener {
  readonly onOpen: (name: string, attributes: HtmlAttributes) => void;
  readonly onClose: (name: string) => void;
}

const ignored = () => undefined;

/**
 * Reports the tags of a page in order, except those in comments, scripts and the like. Takes linear time:
 * unlike the parser of this package it keeps no stack of open elements, so it also reports tags that are
 * closed out of order.
 */
export function eachHtmlTag(html: string, { onOpen, onClose }: TagListener): void {
  let name = '';
  let attributes = new Map<string, string>();
  let attribute = '';
  let value = '';
  const text = (start: number, end: number) => html.slice(start, end);
  const open = () => {
    onOpen(name, attributes);
  };
  const callbacks: TokenizerCallbacks = {
    onopentagname: (start, end) => {
      name = text(start, end).toLowerCase();
      attributes = new Map();
    },
    onattribname: (start, end) => {
      attribute = text(start, end).toLowerCase();
      value = '';
    },
    onattribdata: (start, end) => {
      value += text(start, end);
    },
    onattribentity: (codePoint) => {
      value += String.fromCodePoint(codePoint);
    },
    onattribend: () => {
      if (!attributes.has(attribute)) attributes.set(attribute, value);
    },
    onopentagend: open,
    onselfclosingtag: open,
    onclosetag: (start, end) => {
      onClose(text(start, end).toLowerCase());
    },
    oncdata: ignored,
    oncomment: ignored,
    ondeclaration: ignored,
    onend: ignored,
    onprocessinginstruction: ignored,
    ontext: ignored,
    ontextentity: ignored,
  };
  const tokenizer = new Tokenizer({ decodeEntities: true }, callbacks);
  tokenizer.write(html);
  tokenizer.end();
}
