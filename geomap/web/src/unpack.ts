// base64 of gzip of UTF-8 JSON -> object, with what the browser brings along.

/** Unpack the scene block; throws in plain words when the browser cannot or the block is damaged. */
export async function unpack<T>(base64: string): Promise<T> {
  if (typeof DecompressionStream === "undefined") {
    throw new Error("this browser cannot unpack the map's data; please use one from 2023 or later");
  }
  const bytes = Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as T;
}
