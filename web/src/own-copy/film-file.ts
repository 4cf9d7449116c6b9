/** Tells films from other files by type and name. Loaded with the page's drops, so kept small. */

const FILM_TYPE = /^(video|audio)\//;
/** Browsers know no type for some of these, and each system knows others. */
const FILM_ENDING =
  /\.(mp4|m4v|webm|ogv|mov|mkv|avi|wmv|flv|mpe?g|m2ts|mts|vob|3gp|divx|rmvb|mp3|m4a|m4b|ogg|oga|opus|wav|flac|aac|wma)$/i;

/** Returns whether a file is meant as a film, whether or not this browser plays it. */
export function isFilmFile({ type, name }: { type: string; name?: string }): boolean {
  return FILM_TYPE.test(type) || (name !== undefined && FILM_ENDING.test(name));
}

/** Returns whether a drag or a paste brings a film; a drag names no files before the drop, only their types. */
export function bringsFilm(data: DataTransfer | null): boolean {
  const file = data?.files[0];
  if (file !== undefined) return isFilmFile(file);
  return [...(data?.items ?? [])].some((item) => item.kind === 'file' && isFilmFile({ type: item.type }));
}
