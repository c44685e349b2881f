// Sources and archived copies as links with their host in full.
import { el, link } from "./dom";
import { many, type Incident } from "./table";
import { isoWords } from "./time";

/** Links of a source cell and of its archive cell; null when both are empty. */
export function sourceLinks(urls: string | null | undefined, archives: string | null | undefined): HTMLElement | null {
  const links = many(urls).map((url) => el("li", {}, link(url)));
  const copies = many(archives).map((url) => el("li", {}, link(url, "archived copy")));
  return links.length || copies.length ? el("ul", { class: "sources" }, ...links, ...copies) : null;
}

/** The sources of an incident: names, date, links. */
export function sourcesSection(incident: Incident): HTMLElement | null {
  const names = many(incident.source_name).join("; ");
  const dated = [names, incident.source_date && isoWords(incident.source_date)].filter(Boolean).join(", ");
  const links = sourceLinks(incident.source_url, incident.archive_url);
  if (!dated && !links) return null;
  return el("section", {}, el("h3", {}, "Sources"), dated ? el("p", {}, dated) : null, links);
}
