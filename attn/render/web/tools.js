/* tools.js - first of the page's script: the numbers shared with C, and making nodes.
 *
 * The script makes the pictures of a page live: exact weights under the pointer and by
 * keyboard, a word to choose, a head to choose. Each output carries a copy of the whole:
 * these files joined (the Makefile has their order) inside one function. A copy upgrades
 * every .attn that is not ready yet, so it does not matter where a front end runs it. It
 * paints what C has laid out (the data's form: payload.h) and computes no layout. Words
 * of a sentence go into the page as text nodes and attributes only. Nothing is fetched.
 */

// enum ink, item_kind, line_shape and field_kind of scene.h
const [, TEXT, MUTED, , PAPER, WEIGHT, ON_WEIGHT, REST, MASKED, CHOSEN] = Array(10).keys();
const HEAD = 15;
const [BOX, WORDING, LINE, DOT] = Array(4).keys();
const [, CURVE, ARC] = Array(3).keys();
const [CELLS, LINKS, WORDS, BARS] = Array(4).keys();
const READABLE = 0.62; // a picture is not made smaller than this: it scrolls
const LITTLE = 300; // thousandths: a word that gets less stands out from no other
const LABEL_MOST = 24; // letters of a word before its bar
const HALF = 1000; // a weight of .5 as decode() has it
const FADED = 0.12; // how much is left of other words' links
const NUMBERED = 5; // so many words of a sentence have their weight below them
const LABEL_DROP = 0.36; // of the font size, from the middle of a box to the baseline

function make(tag, attributes, parent) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in attributes) {
    if (attributes[name] !== undefined) node.setAttribute(name, attributes[name]);
  }
  if (parent) parent.append(node);
  return node;
}

function element(tag, className, parent, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

const cut = (word) => (word.length > LABEL_MOST ? word.slice(0, LABEL_MOST - 1) + "…" : word);
const clamp = (x) => Math.max(0, Math.min(1, x));
