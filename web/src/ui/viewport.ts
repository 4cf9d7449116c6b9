/** Whether the page is narrow enough for one column; the same query as in the styles. */
import { signal } from '@preact/signals';

const query = window.matchMedia('(max-width: 600px), (max-width: 860px) and (orientation: portrait)');
export const isNarrow = signal(query.matches);
query.addEventListener('change', () => (isNarrow.value = query.matches));
