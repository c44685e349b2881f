// Elements from plain values. Text reaches the page through text nodes only, and links only over http(s).
import { visible } from "./visible";

export type Child = Node | string | number | null | undefined | false;
type Listener = (event: Event) => void;
export type Attributes = Record<string, string | number | boolean | Listener | null | undefined>;

/** What could load, style or run something is never set from here. */
const REFUSED = /^(href|src|srcdoc|style|action|formaction|xlink:href)$/i;

/** Make an HTML element; `onclick: listener` listens, `true` sets an empty attribute, null and false set none. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, ...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  setAttributes(element, attributes);
  append(element, ...children);
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (REFUSED.test(name)) throw new Error(`attribute ${name} may not be set`);
    else element.setAttribute(name, value === true ? "" : visible(String(value)));
  }
}

export function append(parent: Element, ...children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.append(child instanceof Node ? child : document.createTextNode(visible(String(child))));
  }
}

/** Replace everything in an element. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, ...children);
}

/** The address when it is one of the web, else null. */
function webAddress(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

/** A link that shows its host in full; anything but http(s) stays text. */
export function link(address: string, label?: string): HTMLElement {
  const url = webAddress(address);
  if (!url) return el("span", {}, label ? `${label}: ` : null, address);
  const anchor = el("a", { rel: "noopener noreferrer nofollow", target: "_blank", title: address }, label ?? url.host);
  anchor.href = url.href;
  return label ? el("span", {}, anchor, ` (${url.host})`) : anchor;
}

/** A list of terms and descriptions; entries without a description are left out. */
export function facts(entries: readonly [term: string, ...details: Child[]][]): HTMLElement {
  const list = el("dl", { class: "facts" });
  for (const [term, ...details] of entries) {
    const shown = details.filter(
      (detail) => detail !== null && detail !== undefined && detail !== false && detail !== "",
    );
    if (!shown.length) continue;
    append(list, el("dt", {}, term), ...shown.map((detail) => el("dd", {}, detail)));
  }
  return list;
}
