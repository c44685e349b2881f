// The card: what a click on a mark, a label, a line or a list row opens. Escape closes it; focus goes back.
import { borderTitle, borderView } from "./border-view";
import { degreesInWords } from "./geo";
import { el, fill, type Child } from "./dom";
import { headline, incidentView } from "./incident-view";
import { nameHeads, placeView, stackView } from "./place-view";
import { placeOf } from "./scene";
import type { Opened, Store } from "./store";

interface Content {
  title: Child[];
  back: HTMLElement | null;
  body: HTMLElement;
}

export class Card {
  readonly element = el("aside", { class: "card", "aria-labelledby": "geomap-card-title", hidden: true });
  readonly #store: Store;
  #opener: HTMLElement | null = null;

  constructor(store: Store) {
    this.#store = store;
    store.on("opened", () => this.#show());
    store.on("filter", () => {
      if (store.opened?.kind === "place" || store.opened?.kind === "stack") this.#show();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") store.open(null);
    });
  }

  #show(): void {
    const opened = this.#store.opened;
    if (!opened) return this.#close();
    if (this.element.hidden) this.#opener = document.activeElement as HTMLElement | null;
    const { title, back, body } = this.#content(opened);
    const close = el(
      "button",
      { type: "button", class: "close", "aria-label": "Close the card", onclick: () => this.#store.open(null) },
      "×",
    );
    const heading = el("h2", { id: "geomap-card-title", tabindex: -1 }, ...title);
    fill(
      this.element,
      el("header", {}, back, heading, close),
      el("div", { class: "card-body", tabindex: 0, role: "region", "aria-label": "Details" }, body),
    );
    this.element.hidden = false;
    heading.focus({ preventScroll: true });
  }

  #close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.element.replaceChildren();
    if (this.#opener?.isConnected) this.#opener.focus({ preventScroll: true });
  }

  #content(opened: Opened): Content {
    if (opened.kind === "incident") return this.#incident(opened.row);
    if (opened.kind === "place")
      return {
        title: nameHeads(this.#store.scene.places[opened.place]!),
        back: null,
        body: placeView(this.#store, opened.place),
      };
    if (opened.kind === "stack") return this.#stack(opened.key);
    const border = this.#store.scene.borders.find(({ id }) => id === opened.id)!;
    return { title: [borderTitle(border)], back: null, body: borderView(border) };
  }

  #incident(row: number): Content {
    const incident = this.#store.scene.incidents.record(row);
    const place = placeOf(this.#store.scene, row);
    const index = incident.place;
    const open = () => this.#store.open({ kind: "place", place: index! });
    const back = place && el("button", { type: "button", class: "back", onclick: open }, `All rows at ${place.name}`);
    return { title: [headline(incident, place)], back, body: incidentView(this.#store.scene, incident) };
  }

  #stack(key: string): Content {
    const mark = this.#store.marks.find((candidate) => candidate.key === key);
    if (!mark) return { title: ["No rows here with the present filters"], back: null, body: el("div") };
    const text = this.#store.scene.incidents.text("place_text", mark.rows[0]!);
    return {
      title: [text ?? degreesInWords([mark.lon, mark.lat], 3)],
      back: null,
      body: stackView(this.#store, mark.rows),
    };
  }
}
